import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openDatabase } from '../../src/store/sqlite-file.ts'
import { openStore } from '../../src/store/store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-store-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = new Date('2025-09-20T10:00:00Z')

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
  const before = readFileSync(join(folder, 'footnote.db'))
  const error = await openStore(folder).catch((refused: unknown) => refused)
  expect(readFileSync(join(folder, 'footnote.db')).equals(before)).toBe(true)
  expect(readdirSync(folder)).toEqual(['footnote.db'])
  expect(error).toBeInstanceOf(UserError)
  expect((error as Error).message).toMatch(/^The database .*footnote\.db was made by a newer Footnote[^\n]*$/)
})

test('a damaged file is refused with one clear line, and left as it is', async () => {
  const text = 'this is not a database, however long it may be. '.repeat(50)
  writeFileSync(join(folder, 'footnote.db'), text)
  const error = await openStore(folder).catch((refused: unknown) => refused)
  expect(readFileSync(join(folder, 'footnote.db'), 'utf8')).toBe(text)
  expect(error).toBeInstanceOf(UserError)
  expect((error as Error).message).toMatch(/^The database .*footnote\.db cannot be opened[^\n]*$/)
})

test('a database with a damaged page is refused with one clear line, and left as it is', async () => {
  const store = await openStore(folder)
  for (let i = 0; i < 500; i += 1) await store.recordGap({ question: `question ${i}`, asOf: '2025-09-20', at })
  await store.close()
  const file = join(folder, 'footnote.db')
  const bytes = readFileSync(file)
  bytes.fill(0xa5, bytes.length - 6_000, bytes.length - 2_000)
  writeFileSync(file, bytes)
  const error = await openStore(folder).catch((refused: unknown) => refused)
  expect((error as Error).message).toMatch(/^The database .*footnote\.db (?:is damaged|cannot be opened)[^\n]*$/)
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('a folder that is not there is made, with those above it', async () => {
  const place = join(folder, 'not', 'there', 'yet')
  const store = await openStore(place)
  await store.close()
  expect(readdirSync(place)).toContain('footnote.db')
})

test('a folder that cannot be made is refused with one clear line, also where making it would never end', async () => {
  writeFileSync(join(folder, 'file'), '')
  for (const impossible of ['/proc/not/there', join(folder, 'file', 'below')]) {
    const error = await openStore(impossible).catch((refused: unknown) => refused)
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message).toMatch(/^The database .*footnote\.db cannot be opened \(E[^\n]*DATA_DIR[^\n]*$/)
  }
})

test('a database that lacks a table, or has it otherwise, is refused with one clear line', async () => {
  for (const odd of ['DROP TABLE gap', 'ALTER TABLE gap DROP COLUMN guild']) {
    const place = mkdtempSync(join(folder, 'odd-'))
    const opened = await openDatabase(place)
    opened.close()
    const database = new DatabaseSync(join(place, 'footnote.db'))
    database.exec(odd)
    database.close()
    const error = await openStore(place).catch((refused: unknown) => refused)
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message).toMatch(/^The database .*footnote\.db has not the tables .* \(gap\)[^\n]*$/)
  }
})

test('a database of the first version keeps what it holds, and takes only the steps that it has not taken', async () => {
  const first = await openDatabase(folder, MIGRATIONS.slice(0, 1))
  first.exec(
    "INSERT INTO gap (question, as_of, guild, at) VALUES ('old?', '2025-09-20', NULL, '2025-09-20T10:00:00.000Z')",
  )
  first.close()
  const store = await openStore(folder)
  expect(await store.listGaps()).toEqual([{ id: 1, question: 'old?', asOf: '2025-09-20', at }])
  await store.close()

  const later = [...MIGRATIONS, "ALTER TABLE gap ADD COLUMN place TEXT NOT NULL DEFAULT 'here'"]
  for (const steps of [later, later]) {
    const database = await openDatabase(folder, steps)
    expect(database.prepare('SELECT question, place FROM gap').all()).toEqual([{ question: 'old?', place: 'here' }])
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: later.length })
    database.close()
  }
})

test('a step that fails leaves the database as it was', async () => {
  const opened = await openDatabase(folder)
  opened.close()
  const broken = [...MIGRATIONS, 'CREATE TABLE more (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)']
  await expect(openDatabase(folder, broken)).rejects.toThrow(/nowhere/)
  const database = await openDatabase(folder)
  expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'more'").all()).toEqual([])
  database.close()
})
