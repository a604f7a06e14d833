import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Signals } from '../../src/store/signals.ts'
import type { Database } from '../../src/store/sql.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { useCluster } from '../postgres.ts'
import { usePlaces } from './engines.ts'
import { startWay, type Way } from './way.ts'

const scene = useCluster()
const newPlace = usePlaces()
let way: Way
const opened: Database[] = []
beforeEach(async () => {
  way = await startWay(await scene.cluster.addSchema())
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
  await way.shut()
})

async function open(url = way.url): Promise<Signals> {
  const database = await openPostgres(url)
  opened.push(database)
  if (!database.signals) throw new Error('no signals')
  return database.signals
}

/** Listens to a channel, and counts. */
async function listening(signals: Signals, channel: string) {
  const heard = vi.fn()
  return { heard, stop: await signals.listen(channel, heard) }
}

test('whoever listens hears it in whichever process, until they stop', async () => {
  const [one, other] = [await open(), await open()]
  const first = await listening(one, 'news "of" today')
  const second = await listening(one, 'news "of" today')
  const third = await listening(other, 'news "of" today')
  const elsewhere = await listening(other, 'something else')
  await one.notify('news "of" today')
  await vi.waitFor(() => {
    for (const { heard } of [first, second, third]) expect(heard).toHaveBeenCalledTimes(1)
  })
  await first.stop()
  await third.stop()
  await other.notify('news "of" today')
  await other.notify('something else')
  await vi.waitFor(() => {
    expect(second.heard).toHaveBeenCalledTimes(2)
    expect(elsewhere.heard).toHaveBeenCalledTimes(1)
  })
  expect(first.heard).toHaveBeenCalledTimes(1)
  expect(third.heard).toHaveBeenCalledTimes(1)
})

test('when the way to the server was gone, it is said once that something may have been missed, and heard again', async () => {
  const signals = await open()
  const { heard } = await listening(signals, 'news')
  await way.shut()
  await way.open()
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), { timeout: 10_000 })
  await signals.notify('news')
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2))
})

test('a server that is started again is heard again', async () => {
  const signals = await open()
  const { heard } = await listening(signals, 'news')
  await scene.cluster.halt('killed')
  await scene.cluster.start()
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), { timeout: 15_000 })
  await vi.waitFor(() => signals.notify('news'), { timeout: 10_000 })
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2))
}, 60_000)

test('who cannot listen at first hears as soon as that can be', async () => {
  const signals = await open()
  await way.shut()
  const { heard } = await listening(signals, 'news')
  const stopped = await listening(signals, 'news')
  await stopped.stop()
  await way.open()
  // Something may have been missed.
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), { timeout: 10_000 })
  await vi.waitFor(() => signals.notify('news'), { timeout: 10_000 })
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2))
  expect(stopped.heard).not.toHaveBeenCalled()
})

test('a file passes no word on', async () => {
  const [folder] = (await newPlace('SQLite')).args
  const database = await openSqlite(folder)
  opened.push(database)
  expect(database.signals).toBeUndefined()
})
