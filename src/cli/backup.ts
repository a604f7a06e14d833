import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from '../env.ts'
import { UserError } from '../errors.ts'
import { backUp } from '../store/backup.ts'

const USAGE = 'Usage: npm run backup [-- FILE]'

const [target, ...rest] = process.argv.slice(2)
if (target === '--help' || target === '-h') {
  console.log(USAGE)
} else if (rest.length > 0 || target?.startsWith('-')) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const { DATA_DIR, DATABASE_URL } = process.env
    const env = parseEnv({ DATA_DIR, DATABASE_URL })
    if (env.DATABASE_URL !== undefined) {
      throw new UserError('The database is on the server that DATABASE_URL names: copy it with pg_dump.')
    }
    const moment = new Date().toISOString().slice(0, 19).replaceAll(':', '')
    const file = target ?? join(env.DATA_DIR, 'backups', `footnote-${moment}.db`)
    await backUp(env.DATA_DIR, file)
    console.log(file)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
