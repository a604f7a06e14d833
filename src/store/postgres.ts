import { UserError } from '../errors.ts'
import { StoreFailure } from './failure.ts'
import { patiently } from './patience.ts'
import { isOutage, messageOf, nameOf, postgresFailureOf } from './postgres-failure.ts'
import { createPool } from './postgres-pool.ts'
import { bringUpToDate, WRITING } from './postgres-schema.ts'
import type { Session } from './postgres-session.ts'
import { createSignals } from './postgres-signals.ts'
import type { Database, Row, Sql, Value } from './sql.ts'

/** As many connections as one process has at most, unless it is told otherwise. */
const CONNECTIONS = 4
const CLOCK = 'CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)'
/**
 * Whoever writes takes a lock, which the database holds until the end of their transaction; whoever does something at
 * once takes it alone. Serializable transactions would keep them apart as well, but some would be refused at their end,
 * to be done again, and what they have done outside of the database, such as in the knowledge files, cannot be.
 */
const BEGIN = `BEGIN; SELECT pg_advisory_xact_lock_shared(${WRITING})`
const BEGIN_ALONE = `BEGIN; SELECT pg_advisory_xact_lock(${WRITING})`

export interface PostgresOptions {
  /** How many connections there are at most. */
  readonly connections?: number
  readonly steps?: readonly string[]
}

type Speak = (statement: string, values: readonly Value[]) => Promise<{ rows: Row[]; changed: number }>

/** SQL for a database on a server, whose outages are waited out as long as they are short. */
export async function openPostgres(
  url: string,
  { connections = CONNECTIONS, steps }: PostgresOptions = {},
): Promise<Database> {
  const pool = createPool(url, connections)
  let last: Promise<unknown> = Promise.resolve()

  async function within<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const { session, release } = await pool.take()
    try {
      return await work(session)
    } catch (error) {
      if (isOutage(error)) await session.close()
      throw error
    } finally {
      release()
    }
  }

  function transaction<Result>(beginning: string, work: (speak: Speak) => Promise<Result>): Promise<Result> {
    return within(async (session) => {
      let isOver = false
      const speak: Speak = async (statement, values) => {
        if (isOver) throw new Error('a statement came after the end of its transaction')
        return session.query(numbered(statement), values)
      }
      try {
        await session.command(beginning)
        const result = await work(speak)
        isOver = true
        await commit(session)
        return result
      } catch (error) {
        isOver = true
        if (isOutage(error) || error instanceof StoreFailure) await session.close()
        else await session.command('ROLLBACK').catch(() => session.close())
        throw error
      }
    })
  }

  async function commit(session: Session): Promise<void> {
    try {
      // After a statement that failed, all of it is taken back, though somebody caught the error.
      if ((await session.command('COMMIT')).name !== 'COMMIT') throw new Error('a statement of the transaction failed')
    } catch (error) {
      if (!isOutage(error)) throw error
      const unknown = `The connection to the database ${nameOf(url)} was lost just when something was to be kept: whether it is can be seen when it is back.`
      throw new StoreFailure('unreachable', unknown, { cause: error, mayBeKept: true })
    }
  }

  const speak: Speak = (statement, values) =>
    told(() =>
      // What only reads, or has not been committed, can be done again.
      /^\s*SELECT\b/i.test(statement)
        ? within((session) => session.query(numbered(statement), values))
        : transaction(BEGIN, (alone) => alone(statement, values)),
    )

  async function told<Result>(work: () => Promise<Result>, isPassing = isOutage, since?: number): Promise<Result> {
    try {
      return await patiently(work, isPassing, since)
    } catch (error) {
      throw postgresFailureOf(error, url)
    }
  }

  /** One at a time, so that those who wait for each other leave connections to the others. */
  function atOnce<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    let hasBegun = false
    const attempt = () =>
      transaction(BEGIN_ALONE, (alone) => {
        hasBegun = true
        const inside: Sql = sqlOf(alone, (more) => more(inside))
        return work(inside)
      })
    // Those who waited for others that found out that the server is away need not wait as long again.
    const since = performance.now()
    const mine = last.then(() => told(attempt, (error) => !hasBegun && isOutage(error), since))
    last = mine.catch(() => {})
    return mine
  }

  try {
    await patiently(() => within((session) => bringUpToDate(session, url, steps)), isOutage)
  } catch (error) {
    await pool.close()
    if (error instanceof UserError) throw error
    throw new UserError(
      `The database ${nameOf(url)} cannot be opened (${messageOf(error)}): see that its server runs, and that DATABASE_URL is right.`,
    )
  }
  const signals = createSignals(url, async (channel) => {
    await speak(`SELECT pg_notify(?, '')`, [channel])
  })
  return {
    ...sqlOf(speak, atOnce),
    signals,
    async close() {
      await Promise.all([pool.close(), signals.close()])
    },
  }
}

/** What a database has, as it is, for whoever only looks: it is not brought up to date, and nothing is written. */
export function reading(session: Session): Sql {
  const refuse = async () => {
    throw new Error('here it is only read')
  }
  return { ...sqlOf((statement, values) => session.query(numbered(statement), values), refuse), run: refuse }
}

function sqlOf(speak: Speak, atOnce: Sql['atOnce']): Sql {
  return {
    clock: CLOCK,
    all: async (statement, ...values) => (await speak(statement, values)).rows,
    run: async (statement, ...values) => (await speak(statement, values)).changed,
    atOnce,
  }
}

const texts = new Map<string, string>()

/** A statement with `$1`, `$2` and so on in the places of its `?`. */
function numbered(statement: string): string {
  const known = texts.get(statement)
  if (known !== undefined) return known
  let count = 0
  const text = statement.replaceAll('?', () => `$${++count}`)
  texts.set(statement, text)
  return text
}
