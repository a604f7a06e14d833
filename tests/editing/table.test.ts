import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openKeeper } from '../../src/editing/keeper.ts'
import type { Watch } from '../../src/editing/shelf.ts'
import { ChangedMeanwhile } from '../../src/editing/write-file.ts'
import type { Signals } from '../../src/store/signals.ts'
import { addingFact, now, proposeChange } from '../faults/keeping.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { type Desk, type Library, useLibraries } from './shelves.ts'

const newLibrary = useLibraries()

const BY = { approver: '2', secondPerson: true }
const NEVER = 3_600_000
/** As behind a proxy that passes no signals on. */
const DEAF: { signals: Signals } = {
  signals: { notify: async () => {}, listen: async () => async () => {} },
}

let library: Library
const watches: Watch[] = []
beforeEach(async () => {
  library = await newLibrary('PostgreSQL', true)
})
afterEach(() => {
  for (const watch of watches.splice(0)) watch.close()
})

/** Reloads whenever it is told to, as the jobs do; how often that was. */
function watching({ shelf, keeper }: Desk): { calls: number } {
  const seen = { calls: 0 }
  watches.push(
    shelf.watch(async () => {
      seen.calls += 1
      await keeper.reload()
    }),
  )
  return seen
}

async function approve(desk: Desk, id: string): Promise<void> {
  await desk.keeper.approve(await proposeChange(desk, addingFact(id)), BY)
}

const knows = ({ keeper }: Desk, id: string) =>
  vi.waitFor(() => expect(keeper.snapshot.facts.has(id)).toBe(true), 10_000)

describe('what one process writes', () => {
  test('the other ones hear of, without looking', async () => {
    const desks = await Promise.all([1, 2].map(() => library.open({ every: NEVER })))
    const [one, other] = desks as [Desk, Desk]
    const seen = desks.map(watching)
    await vi.waitFor(() => expect(seen.map(({ calls }) => calls)).toEqual([1, 1]))
    await approve(one, 'new-boat')
    await knows(other, 'new-boat')
    await approve(other, 'newer-boat')
    await knows(one, 'newer-boat')
    expect(one.keeper.texts).toEqual(other.keeper.texts)
  })

  test('the other ones find by looking, where nothing is heard', async () => {
    const [one, other] = [await library.open(DEAF), await library.open({ ...DEAF, every: 20 })]
    const seen = watching(other)
    await vi.waitFor(() => expect(seen.calls).toBe(1))
    await approve(one, 'new-boat')
    await knows(other, 'new-boat')
    expect(seen.calls).toBe(2)
  })

  test('is looked for when listening begins anew', async () => {
    let hear = () => {}
    const deaf: Signals = {
      notify: () => Promise.reject(new Error('deaf')),
      async listen(_, heard) {
        hear = heard
        return async () => {}
      },
    }
    const [one, other] = [await library.open({ signals: deaf }), await library.open({ signals: deaf, every: NEVER })]
    const seen = watching(other)
    await vi.waitFor(() => expect(seen.calls).toBe(1))
    await approve(one, 'new-boat')
    hear()
    await knows(other, 'new-boat')
  })
})

test('what could not be taken in is told again with the next look, and a change meanwhile is looked at again', async () => {
  const desk = await library.open({ every: 20 })
  let calls = 0
  watches.push(
    desk.shelf.watch(async () => {
      calls += 1
      if (calls === 1) throw new Error('not now')
      if (calls === 2) await desk.store.writeFiles(new Map([['glossary.yaml', '[]\n']]))
    }),
  )
  await vi.waitFor(() => expect(calls).toBe(3))
})

test('a write that is based on another state of the files is refused, and nothing of it is kept', async () => {
  const [one, other] = [await library.open(), await library.open()]
  if (one.shelf.isApart) throw new Error('no table')
  const { revision } = await one.shelf.read()
  await approve(other, 'new-boat')
  const { shelf } = one
  const writing = one.store.atOnce(async (alone) => {
    await alone.writeFiles(new Map([['glossary.yaml', undefined]]))
    await shelf.expect(revision, alone)
  })
  await expect(writing).rejects.toThrow(ChangedMeanwhile)
  expect(await library.read('glossary.yaml')).toBe(GOOD['glossary.yaml'])
  // An approval reads what is there now, and is made on that.
  await approve(one, 'newer-boat')
  expect(one.keeper.snapshot.facts.has('new-boat')).toBe(true)
})

test('an approval that another one comes in between of is made again on what that left', async () => {
  const [desk, other] = [await library.open(), await library.open()]
  let isFirst = true
  const store = {
    ...desk.store,
    async atOnce<Result>(work: Parameters<typeof desk.store.atOnce<Result>>[0]) {
      if (isFirst) {
        isFirst = false
        await approve(other, 'quick-boat')
      }
      return desk.store.atOnce(work)
    },
  }
  const opened = await openKeeper({ shelf: desk.shelf, store, reservedNames: [], now })
  if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
  const { keeper } = opened
  const revision = await keeper.approve(await proposeChange(desk, addingFact('slow-boat')), BY)
  expect(isFirst).toBe(false)
  expect(revision.changes.map(({ key }) => key)).toEqual(['slow-boat', 'slow-boat'])
  await other.keeper.reload()
  expect(other.keeper.texts).toEqual(keeper.texts)
  expect([...keeper.snapshot.facts.keys()]).toEqual(expect.arrayContaining(['quick-boat', 'slow-boat']))
})

test('files that cannot be read here leave the last good knowledge in force, also for whoever approves', async () => {
  const desk = await library.open()
  const id = await proposeChange(desk, addingFact('new-boat'))
  const newer = `${GOOD['topics/piers.yaml']}    colour: blue\n`
  await desk.store.writeFiles(new Map([['topics/piers.yaml', newer]]))
  expect(await desk.keeper.reload()).toMatchObject({
    kind: 'faulty',
    faults: [{ file: 'topics/piers.yaml', code: 'unknown-key' }],
  })
  expect(desk.keeper.snapshot.facts.size).toBe(4)
  await expect(desk.keeper.approve(id, BY)).rejects.toThrow(/have a fault.*topics\/piers\.yaml:/)
  expect(await library.read('topics/piers.yaml')).toBe(newer)
  await desk.store.writeFiles(new Map([['topics/piers.yaml', GOOD['topics/piers.yaml']]]))
  await desk.keeper.approve(id, BY)
})

test('a file that is no more is told of by a higher number, too', async () => {
  const { store } = await library.open()
  const before = await store.revisionOfFiles()
  await store.writeFiles(new Map([['glossary.yaml', undefined]]))
  expect(await store.revisionOfFiles()).toBe(before + 1)
  expect([...(await store.readFiles()).keys()]).not.toContain('glossary.yaml')
})
