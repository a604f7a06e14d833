import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UserError } from '../errors.ts'
import { MIGRATIONS } from './migrations.ts'

/** Opens the database file of a folder, makes it if it is not there, and brings it up to date. */
export function openDatabase(folder: string): DatabaseSync {
  const file = join(folder, 'footnote.db')
  try {
    mkdirSync(folder, { recursive: true })
    const database = new DatabaseSync(file)
    try {
      // WAL lets readers and one writer work at once; FULL keeps every acknowledged write through a power cut.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000')
      const damage = database.prepare('PRAGMA quick_check(1)').get()?.quick_check
      if (damage !== 'ok') throw new UserError(`The database ${file} is damaged: put back a copy, or move it away.`)
      migrate(database, file)
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

function migrate(database: DatabaseSync, file: string): void {
  const taken = Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (taken > MIGRATIONS.length) {
    throw new UserError(`The database ${file} was made by a newer Footnote: update Footnote, or move the file away.`)
  }
  MIGRATIONS.slice(taken).forEach((step, index) => {
    database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${taken + index + 1}; COMMIT`)
  })
}
