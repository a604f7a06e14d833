import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Carried } from '../editing/carrying.ts'
import { parseEnv } from '../env.ts'
import { UserError } from '../errors.ts'
import { StoreFailure } from '../store/failure.ts'
import { type History, openHistory } from '../store/store.ts'
import { counted } from './counts.ts'

/** What is carried between a folder and the database, and how. */
export interface Carrying {
  readonly folder: string
  readonly store: History
  readonly force: boolean
  readonly why: string | undefined
}

/** Does it with what the command line and the environment say; gives the exit status. */
export async function carry(usage: string, work: (carrying: Carrying) => Promise<number>): Promise<number> {
  const parsed = parse(process.argv.slice(2))
  if (parsed?.help) {
    console.log(usage)
    return 0
  }
  if (!parsed) {
    console.error(usage)
    return 2
  }
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const { KNOWLEDGE_DIR, DATABASE_URL } = process.env
    const env = parseEnv({ KNOWLEDGE_DIR, DATABASE_URL })
    const { folder = env.KNOWLEDGE_DIR, force, why } = parsed
    if (env.DATABASE_URL === undefined) {
      throw new UserError(
        `DATABASE_URL is not set: the knowledge is in the folder ${env.KNOWLEDGE_DIR}, and there is nothing to carry.`,
      )
    }
    const store = await openHistory(env.DATABASE_URL)
    try {
      return await work({ folder, store, force, why })
    } finally {
      await store.close()
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!(error instanceof UserError || error instanceof StoreFailure || code)) throw error
    console.error(message)
    return 1
  }
}

function parse(args: string[]) {
  try {
    const options = {
      why: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    } as const
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    const [folder, ...rest] = positionals
    return rest.length > 0 ? undefined : { ...values, folder }
  } catch {
    return undefined
  }
}

/** What was added, changed and removed, in facts and in files. */
export function carriedText({ before, after, changes }: Carried): string {
  const facts = changes.filter(({ part }) => part === 'fact')
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  const files = paths.map((path) => ({ before: before.get(path), after: after.get(path) }))
  return `${tally(facts, 'fact')}; ${tally(files, 'file')}`
}

function tally(all: readonly { readonly before?: unknown; readonly after?: unknown }[], what: string): string {
  const added = all.filter(({ before, after }) => before === undefined && after !== undefined).length
  const removed = all.filter(({ before, after }) => before !== undefined && after === undefined).length
  const changed = all.filter(({ before, after }) => before !== undefined && after !== undefined && before !== after)
  return `${counted(added, what)} added, ${changed.length} changed, ${removed} removed`
}
