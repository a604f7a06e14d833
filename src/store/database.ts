import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UserError } from '../errors.ts'
import { MIGRATIONS } from './migrations.ts'

/** Opens the database file of a folder, makes it if it is not there, and brings it up to date by the steps it lacks. */
export function openDatabase(folder: string, steps: readonly string[] = MIGRATIONS): DatabaseSync {
  const file = join(folder, 'footnote.db')
  try {
    makeFolder(folder)
    const database = new DatabaseSync(file)
    try {
      database.exec('PRAGMA busy_timeout = 2000')
      const damage = database.prepare('PRAGMA quick_check(1)').get()?.quick_check
      if (damage !== 'ok') throw new UserError(`The database ${file} is damaged: put back a copy, or move it away.`)
      refuseNewer(database, file, steps)
      // Only now is anything written, so that a file that is refused stays as it is.
      // WAL lets readers and one writer work at once; FULL keeps every acknowledged write through a power cut.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      migrate(database, steps)
      checkTables(database, file, steps)
      return database
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError(
      `The database ${file} cannot be opened (${reason}): let DATA_DIR name a folder that can be written to; if the file is damaged, put back a copy, or move it away.`,
    )
  }
}

/** All of it or nothing. */
export function atOnce<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

/** Node's own recursive way never ends where a folder cannot be made though its parent is there, such as in /proc. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error
    makeFolder(dirname(folder))
    mkdirSync(folder)
  }
}

function refuseNewer(database: DatabaseSync, file: string, steps: readonly string[]): void {
  if (stepsTaken(database) > steps.length) {
    throw new UserError(`The database ${file} was made by a newer Footnote: update Footnote, or move the file away.`)
  }
}

/** How many steps a database has taken. */
export function stepsTaken(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version)
}

function migrate(database: DatabaseSync, steps: readonly string[]): void {
  const taken = stepsTaken(database)
  steps.slice(taken).forEach((step, index) => {
    database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${taken + index + 1}; COMMIT`)
  })
}

/** Whoever changed the file by other means should hear of it now, not when a question cannot be recorded. */
export function checkTables(database: DatabaseSync, file: string, steps: readonly string[]): void {
  const model = new DatabaseSync(':memory:')
  for (const step of steps) model.exec(step)
  const [needed, there] = [tablesOf(model), tablesOf(database)]
  model.close()
  const odd = [...needed].filter(([name, columns]) => there.get(name) !== columns).map(([name]) => name)
  if (odd.length > 0) {
    throw new UserError(
      `The database ${file} has not the tables that Footnote made (${odd.join(', ')}): put back a copy, or move it away.`,
    )
  }
}

function tablesOf(database: DatabaseSync): Map<string, string> {
  const columns = `SELECT t.name AS name, group_concat(c.name) AS columns
    FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' GROUP BY t.name`
  return new Map(
    database
      .prepare(columns)
      .all()
      .map((row) => [String(row.name), String(row.columns)]),
  )
}
