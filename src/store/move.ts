import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { UserError } from '../errors.ts'
import { isLocked, StoreFailure } from './failure.ts'
import { MIGRATIONS } from './migrations.ts'
import { openPostgres } from './postgres.ts'
import { nameOf } from './postgres-failure.ts'
import { openKey, pseudonymsBy } from './pseudonyms.ts'
import type { Sql, Value } from './sql.ts'
import { fileIn, openDatabase, tablesMadeBy } from './sqlite-file.ts'
import { agreeOnKey } from './store.ts'

/** Rows that go at once. */
const BATCH = 200

/** What is worth nothing after a few seconds stays where it is. */
const PASSING = ['turn']

/** How many rows of a table there were, and are where they were moved to. */
export interface MovedTable {
  readonly table: string
  readonly here: number
  readonly there: number
}

type Values = Record<string, Value>

/** Copies all that a folder's database holds into an empty one on a server: all of it or nothing. */
export async function moveStore(folder: string, url: string): Promise<MovedTable[]> {
  const file = fileIn(folder)
  if (!existsSync(file)) throw new UserError(`There is no database ${file}: does DATA_DIR name the right folder?`)
  const source = await openDatabase(folder)
  try {
    holdAlone(source, file)
    const pseudonymOf = pseudonymsBy(openKey(folder))
    const target = await openPostgres(url)
    try {
      return await target.atOnce(async (alone) => {
        const moved = await copyAll(source, alone, url)
        // Otherwise whoever starts first would decide which key it is, such as a machine that has just made its own.
        await agreeOnKey(alone, pseudonymOf, folder)
        return moved
      })
    } catch (error) {
      if (error instanceof StoreFailure) throw new UserError(error.message)
      throw error
    } finally {
      await target.close()
    }
  } finally {
    source.close()
  }
}

/** Nobody else has it open, which SQLite tells by what it lets only such a one do, nor can write to it until it is closed. */
function holdAlone(source: DatabaseSync, file: string): void {
  const inUse = new UserError(
    `The database ${file} is in use: stop Footnote, so that nothing is written while it is moved.`,
  )
  try {
    if (source.prepare('PRAGMA journal_mode = DELETE').get()?.journal_mode !== 'delete') throw inUse
    source.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    throw isLocked(error) ? inUse : error
  }
}

async function copyAll(source: DatabaseSync, target: Sql, url: string): Promise<MovedTable[]> {
  const tables = tablesOf(source)
  for (const table of tables) {
    if ((await countIn(table, target)) > 0) {
      throw new UserError(
        `The database ${nameOf(url)} is not empty (${table} has rows): name an empty one in DATABASE_URL, so that nothing is mixed.`,
      )
    }
  }
  const moved: MovedTable[] = []
  for (const table of tables) moved.push(await copy(table, source, target))
  for (const { name, seq } of source.prepare('SELECT name, seq FROM sqlite_sequence WHERE seq > 0').all()) {
    // Numbers of what has been deleted are not given again either.
    await target.all(`SELECT setval(pg_get_serial_sequence('${name}', 'id'), CAST(? AS bigint))`, Number(seq))
  }
  return moved
}

async function copy(table: string, source: DatabaseSync, target: Sql): Promise<MovedTable> {
  let here = 0
  let batch: Values[] = []
  for (const row of source.prepare(`SELECT * FROM ${table} ORDER BY rowid`).iterate()) {
    here += 1
    if (batch.push(storable(row as Values)) < BATCH) continue
    await put(table, batch, target)
    batch = []
  }
  if (batch.length > 0) await put(table, batch, target)
  const there = await countIn(table, target)
  if (there !== here) throw new Error(`${table} has ${there} rows instead of ${here}`)
  return { table, here, there }
}

/** Puts rows there, and compares what has come of them. */
async function put(table: string, rows: readonly Values[], target: Sql): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const places = rows.map(() => `(${columns.map(() => '?').join(', ')})`)
  const insert = `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join(', ')}) VALUES ${places.join(', ')} RETURNING *`
  const values = rows.flatMap((row) => columns.map((column) => row[column] ?? null))
  const come = await target.all(insert, ...values)
  if (!isDeepStrictEqual(come.map(plain), rows.map(plain)))
    throw new Error(`what has come into ${table} is not the same`)
}

/** Footnote's tables of what lasts, those first that others refer to. */
function tablesOf(source: DatabaseSync): string[] {
  const left = new Set(tablesMadeBy(MIGRATIONS).keys()).difference(new Set(PASSING))
  const referred = (table: string) =>
    source.prepare('SELECT "table" AS name FROM pragma_foreign_key_list(?)').all(table)
  const ordered: string[] = []
  while (left.size > 0) {
    const next = [...left].filter((table) => referred(table).every(({ name }) => !left.has(String(name))))
    if (next.length === 0) throw new Error('tables refer to each other in a circle')
    for (const table of next) left.delete(table)
    ordered.push(...next)
  }
  return ordered
}

async function countIn(table: string, target: Sql): Promise<number> {
  return Number((await target.all(`SELECT count(*) AS number FROM ${table}`))[0]?.number)
}

/** PostgreSQL has no place for the character 0 in a text. */
function storable(row: Values): Values {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value,
    ]),
  )
}

function plain(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row))
}
