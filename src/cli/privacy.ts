import { existsSync } from 'node:fs'
import { parseEnv } from '../env.ts'
import { UserError } from '../errors.ts'
import { StoreFailure } from '../store/failure.ts'
import { keyFileIn } from '../store/pseudonyms.ts'
import { fileIn } from '../store/sqlite-file.ts'
import { openStore } from '../store/store.ts'

const USAGE = 'Usage: npm run privacy -- show|delete USER_ID'

/** For people who cannot type /privacy any more: prints or deletes what is kept of one of them, as JSON. */
const [verb = '', user = '', ...rest] = process.argv.slice(2)
if (verb === '--help' || verb === '-h') {
  console.log(USAGE)
} else if (!['show', 'delete'].includes(verb) || !/^\d{17,20}$/.test(user) || rest.length > 0) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const { DATA_DIR, DATABASE_URL } = parseEnv({
      DATA_DIR: process.env.DATA_DIR,
      DATABASE_URL: process.env.DATABASE_URL,
    })
    // A new one of either would say that nothing is kept.
    for (const file of [...(DATABASE_URL === undefined ? [fileIn(DATA_DIR)] : []), keyFileIn(DATA_DIR)]) {
      if (!existsSync(file)) throw new UserError(`There is no ${file}: does DATA_DIR name the right folder?`)
    }
    const store = await openStore(DATA_DIR, DATABASE_URL)
    try {
      const told = verb === 'show' ? await store.keptOf(user, Number.MAX_SAFE_INTEGER) : await store.deleteOf(user)
      console.log(JSON.stringify({ pseudonym: store.pseudonymOf(user), ...told }, null, 2))
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof UserError || error instanceof StoreFailure)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
