import postgres from 'postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { openStore } from '../../src/store/store.ts'
import { en } from '../../src/words/en.ts'
import { useCluster } from '../postgres.ts'
import { startWay, type Way } from '../store/way.ts'
import { engine, isPrivate, NO_LIMITS, type Running, snapshot, startBot } from './harness.ts'

const scene = useCluster()
let sandbox: Sandbox
let running: Running
let url: string
let way: Way
beforeAll(async () => {
  url = await scene.cluster.addSchema()
  sandbox = await startSandbox({ botName: 'Footnote', identifyInterval: 0 })
  way = await startWay(url)
  const opening = (folder: string) => openStore(folder, way.url)
  running = await startBot(sandbox, snapshot, engine, { opening, limits: { ...NO_LIMITS, lateAfter: 3_000 } })
})
afterAll(async () => {
  await running.stop()
  await way.shut()
  await sandbox.close()
  expect(sandbox.refusals()).toEqual([])
})

test('whoever waits for a database that hangs is told so before Discord gives up, and what they did is kept in the end', async () => {
  const other = postgres(url, { max: 1 })
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const holding = other.begin(async (sql) => {
    await sql`LOCK TABLE follow IN EXCLUSIVE MODE`
    locked.resolve()
    await held
  })
  await locked.promise
  const follow = () => sandbox.as('moderator').slash('policy', 'follow', { topic: 'cycling' })
  const { message } = await follow()
  expect(message.content).toBe(en.slow)
  expect(isPrivate(message)).toBe(true)
  release()
  await holding
  await other.end()
  await vi.waitFor(async () => expect(await running.store.listFollows()).toHaveLength(1))
  const handled = () => running.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'handled')
  await vi.waitFor(() => expect(handled()).toMatchObject([{ fate: 'late' }]))
  expect((await follow()).message.content).toContain('already')
})

test('whose change was lost from sight just as it was kept is not told that nothing was', async () => {
  way.cutAfter('COMMIT')
  const unfollow = () => sandbox.as('moderator').slash('policy', 'unfollow', { topic: 'cycling' })
  expect((await unfollow()).message.content).toBe(en.unsure)
  await vi.waitFor(async () => expect(await running.store.listFollows()).toEqual([]))
})
