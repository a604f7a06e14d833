import { spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import { moveStore } from '../../src/store/move.ts'
import type { Store } from '../../src/store/store.ts'
import { type Place, usePlaces } from './engines.ts'

const at = new Date('2025-09-20T10:00:00Z')
const TEXTS = ['Ä "\'; DROP TABLE gap; --', '🦆\r\n\t', '$1 ? :a \\x00', 'e\u0301 é', '']

const newPlace = usePlaces()
let here: Place
let there: Place
beforeEach(async () => {
  here = await newPlace('SQLite')
  there = await newPlace('PostgreSQL')
})

/** Something of everything that can be kept; gives what can be read of it. */
async function fill(store: Store): Promise<void> {
  const gaps: number[] = []
  for (const [index, question] of [...TEXTS, ...Array.from({ length: 450 }, (_, i) => `question ${i}`)].entries()) {
    gaps.push(
      await store.recordGap({ question, asOf: '2025-09-20', at, ...(index % 2 ? { guild: '1', user: '77' } : {}) }),
    )
  }
  await store.awaitAnswer(gaps[0] ?? 0, '77')
  await store.awaitAnswer(gaps[1] ?? 0, '77')
  await store.closeGaps([gaps[1] ?? 0], 'answered')
  for (const note of TEXTS) {
    const id = await store.recordComplaint({ facts: ['a', 'b'], asOf: '2025-09-20', note, user: '77', at })
    await store.tellOfComplaint(id, '77')
  }
  const forgotten = await store.addDraft({ form: {}, author: '7', at: new Date(0) })
  const { id } = await store.addDraft({ form: { fields: { why: TEXTS[0] } }, author: '7', at })
  await store.addDraft({ form: {}, author: '7', at: new Date(0) })
  await store.forgetDrafts(at)
  expect(await store.findProposal(forgotten.id)).toBeUndefined()
  await store.moveProposal(id, 'draft', 'applying', { decider: '8' })
  const files = new Map(TEXTS.map((text, index) => [`${index}.yaml`, text]))
  await store.addRevision({ proposal: id, author: '7', why: '', at, changes: [{ part: 'fact', key: 'a' }] }, files)
  await store.writeSetting('1', 'channel', '5')
  await store.follow({ place: '5', topic: 'b', guild: '1', locale: 'de', since: '2025-09-20', told: '{"a":["b","c"]}' })
  await store.noteNews('5', 'b', '{}', '2025-09-21', TEXTS[1] ?? '')
  await store.noteReminders('5', 'b', [{ fact: 'x', date: '2025-10-01', stage: 7 }], () => 'reminder')
  await store.takeTurn('identify 0', 600_000)
}

async function allOf(store: Store) {
  return {
    gaps: await store.listGaps(1_000),
    complaints: await store.listComplaints(1_000),
    kept: await store.keptOf('77', 1_000),
    revisions: await store.listRevisions({ most: 99 }),
    proposals: await Promise.all([1, 2, 3].map((id) => store.findProposal(id))),
    files: [...(await store.readFiles())].toSorted(),
    settings: await store.readSettings('1'),
    follows: await store.listFollows(),
    notices: (await store.listNotices()).map((notice) => ({ ...notice, age: 0 })),
  }
}

const move = () => moveStore(here.args[0], there.args[1] ?? '')

test('all of it is there afterwards as it was, and counting goes on where it was', async () => {
  const before = await here.openStore()
  await fill(before)
  const all = await allOf(before)
  await before.close()
  const moved = await move()
  expect(moved.every((table) => table.here === table.there)).toBe(true)
  expect(Object.fromEntries(moved.map(({ table, there: count }) => [table, count]))).toMatchObject({
    ...{ gap: 455, gap_waiter: 1, complaint: 5, proposal: 1, revision: 1, revision_item: 1, knowledge_file: 5 },
    ...{ setting: 1, follow: 1, reminder: 1, notice: 4 },
  })
  // The key stays in its folder, and no other one will do.
  await expect(there.openStore()).rejects.toThrow(/privacy\.key is not the one that this database is used with/)
  copyFileSync(join(here.args[0], 'privacy.key'), join(there.args[0], 'privacy.key'))
  const after = await there.openStore()
  expect(await allOf(after)).toEqual(all)
  expect(await after.recordGap({ question: 'new', asOf: '2025-09-20', at })).toBe(456)
  expect((await after.addDraft({ form: {}, author: '7', at })).id).toBe(4)
  // Whose turn it was is of no use there.
  expect(await after.takeTurn('identify 0', 600_000)).toBe(0)
  // And the file still has it all.
  expect(await allOf(await here.openStore())).toEqual(all)
})

test('a database that has rows is refused, and gets none', async () => {
  const before = await here.openStore()
  await fill(before)
  await before.close()
  const target = await there.openStore()
  const id = await target.recordGap({ question: 'there before', asOf: '2025-09-20', at })
  await expect(move()).rejects.toThrow(/^The database postgres on 127\.0\.0\.1 is not empty[^\n]*DATABASE_URL[^\n]*$/)
  expect((await target.listGaps()).map((gap) => gap.id)).toEqual([id])
  expect(await target.listNotices()).toEqual([])
})

test('what cannot be moved leaves nothing there', async () => {
  const before = await here.openStore()
  await fill(before)
  await before.close()
  const file = new DatabaseSync(join(here.args[0], 'footnote.db'))
  file.exec("PRAGMA foreign_keys = OFF; INSERT INTO revision_item (revision, part, key) VALUES (99, 'fact', 'a')")
  file.close()
  await expect(move()).rejects.toThrow(/foreign key/)
  const target = await there.openStore()
  expect(await target.listGaps()).toEqual([])
})

test('a database that is in use is left alone', async () => {
  const store = await here.openStore()
  await store.recordGap({ question: '?', asOf: '2025-09-20', at })
  await expect(move()).rejects.toThrow(/^The database [^\n]*footnote\.db is in use: stop Footnote[^\n]*$/)
  await store.recordGap({ question: '?', asOf: '2025-09-20', at })
  await store.close()
  expect((await move()).find(({ table }) => table === 'gap')).toEqual({ table: 'gap', here: 2, there: 2 })
})

test('the command tells how much came where, and what to do next; or what is missing', async () => {
  const store = await here.openStore()
  await fill(store)
  await store.close()
  const run = (env: Record<string, string>) =>
    spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', resolve('src/cli/store-move.ts')], {
      cwd: there.args[0],
      env,
      encoding: 'utf8',
      timeout: 20_000,
    })
  const unset = run({ DATA_DIR: here.args[0] })
  expect([unset.status, unset.stderr]).toEqual([1, 'DATABASE_URL has to name the database to move to: it is empty.\n'])
  const nothing = run({ DATA_DIR: there.args[0], DATABASE_URL: there.args[1] ?? '' })
  expect(nothing.stderr).toMatch(/^There is no database [^\n]*footnote\.db: does DATA_DIR name the right folder\?\n$/)
  const done = run({ DATA_DIR: here.args[0], DATABASE_URL: there.args[1] ?? '' })
  expect([done.status, done.stderr]).toEqual([0, ''])
  expect(done.stdout).toMatch(/^ +SQLite +PostgreSQL\n/)
  expect(done.stdout).toMatch(/^gap +455 +455$/m)
  expect(done.stdout).toMatch(/Start Footnote with DATABASE_URL[\s\S]*privacy\.key/)
  expect(done.stdout).not.toContain('secret')
})
