import { existsSync } from 'node:fs'
import { parseEnv } from '../env.ts'
import { UserError } from '../errors.ts'
import { moveStore } from '../store/move.ts'
import { nameOf } from '../store/postgres-failure.ts'
import { keyFileIn } from '../store/pseudonyms.ts'
import { fileIn } from '../store/sqlite-file.ts'

const USAGE = 'Usage: npm run store:move'

/** Copies all that is kept in DATA_DIR into the empty database that DATABASE_URL names. */
const args = process.argv.slice(2)
if (args[0] === '--help' || args[0] === '-h') {
  console.log(USAGE)
} else if (args.length > 0) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const { DATA_DIR: folder, DATABASE_URL: url } = parseEnv({
      DATA_DIR: process.env.DATA_DIR,
      DATABASE_URL: process.env.DATABASE_URL,
    })
    if (url === undefined) throw new UserError('DATABASE_URL has to name the database to move to: it is empty.')
    const moved = await moveStore(folder, url)
    const width = Math.max(...moved.map(({ table }) => table.length))
    console.log(`${''.padEnd(width)}  SQLite  PostgreSQL`)
    for (const { table, here, there } of moved) {
      console.log(`${table.padEnd(width)}  ${String(here).padStart(6)}  ${String(there).padStart(10)}`)
    }
    console.log(`
All of ${fileIn(folder)} is in the database ${nameOf(url)} now.
Start Footnote with DATABASE_URL, as it is set now, and with ${keyFileIn(folder)} where it is; on every other
machine, put a copy of that key into DATA_DIR. When all is well, put ${fileIn(folder)} away: nothing reads it any more.`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
