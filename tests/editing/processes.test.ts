import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderShelf } from '../../src/editing/folder.ts'
import type { ItemChange } from '../../src/editing/items.ts'
import { type Keeper, openKeeper } from '../../src/editing/keeper.ts'
import type { Store } from '../../src/store/store.ts'
import { addingFact, now, openFolder, proposeChange, save } from '../faults/keeping.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { useCluster } from '../postgres.ts'
import { ENGINES } from '../store/engines.ts'

const scene = useCluster()
let root: string
/** Of the database, where it is not in a file. */
let url: string | undefined
const stores: Store[] = []
const children: ChildProcess[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'footnote-shared-'))
  for (const [path, text] of Object.entries(GOOD)) save(join(root, 'knowledge', path), text)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const store of stores.splice(0)) await store.close()
  rmSync(root, { recursive: true })
})

type Opened = Awaited<ReturnType<typeof openFolder>>

/** What one of several processes has open: a connection and a keeper of its own. */
async function open(): Promise<Opened> {
  const opened = await openFolder(root, url)
  stores.push(opened.store)
  return opened
}

/** A keeper of the same folder and database, with a store that does something more. */
async function openWith({ store }: Opened, more: Partial<Store>): Promise<Keeper> {
  const options = { shelf: folderShelf(join(root, 'knowledge')), reservedNames: [], now }
  const opened = await openKeeper({ ...options, store: { ...store, ...more } })
  if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
  return opened.keeper
}

/** A proposal, the approval of which stops until it is let go: when it is begun, or when all but the last is done. */
async function stoppedApproval(at: 'begun' | 'written') {
  const opened = await open()
  const reached = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const stop = async () => {
    reached.resolve()
    await gate.promise
  }
  const { store } = opened
  const keeper = await openWith(
    opened,
    at === 'begun'
      ? {
          async moveProposal(...args) {
            const isMoved = await store.moveProposal(...args)
            if (args[2] === 'applying') await stop()
            return isMoved
          },
        }
      : {
          atOnce: (work) =>
            store.atOnce(async (alone) => {
              const result = await work(alone)
              if ((result as { revision?: unknown }).revision) await stop()
              return result
            }),
        },
  )
  const id = await proposeChange({ store, keeper }, addingFact('new-boat'))
  const approving = keeper.approve(id, { approver: '2', secondPerson: true })
  await reached.promise
  return { id, keeper, approving, go: gate.resolve }
}

const texts = () =>
  (GOOD['topics/ferries.yaml'] ?? '').replace('20 euros', `${20 + Math.ceil(Math.random() * 1_000)} euros`)

const revisions = async ({ store }: Opened) =>
  (await store.listRevisions({ most: 10_000 })).map(({ proposal, changes }) => [
    proposal,
    changes.filter(({ part }) => part === 'fact').map(({ key }) => key),
  ])

/** Approves so many facts in a process of its own; its lines. */
function approving(first: number, last: number): Promise<string> {
  const child = spawn(process.execPath, [
    'tests/faults/approver.ts',
    root,
    String(first),
    String(last),
    ...(url ? [url] : []),
  ])
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  return new Promise((resolve) => child.once('close', () => resolve(output)))
}

describe.each(ENGINES)('on $engine', ({ engine }) => {
  beforeEach(async () => {
    url = engine === 'SQLite' ? undefined : await scene.cluster.addSchema()
  })

  describe('of several who keep one folder', () => {
    test('one notes what was changed by hand', async () => {
      const all = [await open(), await open(), await open()]
      for (let round = 1; round <= 5; round += 1) {
        save(join(root, 'knowledge/topics/ferries.yaml'), texts())
        const found = await Promise.all(all.map(({ keeper }) => keeper.reload()))
        expect(found.map(({ kind }) => kind)).toEqual(['changed', 'changed', 'changed'])
        expect(await revisions(all[0] as Opened)).toEqual(
          Array.from({ length: round }, () => [undefined, ['old-fare']]),
        )
      }
    })

    test('one notes nothing anew that it read before another one noted what came after', async () => {
      const [slow, quick] = [await open(), await open()]
      // Between looking at the folder and noting what was found, somebody saves once more and the other one notes that.
      let isFirst = false
      const keeper = await openWith(slow, {
        async atOnce(work) {
          const result = await slow.store.atOnce(work)
          if (isFirst && (result as { files?: unknown }).files) {
            isFirst = false
            save(join(root, 'knowledge/topics/ferries.yaml'), texts())
            await quick.keeper.reload()
          }
          return result
        },
      })
      save(join(root, 'knowledge/topics/ferries.yaml'), texts())
      isFirst = true
      await keeper.reload()
      expect(isFirst).toBe(false)
      expect(await revisions(quick)).toEqual([[undefined, ['old-fare']]])
      expect(keeper.texts).toEqual(quick.keeper.texts)
    })

    test('one that looks while another approves sees all of it or nothing, and takes none of it for handiwork', async () => {
      const opened = await open()
      const { id, approving, go } = await stoppedApproval('written')
      const looking = opened.keeper.reload()
      const pause = new Promise((resolve) => setTimeout(resolve, 100, 'nothing yet'))
      expect(await Promise.race([looking, pause])).toBe('nothing yet')
      go()
      const revision = await approving
      expect((await looking).kind).toBe('changed')
      expect(opened.keeper.snapshot.facts.has('new-boat')).toBe(true)
      expect(await revisions(opened)).toEqual([[id, ['new-boat']]])
      expect(revision.proposal).toBe(id)
    })

    test('one that starts in the middle of an approval finishes it, and whoever approved it is told the same', async () => {
      const { id, keeper, approving, go } = await stoppedApproval('begun')
      const opened = await open()
      expect(opened.keeper.snapshot.facts.has('new-boat')).toBe(true)
      go()
      expect((await approving).proposal).toBe(id)
      expect(keeper.snapshot.facts.has('new-boat')).toBe(true)
      expect(await revisions(opened)).toEqual([[id, ['new-boat']]])
      expect((await opened.store.findProposal(id))?.state).toBe('approved')
    })

    test('one that runs finishes what another one that was killed had begun', async () => {
      const opened = await open()
      const id = await proposeChange(opened, addingFact('new-boat'))
      await opened.store.moveProposal(id, 'open', 'applying', { decider: '2' })
      expect((await opened.keeper.reload()).kind).toBe('changed')
      expect(await revisions(opened)).toEqual([[id, ['new-boat']]])
    })
  })

  test('two processes that approve and read the same files lose nothing and note each change once', async () => {
    let saved = 0
    const saves = setInterval(() => {
      saved += 1
      save(join(root, 'knowledge/glossary.yaml'), `- { term: fare, synonyms: [price ${saved}] }\n`)
    }, 60)
    const outputs = await Promise.all([approving(0, 12), approving(100, 112)])
    clearInterval(saves)
    for (const output of outputs) expect(output).toMatch(/done\n$/)
    const opened = await open()
    const approved = outputs.join('').match(/(?<=^approved \d+ )boat-\S+/gm) ?? []
    expect(approved).toHaveLength(24)
    const boats = [...opened.keeper.snapshot.facts.keys()].filter((id) => id.startsWith('boat-'))
    expect(boats.toSorted()).toEqual(approved.toSorted())
    const all = await opened.store.listRevisions({ most: 10_000 })
    const added = all.filter(({ proposal }) => proposal !== undefined)
    expect(added.flatMap(({ changes }) => changes.filter(({ part }) => part === 'fact'))).toHaveLength(24)
    const byHand = all.filter(({ proposal }) => proposal === undefined).reverse()
    expect(byHand.flatMap(({ changes }) => changes.map(({ key }) => key)).filter((key) => key !== 'fare')).toEqual([])
    // Each goes on from where the last one ended.
    const states = byHand.map(({ changes: [change] }) => change as ItemChange)
    expect(states.slice(1).map(({ before }) => before)).toEqual(states.slice(0, -1).map(({ after }) => after))
    expect(states.at(-1)?.after).toContain(`price ${saved}]`)
    for (const folder of ['', 'topics', 'questions']) {
      expect(readdirSync(join(root, 'knowledge', folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
    }
  }, 60_000)
})
