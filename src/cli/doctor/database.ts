import { existsSync, readFileSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { UserError } from '../../errors.ts'
import { MIGRATIONS } from '../../store/migrations.ts'
import { KEY, keyFileIn } from '../../store/pseudonyms.ts'
import { checkTables, fileIn, stepsTaken } from '../../store/sqlite-file.ts'
import { type Finding, ok, problem, reasonOf, warning } from './finding.ts'

const MEBIBYTE = 2 ** 20
/** Milliseconds that a running bot may hold it. */
const PATIENCE = 2_000
/** Reading every index of a larger file would take more than a few seconds. */
const THOROUGHLY = 100 * MEBIBYTE
const PUT_BACK = 'Stop Footnote and put back a backup, see docs/operating.md.'

/** What becomes of the database at a start. Nothing is changed, and none is made. */
export function databaseFindings(folder: string, steps: readonly string[] = MIGRATIONS): Finding[] {
  const file = fileIn(folder)
  if (!existsSync(file)) return [ok(`There is no database ${file} yet: the first start makes it`)]
  try {
    const { size } = statSync(file)
    // Only reading, at first: whoever closes a damaged one after writing may write the last changes into the damage.
    const found = opened(file, true, (database) => {
      const check = size > THOROUGHLY ? 'quick_check' : 'integrity_check'
      const damage = database.prepare(`PRAGMA ${check}(1)`).get()?.[check]
      if (damage !== 'ok') return [problem(`The database ${file} is damaged`, PUT_BACK)]
      return [whole(file, size), ...tableFindings(database, file, steps)]
    })
    return found.some(({ level }) => level === 'problem') ? found : [...found, writeFinding(file)]
  } catch (error) {
    const mend = `Let the user that runs Footnote read and write it. If it is damaged: ${PUT_BACK}`
    return [problem(`The database ${file} cannot be read (${messageOf(error)})`, mend)]
  }
}

/** Whether there is the key by which people are told from one another in the database, and only by that. */
export function keyFindings(folder: string): Finding[] {
  const file = keyFileIn(folder)
  if (!existsSync(file)) {
    if (!existsSync(fileIn(folder))) return [ok(`There is no key ${file} yet: the first start makes it`)]
    const mend =
      'Put back its copy. The next start makes another one: nobody can see or delete then what they sent before.'
    return [warning(`There is a database, but not its key ${file}`, mend)]
  }
  try {
    if (KEY.test(readFileSync(file, 'utf8').trim())) return [ok(`The key ${file} can be read`)]
    return [problem(`The key ${file} is damaged`, 'Put back its copy.')]
  } catch (error) {
    return [problem(`The key ${file} cannot be read (${reasonOf(error)})`, 'Give it to the user that runs Footnote.')]
  }
}

/** A setting of a guild: empty if it is not settled, undefined if that cannot be read. */
export function settingOf(folder: string, guild: string, name: string): string | undefined {
  const file = fileIn(folder)
  if (!existsSync(file)) return ''
  try {
    const select = 'SELECT value FROM setting WHERE guild = ? AND name = ?'
    const row = opened(file, true, (database) => database.prepare(select).get(guild, name))
    return String(row?.value ?? '')
  } catch {
    return undefined
  }
}

function whole(file: string, size: number): Finding {
  return ok(`The database ${file} is whole (${(size / MEBIBYTE).toFixed(1)} MiB)`)
}

function tableFindings(database: DatabaseSync, file: string, steps: readonly string[]): Finding[] {
  const taken = stepsTaken(database)
  const version = `version ${taken} of ${steps.length}`
  if (taken > steps.length) {
    return [
      problem(`The database is of a newer Footnote (${version})`, 'Update Footnote, or put back an older backup.'),
    ]
  }
  try {
    checkTables(database, file, steps.slice(0, taken))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return [problem(error.message, PUT_BACK)]
  }
  const coming = taken < steps.length ? ': the next start brings it up to date, so make a backup before' : ''
  return [ok(`The database has its tables, ${version}${coming}`)]
}

/** Writes something and takes it back. */
function writeFinding(file: string): Finding {
  try {
    opened(file, false, (database) => database.exec('BEGIN IMMEDIATE; CREATE TABLE doctor (at TEXT); ROLLBACK'))
    return ok('The database can be written to')
  } catch (error) {
    const mend = `Let the user that runs Footnote write to ${file} and its folder, and look whether the disk is full.`
    return problem(`The database ${file} cannot be written to (${messageOf(error)})`, mend)
  }
}

function opened<Result>(file: string, readOnly: boolean, work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file, { readOnly, timeout: PATIENCE })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
