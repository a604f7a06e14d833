import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openStore } from '../../src/store/store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-store-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = new Date('2025-09-20T10:00:00Z')

test('gaps and complaints survive closing and opening again, newest first', async () => {
  const store = await openStore(join(folder, 'not', 'there', 'yet'))
  await store.recordGap({ question: 'first?', asOf: '2025-09-20', at })
  await store.recordGap({ question: "second'; DROP TABLE gap; --", asOf: '2025-09-21', guild: '1', at })
  const complaint = { facts: ['a', 'b'], asOf: '2025-09-20', note: 'Wrong.', user: '7', guild: '1', at }
  await store.recordComplaint(complaint)
  await store.close()

  const again = await openStore(join(folder, 'not', 'there', 'yet'))
  expect(await again.listGaps()).toEqual([
    { question: "second'; DROP TABLE gap; --", asOf: '2025-09-21', guild: '1', at },
    { question: 'first?', asOf: '2025-09-20', at },
  ])
  expect(await again.listGaps(1)).toHaveLength(1)
  expect(await again.listComplaints()).toEqual([complaint])
  await again.close()
})

test('writing goes to a write-ahead log', async () => {
  const store = await openStore(folder)
  const reader = new DatabaseSync(join(folder, 'footnote.db'), { readOnly: true })
  expect(reader.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  reader.close()
  await store.close()
})

test('a database of a newer version is left alone, with one clear line', async () => {
  const database = new DatabaseSync(join(folder, 'footnote.db'))
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`)
  database.close()
  const error = await openStore(folder).catch((refused: unknown) => refused)
  expect(error).toBeInstanceOf(UserError)
  expect((error as Error).message).toMatch(/^The database .*footnote\.db was made by a newer Footnote[^\n]*$/)
})

test('a damaged file is refused with one clear line', async () => {
  writeFileSync(join(folder, 'footnote.db'), 'this is not a database, however long it may be. '.repeat(50))
  const error = await openStore(folder).catch((refused: unknown) => refused)
  expect(error).toBeInstanceOf(UserError)
  expect((error as Error).message).toMatch(/^The database .*footnote\.db cannot be opened[^\n]*$/)
})
