import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { UserError } from '../errors.ts'

/** Copies a folder's database into a file that is not there yet, whole and of one moment, also while the bot runs. */
export async function backUp(folder: string, target: string): Promise<void> {
  const file = join(folder, 'footnote.db')
  if (!existsSync(file)) throw new UserError(`There is no database ${file}: does DATA_DIR name the right folder?`)
  if (existsSync(target)) throw new UserError(`${target} is there already: name another file.`)
  const unfinished = `${target}.unfinished`
  try {
    await mkdir(dirname(target), { recursive: true })
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      await backup(database, unfinished)
    } finally {
      database.close()
    }
    const copy = new DatabaseSync(unfinished)
    try {
      if (copy.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') throw new Error('the copy is damaged')
      // One file by itself, without the log of writes that a running database has beside it.
      copy.exec('PRAGMA journal_mode = DELETE')
    } finally {
      copy.close()
    }
    await rename(unfinished, target)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError(`The database ${file} could not be copied to ${target} (${reason}).`)
  }
}
