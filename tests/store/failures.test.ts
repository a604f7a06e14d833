import { closeSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { backUp } from '../../src/store/backup.ts'
import type { FailureReason } from '../../src/store/failure.ts'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import type { Database } from '../../src/store/sql.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { openStore, type Store, storeOn } from '../../src/store/store.ts'

let folder: string
let file: string
let sql: Database
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-failures-'))
  file = join(folder, 'footnote.db')
  sql = await openSqlite(folder)
  store = storeOn(sql, (user) => `pseudonym of ${user}`)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const at = new Date('2025-09-20T10:00:00Z')
const record = (question: string) => store.recordGap({ question, asOf: '2025-09-20', at })
const questions = async () => (await store.listGaps(10_000)).map(({ question }) => question).reverse()

/** Our failure, in one line that tells which file, and what to do. */
const failing = (reason: FailureReason) =>
  expect.objectContaining({
    name: 'StoreFailure',
    reason,
    message: expect.stringMatching(/^[^\n]*footnote\.db[^\n]*DATA_DIR[^\n]*$/),
  })

describe('a disk that is full', () => {
  test('loses nothing that was acknowledged, and is written to again when there is space', async () => {
    const pages = Number((await sql.all('PRAGMA page_count'))[0]?.page_count)
    await sql.all(`PRAGMA max_page_count = ${pages + 2}`)
    const kept: string[] = []
    const filling = async () => {
      for (;;) {
        await record(`${kept.length} ${'x'.repeat(400)}`)
        kept.push(`${kept.length} ${'x'.repeat(400)}`)
      }
    }
    await expect(filling()).rejects.toEqual(failing('full'))
    expect(kept.length).toBeGreaterThan(1)
    const revision = { why: 'y'.repeat(9_000), at, changes: [{ part: 'fact', key: 'a' }] }
    await expect(store.addRevision(revision, new Map([['a.yaml', 'z'.repeat(9_000)]]))).rejects.toEqual(failing('full'))
    expect(await questions()).toEqual(kept)
    expect(await store.listRevisions({ most: 9 })).toEqual([])
    await sql.all('PRAGMA max_page_count = 100000')
    await record('space')
    expect((await store.addRevision(revision, new Map([['a.yaml', 'z']]))).changes).toEqual(revision.changes)
    expect(await questions()).toEqual([...kept, 'space'])
  })
})

describe('a database that another program has locked', () => {
  let other: DatabaseSync
  beforeEach(() => {
    other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
  })
  afterEach(() => other.close())
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50))

  test('for a while is written to afterwards, and read meanwhile', async () => {
    const done: string[] = []
    const writing = [
      record('one').then(() => done.push('one')),
      store.writeFiles(new Map([['a.yaml', 'a']])).then(() => done.push('files')),
    ]
    expect(await store.readSettings('1')).toEqual(new Map())
    await pause()
    expect(await store.listGaps()).toEqual([])
    expect(done).toEqual([])
    other.exec('COMMIT')
    await Promise.all(writing)
    expect(await questions()).toEqual(['one'])
    expect(await store.readFiles()).toEqual(new Map([['a.yaml', 'a']]))
  })

  test('for longer is given up, by all who wait together, and written to when it is free', async () => {
    const waiting = Array.from({ length: 20 }, (_, number) =>
      number % 2 === 0 ? record(`${number}`) : store.writeFiles(new Map([['a.yaml', `${number}`]])),
    )
    const outcomes = await Promise.allSettled(waiting)
    expect(outcomes).toEqual(outcomes.map(() => ({ status: 'rejected', reason: failing('locked') })))
    other.exec('COMMIT')
    await record('later')
    expect(await questions()).toEqual(['later'])
    expect(await store.readFiles()).toEqual(new Map())
  })

  test('lets another one be opened when it is free', async () => {
    other.exec('COMMIT')
    await store.close()
    other.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
    const opening = openStore(folder)
    await pause()
    other.exec('COMMIT')
    store = await opening
    await record('open')
    expect(await questions()).toEqual(['open'])
  })
})

describe('a file that is damaged while it is open', () => {
  const FIRST = 40 * 4_096
  const before = Array.from({ length: 300 }, (_, number) => `${number} ${'x'.repeat(200)}`)
  beforeEach(async () => {
    await sql.atOnce(async (alone) => {
      for (const question of before)
        await storeOn({ ...sql, ...alone }, () => 'somebody').recordGap({ question, asOf: '2025-09-20', at })
    })
    await sql.all('PRAGMA wal_checkpoint(TRUNCATE)')
  })

  /** Damages all but the first pages, and makes whoever has read them read them anew. */
  function damage(): void {
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.alloc(statSync(file).size - FIRST, 0xa5), 0, undefined, FIRST)
    closeSync(handle)
    const other = new DatabaseSync(file)
    other.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    other.close()
  }

  test('is told, read again when it is mended in its place, and loses nothing', async () => {
    await record('the last one')
    const good = readFileSync(file)
    damage()
    await expect(questions()).rejects.toEqual(failing('damaged'))
    // Once more, when it is looked at again.
    const again = () => expect(record('lost')).rejects.toThrow('put back a copy')
    await vi.waitFor(again, { timeout: 10_000 })
    const handle = openSync(file, 'r+')
    writeSync(handle, good)
    closeSync(handle)
    await vi.waitFor(() => record('new'), { timeout: 10_000 })
    expect(await questions()).toEqual([...before, 'the last one', 'new'])
  })

  test('gives way to a copy that is put in its place', async () => {
    const copy = join(folder, 'copy.db')
    await backUp(folder, copy)
    await record('since the copy')
    damage()
    await expect(questions()).rejects.toEqual(failing('damaged'))
    renameSync(copy, file)
    await vi.waitFor(() => record('new'), { timeout: 10_000 })
    expect(await questions()).toEqual([...before, 'new'])
    await store.close()
    store = await openStore(folder)
    expect(await questions()).toEqual([...before, 'new'])
  })
})

test('nothing is acknowledged when the file is gone, and it goes on when it is back', async () => {
  await record('one')
  renameSync(file, join(folder, 'elsewhere.db'))
  await expect(record('into nowhere')).rejects.toEqual(failing('unreachable'))
  await expect(store.readSettings('1')).rejects.toEqual(failing('unreachable'))
  renameSync(join(folder, 'elsewhere.db'), file)
  await record('two')
  expect(await questions()).toEqual(['one', 'two'])
})

test('a statement that is wrong is no failure of the database', async () => {
  const error = await sql.run('INSERT INTO nowhere VALUES (1)').catch((refused: unknown) => refused)
  expect(error).toMatchObject({ code: 'ERR_SQLITE_ERROR' })
  expect(error).not.toMatchObject({ name: 'StoreFailure' })
})
