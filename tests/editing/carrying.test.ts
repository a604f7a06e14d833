import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Carried, exportFolder, importFolder, moveIn, noteCarried } from '../../src/editing/carrying.ts'
import { openKeeper } from '../../src/editing/keeper.ts'
import { tableShelf } from '../../src/editing/table.ts'
import type { Store } from '../../src/store/store.ts'
import { addingFact, now, openFolder, proposeChange } from '../faults/keeping.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { ENGINES, type Place, usePlaces } from '../store/engines.ts'

const newPlace = usePlaces()

const BY = { approver: '2', secondPerson: true }
const FERRIES = GOOD['topics/ferries.yaml'] ?? ''

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'footnote-carrying-'))
  folder = join(root, 'knowledge')
  for (const [path, text] of Object.entries(GOOD)) put(path, text)
})
afterEach(() => rmSync(root, { recursive: true }))

function put(path: string, text: string | Uint8Array, into = folder): void {
  mkdirSync(dirname(join(into, path)), { recursive: true })
  writeFileSync(join(into, path), text)
}

const bytes = (path: string, from = folder) => readFileSync(join(from, path))

/** The names of all that is in a folder. */
const names = (from: string) =>
  readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1))
    .toSorted()

describe.each(ENGINES)('with $engine', ({ engine }) => {
  let place: Place
  let store: Store
  beforeEach(async () => {
    place = await newPlace(engine)
    store = await place.openStore()
  })

  const options = () => ({ folder, store, now, reservedNames: [], why: '', force: false })

  async function imported(more: Partial<Parameters<typeof importFolder>[0]> = {}): Promise<Carried> {
    const carried = await importFolder({ ...options(), ...more })
    if ('faults' in carried) throw new Error(JSON.stringify(carried.faults))
    expect(await noteCarried(more.folder ?? folder, carried)).toBe(true)
    return carried
  }

  /** A fact that moderators approve from Discord. */
  async function approve(id: string): Promise<void> {
    const opened = await openKeeper({ ...options(), shelf: tableShelf(store) })
    if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
    await opened.keeper.approve(await proposeChange({ store, keeper: opened.keeper }, addingFact(id)), BY)
  }

  test('a folder comes out as it went in, to the byte', async () => {
    put('topics/ferries.yaml', `\uFEFF${FERRIES.replaceAll('\n', '\r\n')}`)
    put('topics/piers.yaml', (GOOD['topics/piers.yaml'] ?? '').trimEnd())
    put('glossary.yaml', `${GOOD['glossary.yaml']}\n\n  \n# 🚢 e\u0301 \u2028 \uFFFD\n\n`)
    put('sources.yaml', `${GOOD['sources.yaml']}${`# ${'ä'.repeat(98)}\n`.repeat(1_000)}`)
    expect(bytes('sources.yaml').length).toBeGreaterThan(190_000)
    put('entities.yaml', GOOD['entities.yaml'] ?? '')
    put('README.md', 'not knowledge')
    await imported()
    const out = join(root, 'out')
    await exportFolder(out, { store, force: false })
    expect(names(out)).toEqual(['.footnote-base', ...names(folder).filter((name) => name.endsWith('.yaml'))])
    for (const name of names(out)) expect(bytes(name, out).equals(bytes(name)), name).toBe(true)
    // The copy is as good as the first folder.
    put('topics/piers.yaml', GOOD['topics/piers.yaml'] ?? '', out)
    await imported({ folder: out })
    await exportFolder(folder, { store, force: false })
    expect(bytes('topics/piers.yaml').toString()).toBe(GOOD['topics/piers.yaml'])
    expect(bytes('README.md').toString()).toBe('not knowledge')
  })

  test('an import is a revision by hand with its reason, and one of comments is none', async () => {
    await imported()
    expect(await store.listRevisions({ most: 9 })).toEqual([])
    put('topics/ferries.yaml', FERRIES.replace('20 euros', '21 euros'))
    const { changes } = await imported({ why: 'abc123 Mend the fare' })
    expect(changes).toMatchObject([{ part: 'fact', key: 'old-fare' }])
    const noted = await store.listRevisions({ most: 9 })
    expect(noted).toEqual([{ id: 1, why: 'abc123 Mend the fare', at: now(), changes }])
    put('glossary.yaml', `# Words\n${GOOD['glossary.yaml']}`)
    expect((await imported()).changes).toEqual([])
    expect((await store.readFiles()).get('glossary.yaml')).toMatch(/^# Words\n/)
    const revision = await store.revisionOfFiles()
    await imported()
    expect(await store.revisionOfFiles()).toBe(revision)
    expect(await store.listRevisions({ most: 9 })).toEqual(noted)
  })

  test('faults are told all at once, and nothing is changed', async () => {
    await imported()
    put('topics/ferries.yaml', FERRIES.replace('kind: rule', 'kind: ruel'))
    put('glossary.yaml', '- { term: fare, synonyms: [price] } # \0\n')
    put('sources.yaml', Buffer.from(`${GOOD['sources.yaml']}# caf\xe9\n`, 'latin1'))
    const refused = await importFolder({ ...options(), force: true })
    if (!('faults' in refused)) throw new Error('it was imported')
    const found = refused.faults.map(({ file, code }) => `${file.slice(folder.length + 1)} ${code}`)
    expect(found).toEqual(
      expect.arrayContaining([
        'topics/ferries.yaml unknown-value',
        'glossary.yaml control-character',
        'sources.yaml not-utf8',
      ]),
    )
    expect(await store.readFiles()).toEqual(new Map(Object.entries(GOOD)))
    expect(await store.listRevisions({ most: 9 })).toEqual([])
  })

  test('a folder that lacks what was approved meanwhile is refused, unless it is to undo that', async () => {
    await imported()
    const older = join(root, 'older')
    cpSync(folder, older, { recursive: true })
    await approve('new-boat')
    put('topics/piers.yaml', (GOOD['topics/piers.yaml'] ?? '').replace('Pier 4', 'Pier 5'))
    const refusal = `The database has changes that ${folder} has not, which this would undo:\n- questions/ferries.yaml\n- topics/ferries.yaml\n`
    await expect(imported()).rejects.toThrow(refusal)
    expect((await store.readFiles()).get('topics/ferries.yaml')).toContain('new-boat')
    // Nor is what somebody wrote into the folder overwritten.
    await expect(exportFolder(folder, { store, force: false })).rejects.toThrow(
      `${folder} has changes that the database has not, which this would undo:\n- topics/piers.yaml\n`,
    )
    expect(bytes('topics/piers.yaml').toString()).toContain('Pier 5')
    // With what was approved beneath, it is welcome.
    const newer = join(root, 'newer')
    await exportFolder(newer, { store, force: false })
    put('topics/piers.yaml', bytes('topics/piers.yaml'), newer)
    await imported({ folder: newer })
    const texts = await store.readFiles()
    expect(texts.get('topics/ferries.yaml')).toContain('new-boat')
    expect(texts.get('topics/piers.yaml')).toContain('Pier 5')
    // An older checkout has its older base.
    await expect(imported({ folder: older })).rejects.toThrow(
      '\n- questions/ferries.yaml\n- topics/ferries.yaml\n- topics/piers.yaml\n',
    )
    await imported({ folder: older, force: true })
    expect(await store.readFiles()).toEqual(new Map(Object.entries(GOOD)))
  })

  test('a folder without a base, or with the base of another database, undoes nothing by itself', async () => {
    await imported()
    await approve('new-boat')
    rmSync(join(folder, '.footnote-base'))
    await expect(imported()).rejects.toThrow('- questions/ferries.yaml\n- topics/ferries.yaml\nExport')
    writeFileSync(join(folder, '.footnote-base'), `${'0'.repeat(64)}  topics/ferries.yaml\nnonsense\n`)
    await expect(imported()).rejects.toThrow('- questions/ferries.yaml\n- topics/ferries.yaml\nExport')
  })

  test('a topic that was taken away on either side stays away, and is not put back by the other', async () => {
    await imported()
    const older = join(root, 'older')
    cpSync(folder, older, { recursive: true })
    rmSync(join(folder, 'topics/piers.yaml'))
    await imported()
    expect((await store.readFiles()).has('topics/piers.yaml')).toBe(false)
    await expect(imported({ folder: older })).rejects.toThrow('- topics/piers.yaml\n')
    await exportFolder(older, { store, force: false })
    expect(names(older)).toEqual(names(folder))
  })

  test('nothing is exported over what cannot be read, or out of the folder', async () => {
    await expect(exportFolder(folder, { store, force: false })).rejects.toThrow('There is no knowledge in the database')
    await imported()
    await store.writeFiles(new Map([['../evil.yaml', 'x']]))
    const out = join(root, 'out')
    mkdirSync(join(out, 'topics'), { recursive: true })
    writeFileSync(join(root, 'outside.yaml'), 'mine')
    symlinkSync(join(root, 'outside.yaml'), join(out, 'topics/ferries.yaml'))
    await expect(exportFolder(out, { store, force: true })).rejects.toThrow('- topics/ferries.yaml\nMove it away.')
    rmSync(join(out, 'topics/ferries.yaml'))
    await exportFolder(out, { store, force: true })
    expect(bytes('outside.yaml', root).toString()).toBe('mine')
    expect(readdirSync(root)).not.toContain('evil.yaml')
  })

  test('at the first start the folder is taken in once, however many start, and its later changes are not', async () => {
    const stores = await Promise.all([place.openStore(), place.openStore(), place.openStore()])
    const moved = await Promise.all(stores.map((each) => moveIn({ ...options(), store: each })))
    expect(moved.filter(Boolean)).toHaveLength(1)
    expect(await store.readFiles()).toEqual(new Map(Object.entries(GOOD)))
    expect(await store.revisionOfFiles()).toBe(1)
    put('topics/ferries.yaml', 'topic: [')
    expect(await moveIn(options())).toBeUndefined()
  })

  test('a folder with faults is not taken in, and its mended one is', async () => {
    put('topics/ferries.yaml', 'topic: [')
    expect(await moveIn(options())).toMatchObject({
      faults: expect.arrayContaining([expect.objectContaining({ code: 'bad-yaml' })]),
    })
    expect(await store.readFiles()).toEqual(new Map())
    put('topics/ferries.yaml', FERRIES)
    expect(await moveIn(options())).toMatchObject({ after: new Map(Object.entries(GOOD)) })
  })
})

test('what a folder was kept with goes on in the database: its history, and an approval that was cut off', async () => {
  const { store, keeper } = await openFolder(root)
  const id = await proposeChange({ store, keeper }, addingFact('new-boat'))
  await store.moveProposal(id, 'open', 'applying', { decider: '2' })
  put('topics/piers.yaml', (GOOD['topics/piers.yaml'] ?? '').replace('Pier 4', 'Pier 5'))
  await moveIn({ folder, store, now, reservedNames: [] })
  const opened = await openKeeper({ shelf: tableShelf(store), store, now, reservedNames: [] })
  if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
  expect(opened.keeper.snapshot.facts.has('new-boat')).toBe(true)
  const revisions = await store.listRevisions({ most: 9 })
  expect(revisions.map(({ proposal, changes }) => [proposal, changes[0]?.key])).toEqual([
    [undefined, 'pier-opened'],
    [id, 'new-boat'],
  ])
  await store.close()
})
