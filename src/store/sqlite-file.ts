import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UserError } from '../errors.ts'
import { MIGRATIONS } from './migrations.ts'
import { patiently } from './patience.ts'

/** The database file of a folder. */
export function fileIn(folder: string): string {
  return join(folder, 'footnote.db')
}

/** Opens the database file of a folder, makes it if it is not there, and brings it up to date by the steps it lacks. */
export async function openDatabase(folder: string, steps: readonly string[] = MIGRATIONS): Promise<DatabaseSync> {
  const file = fileIn(folder)
  try {
    makeFolder(folder)
    // Other processes may be opening, making and changing the same file.
    return await patiently(() => openFile(file, steps))
  } catch (error) {
    if (error instanceof UserError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError(
      `The database ${file} cannot be opened (${reason}): let DATA_DIR name a folder that can be written to; if the file is damaged, put back a copy, or move it away.`,
    )
  }
}

/** The same for a file, once and without waiting for anybody; what SQLite says of it is left as it is. */
export function openFile(file: string, steps: readonly string[] = MIGRATIONS): DatabaseSync {
  const database = new DatabaseSync(file)
  try {
    const damage = database.prepare('PRAGMA quick_check(1)').get()?.quick_check
    if (damage !== 'ok') throw new UserError(`The database ${file} is damaged: put back a copy, or move it away.`)
    refuseNewer(database, file, steps)
    // Only now is anything written, so that a file that is refused stays as it is.
    // WAL lets readers and one writer work at once; FULL keeps every acknowledged write through a power cut.
    // What is deleted is overwritten, so that nobody reads it in the file.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    migrate(database, file, steps)
    checkTables(database, file, steps)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Makes a folder: Node's own recursive way never ends where a folder cannot be made though its parent is there, such as in /proc. */
export function makeFolder(folder: string): void {
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

function migrate(database: DatabaseSync, file: string, steps: readonly string[]): void {
  if (stepsTaken(database) === steps.length) return
  database.exec('BEGIN IMMEDIATE')
  // Another process may have taken them just now. Whatever fails is taken back when the file is closed.
  refuseNewer(database, file, steps)
  for (const step of steps.slice(stepsTaken(database))) database.exec(step)
  database.exec(`PRAGMA user_version = ${steps.length}; COMMIT`)
}

/** Whoever changed the file by other means should hear of it now, not when a question cannot be recorded. */
export function checkTables(database: DatabaseSync, file: string, steps: readonly string[]): void {
  const there = tablesOf(database)
  const odd = [...tablesMadeBy(steps)].filter(([name, columns]) => there.get(name) !== columns).map(([name]) => name)
  if (odd.length > 0) {
    throw new UserError(
      `The database ${file} has not the tables that Footnote made (${odd.join(', ')}): put back a copy, or move it away.`,
    )
  }
}

/** The columns, in order, of each table that steps of the history make. */
export function tablesMadeBy(steps: readonly string[]): Map<string, string> {
  const model = new DatabaseSync(':memory:')
  try {
    for (const step of steps) model.exec(step)
    return tablesOf(model)
  } finally {
    model.close()
  }
}

function tablesOf(database: DatabaseSync): Map<string, string> {
  const columns = `SELECT t.name AS name, group_concat(c.name) AS columns
    FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' GROUP BY t.name`
  return new Map(
    database
      .prepare(columns)
      .all()
      .map((row) => [String(row.name), String(row.columns)]),
  )
}
