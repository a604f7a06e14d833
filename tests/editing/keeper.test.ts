import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { folderShelf } from '../../src/editing/folder.ts'
import type { Form } from '../../src/editing/form.ts'
import { openGit } from '../../src/editing/git.ts'
import { type Keeper, type KeeperOptions, openKeeper } from '../../src/editing/keeper.ts'
import type { Operation } from '../../src/editing/operation.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { openStore, type Store, storeOn } from '../../src/store/store.ts'
import { GOOD } from '../knowledge/good-folder.ts'

const now = () => new Date('2025-09-20T12:00:00Z')
const EDIT: Operation = { kind: 'edit-fact', id: 'wish', values: { statement: 'Jane Doe wants low fares.' } }

let root: string
let folder: string
let store: Store
let troubles: string[]

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'footnote-keeper-'))
  folder = join(root, 'knowledge')
  for (const [path, text] of Object.entries(GOOD)) write(path, text)
  store = await openStore(join(root, 'data'))
  troubles = []
})
afterEach(async () => {
  await store.close()
  rmSync(root, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8')

async function open(more: Partial<KeeperOptions> = {}): Promise<Keeper> {
  const onTrouble = (_: unknown, what: string) => void troubles.push(what)
  const opened = await openKeeper({ shelf: folderShelf(folder), reservedNames: [], store, now, onTrouble, ...more })
  if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
  return opened.keeper
}

/** A proposal that waits for a decision. */
async function proposed(keeper: Keeper, operation: Operation = EDIT): Promise<number> {
  const form: Form = { kind: 'edit', fields: { why: 'A letter of hers' }, base: {}, by: 'jo <evil>' }
  const { id } = await store.addDraft({ form, author: '1', at: now() })
  await store.rewriteProposal(id, 'draft', { form, changes: keeper.preview(operation).changes, authors: ['1'] })
  await store.moveProposal(id, 'draft', 'open')
  return id
}

const BY = { approver: '2', secondPerson: true }

describe('changes by hand', () => {
  test('are revisions, with the items that they touched; the first start has none', async () => {
    const keeper = await open()
    expect(await store.listRevisions({ most: 9 })).toEqual([])
    write('topics/ferries.yaml', (GOOD['topics/ferries.yaml'] ?? '').replace('20 euros', '21 euros'))
    const heard: number[] = []
    keeper.listen(({ facts }) => heard.push(facts.size))
    expect((await keeper.reload()).kind).toBe('changed')
    expect(heard).toEqual([4])
    expect(await keeper.reload()).toEqual({ kind: 'same' })
    expect(await store.listRevisions({ most: 9 })).toMatchObject([
      { id: 1, changes: [{ part: 'fact', key: 'old-fare' }] },
    ])
  })

  test('while the bot was away are revisions as well', async () => {
    await open()
    write('glossary.yaml', '- { term: fare, synonyms: [price] }\n')
    await open()
    expect(await store.listRevisions({ most: 9 })).toMatchObject([{ changes: [{ part: 'glossary', key: 'fare' }] }])
  })

  test('of another folder are none: the history begins anew with it', async () => {
    await open()
    write('glossary.yaml', '- { term: fare, synonyms: [price] }\n')
    renameSync(folder, join(root, 'elsewhere'))
    folder = join(root, 'elsewhere')
    await open()
    expect(await store.listRevisions({ most: 9 })).toEqual([])
    write('glossary.yaml', '- { term: fare, synonyms: [price, cost] }\n')
    await open()
    expect(await store.listRevisions({ most: 9 })).toHaveLength(1)
  })

  test('of comments alone are none', async () => {
    const keeper = await open()
    write('glossary.yaml', `# Words\n${GOOD['glossary.yaml']}`)
    expect((await keeper.reload()).kind).toBe('changed')
    await open()
    expect(await store.listRevisions({ most: 9 })).toEqual([])
  })

  test('that are faulty change nothing, and nothing can be approved until they are mended', async () => {
    const keeper = await open()
    const id = await proposed(keeper)
    write('topics/ferries.yaml', 'topic: [')
    expect((await keeper.reload()).kind).toBe('faulty')
    expect(keeper.snapshot.facts.size).toBe(4)
    await expect(keeper.approve(id, BY)).rejects.toThrow(/have a fault.*ferries\.yaml:1/)
    expect(read('topics/ferries.yaml')).toBe('topic: [')
    write('topics/ferries.yaml', GOOD['topics/ferries.yaml'] ?? '')
    await keeper.approve(id, BY)
    expect(keeper.snapshot.facts.get('wish')?.statement).toBe('Jane Doe wants low fares.')
  })
})

describe('an approval', () => {
  test('that was cut off before anything was written is finished at the next start', async () => {
    const keeper = await open()
    const id = await proposed(keeper)
    await store.moveProposal(id, 'open', 'applying', { decider: '2' })
    const next = await open()
    expect(next.snapshot.facts.get('wish')?.statement).toBe('Jane Doe wants low fares.')
    expect(await store.listRevisions({ most: 9 })).toMatchObject([
      { proposal: id, author: '1', approver: '2', why: 'A letter of hers' },
    ])
    await open()
    expect(await store.listRevisions({ most: 9 })).toHaveLength(1)
    const body = JSON.stringify({ proposal: id })
    expect(await store.listNotices()).toMatchObject([{ kind: 'decision', user: '1', body }])
  })

  test('that was cut off after everything was written is noted, once, beside what was changed by hand', async () => {
    const keeper = await open()
    const id = await proposed(keeper)
    await store.moveProposal(id, 'open', 'applying', { decider: '2' })
    const text = (GOOD['topics/ferries.yaml'] ?? '').replace(
      'Jane Doe of the Harbour Office wants lower fares.',
      'Jane Doe wants low fares.',
    )
    write('topics/ferries.yaml', text.replace('20 euros', '21 euros'))
    await open()
    const revisions = await store.listRevisions({ most: 9 })
    expect(revisions.map(({ proposal, changes }) => [proposal, changes.map(({ key }) => key)])).toEqual([
      [undefined, ['old-fare']],
      [id, ['wish']],
    ])
    expect(read('topics/ferries.yaml')).toBe(text.replace('20 euros', '21 euros'))
  })

  test('that was cut off, on a fact that was changed since, is to be decided again', async () => {
    const keeper = await open()
    const id = await proposed(keeper)
    await store.moveProposal(id, 'open', 'applying', { decider: '2' })
    write('topics/ferries.yaml', (GOOD['topics/ferries.yaml'] ?? '').replace('wants lower fares', 'wants no fares'))
    const next = await open()
    expect(next.snapshot.facts.get('wish')?.statement).toContain('no fares')
    expect(await store.listProposals()).toMatchObject([{ id, state: 'open' }])
    expect(await store.listNotices()).toEqual([])
    expect(troubles).toHaveLength(1)
  })

  test('that was cut off between two files, which is a fault by itself, is finished', async () => {
    const keeper = await open()
    const id = await proposed(keeper, { kind: 'retire-fact', id: 'fare-cap' })
    await store.moveProposal(id, 'open', 'applying', { decider: '2' })
    const [, rest = ''] = (GOOD['topics/ferries.yaml'] ?? '').split(/ {2}- id: fare-cap[\s\S]*?(?= {2}- id: old-fare)/)
    write(
      'topics/ferries.yaml',
      `topic: ferries\ntitle: Ferries\ndescription: What a crossing costs and when\nfacts:\n${rest}`,
    )
    expect((await open()).snapshot.facts.has('fare-cap')).toBe(false)
    expect(read('questions/ferries.yaml')).not.toContain('fare-cap')
    expect(await store.listRevisions({ most: 9 })).toHaveLength(1)
  })

  test('that was cut off leaves a broken file alone, and is finished when that is mended', async () => {
    const keeper = await open()
    const id = await proposed(keeper)
    await store.moveProposal(id, 'open', 'applying', { decider: '2' })
    write('topics/ferries.yaml', 'topic: [')
    await expect(open()).rejects.toThrow('bad-yaml')
    expect(read('topics/ferries.yaml')).toBe('topic: [')
    write('topics/ferries.yaml', GOOD['topics/ferries.yaml'] ?? '')
    expect((await open()).snapshot.facts.get('wish')?.statement).toBe('Jane Doe wants low fares.')
  })

  test('that the store could not be told of is in force, and noted as soon as there is space', async () => {
    await store.close()
    const sql = await openSqlite(join(root, 'data'))
    store = storeOn(sql, (user) => `pseudonym of ${user}`)
    const full: typeof store = {
      ...store,
      async moveProposal(...args) {
        const isMoved = await store.moveProposal(...args)
        if (args[2] === 'applying') await sql.all('PRAGMA max_page_count = 1')
        return isMoved
      },
    }
    const keeper = await open({ store: full })
    write('topics/ferries.yaml', `${GOOD['topics/ferries.yaml']}# ${'x'.repeat(9_000)}\n`)
    await keeper.reload()
    const id = await proposed(keeper)
    await expect(keeper.approve(id, BY)).rejects.toThrow(/^This is approved, but it could not be noted just now/)
    expect(troubles).toEqual([`the approval of proposal ${id} could not be noted yet`])
    await expect(keeper.reload()).rejects.toMatchObject({ reason: 'full' })
    expect(keeper.snapshot.facts.get('wish')?.statement).toBe('Jane Doe wants low fares.')
    expect(await store.listRevisions({ most: 9 })).toEqual([])
    await sql.all('PRAGMA max_page_count = 100000')
    expect(await keeper.reload()).toEqual({ kind: 'same' })
    expect(await store.listRevisions({ most: 9 })).toMatchObject([{ proposal: id, approver: '2' }])
    expect((await store.findProposal(id))?.state).toBe('approved')
  })

  test('writes through a link within the folder, and keeps the mode of the file', async () => {
    write('topics/.store/ferries.yaml', GOOD['topics/ferries.yaml'] ?? '')
    rmSync(join(folder, 'topics/ferries.yaml'))
    symlinkSync('.store/ferries.yaml', join(folder, 'topics/ferries.yaml'))
    chmodSync(join(folder, 'topics/.store/ferries.yaml'), 0o640)
    const keeper = await open()
    await keeper.approve(await proposed(keeper), BY)
    expect(read('topics/.store/ferries.yaml')).toContain('wants low fares')
    const mode = execFileSync('stat', ['-c', '%a', join(folder, 'topics/.store/ferries.yaml')], { encoding: 'utf8' })
    expect(mode.trim()).toBe('640')
  })
})

describe('git', () => {
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' })

  test('gets a commit for each revision, by its author and of its files alone', async () => {
    git('init', '--quiet')
    git('add', '.')
    git('-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '--quiet', '-m', 'first')
    write('notes.txt', 'mine')
    const keeper = await open({ git: await openGit(folder) })
    await keeper.approve(await proposed(keeper), BY)
    expect(git('log', '-1', '--format=%an|%ae|%s|%b')).toMatch(
      /^jo evil\|1@users\.discord\.invalid\|Change wish\|A letter of hers\n\nRevision 1/,
    )
    expect(git('show', '--name-only', '--format=', 'HEAD').trim()).toBe('topics/ferries.yaml')
    expect(git('status', '--porcelain').trim()).toBe('?? notes.txt')
    expect(await store.listUncommitted()).toEqual([])
    expect(troubles).toEqual([])
  })

  test('that is at work for somebody else is waited for', async () => {
    git('init', '--quiet')
    const keeper = await open({ git: await openGit(folder) })
    const lock = join(folder, '.git', 'index.lock')
    writeFileSync(lock, '')
    const approving = keeper.approve(await proposed(keeper), BY)
    await vi.waitFor(() => expect(keeper.snapshot.facts.get('wish')?.statement).toBe('Jane Doe wants low fares.'))
    setTimeout(() => rmSync(lock), 50)
    await approving
    expect(troubles).toEqual([])
    expect(git('log', '--format=%s').trim()).toBe('Change wish')
  })

  test('that fails keeps the change, tells it, and is made up for at the next start', async () => {
    git('init', '--quiet')
    const failing = { commit: () => Promise.reject(new Error('index.lock')) }
    const keeper = await open({ git: failing })
    await keeper.approve(await proposed(keeper), BY)
    expect(read('topics/ferries.yaml')).toContain('wants low fares')
    expect(troubles).toHaveLength(1)
    await open({ git: await openGit(folder) })
    expect(git('log', '--format=%s').trim()).toBe('Change wish')
  })

  test('that is missing, or a folder without a repository, is told in one line', async () => {
    await expect(openGit(folder)).rejects.toThrow(/^KNOWLEDGE_GIT is commit, but .* is in no git repository[^\n]*$/)
    const path = process.env.PATH
    process.env.PATH = join(root, 'nothing')
    try {
      await expect(openGit(folder)).rejects.toThrow(/^KNOWLEDGE_GIT is commit, but there is no git[^\n]*$/)
    } finally {
      process.env.PATH = path
    }
  })
})
