import postgres from 'postgres'
import type { Row, Value } from './sql.ts'

/** Seconds for reaching the server. */
const CONNECTING = 3
/** Milliseconds that a statement may take, that it may wait for somebody's lock, and that a transaction may pause. */
const STATEMENT = 10_000
const LOCK = 5_000
const PAUSE = 60_000
/** Milliseconds after which a server that says nothing at all is thought to be gone, at first and later. */
const FIRST_SILENCE = CONNECTING * 1_000 + 1_000
const SILENCE = STATEMENT + 5_000

const BIGINT = 20
const SETTINGS = `SET statement_timeout = ${STATEMENT}; SET lock_timeout = ${LOCK};
  SET idle_in_transaction_session_timeout = ${PAUSE}; SELECT current_setting('server_encoding') AS encoding`

/**
 * One connection to a server. When it is lost it stays lost: nobody finds themselves in another transaction than their
 * own.
 */
export interface Session {
  readonly isOpen: boolean
  /** One statement. */
  query(statement: string, values: readonly Value[]): Promise<{ rows: Row[]; changed: number }>
  /**
   * Any number of statements without values; the rows and the name of the last one. A slow one may let the server say
   * nothing for as long as it likes.
   */
  command(statements: string, isSlow?: boolean): Promise<{ rows: Row[]; name: string }>
  close(): Promise<void>
}

export interface SessionEvents {
  onLost?: () => void
  onNotified?: (channel: string) => void
}

/** Connects to a server. */
export async function openSession(url: string, { onLost, onNotified }: SessionEvents = {}): Promise<Session> {
  let isOpen = true
  let isReady = false
  let last: Promise<unknown> = Promise.resolve()
  let lose: ((why: Error) => void) | undefined
  // By itself, the library would connect again and go on as if nothing had happened.
  const client = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: CONNECTING,
    fetch_types: false,
    types: { bigint: { to: BIGINT, from: [BIGINT], parse: numberOf, serialize: String } },
    connection: { application_name: 'footnote' },
    onnotice: () => {},
    onclose: () => end(),
    ...({ onnotify: onNotified } as object),
  })

  function end(): void {
    if (!isOpen) return
    isOpen = false
    lose?.(closed())
    if (isReady) onLost?.()
  }

  function fallSilent(): void {
    end()
    void client.end({ timeout: 0 })
  }

  /** One at a time; on a connection that is lost, none. */
  async function inTurn<Result>(work: () => PromiseLike<Result>, isSlow = false): Promise<Result> {
    const mine = last.then(async () => {
      if (!isOpen) throw closed()
      // What is said between the failure of a connection and its end, the library would leave without an answer. One
      // promise for all turns would keep what each of them adds to it.
      const { promise: lost, reject } = Promise.withResolvers<never>()
      lose = reject
      const giveUp = isSlow ? undefined : setTimeout(fallSilent, isReady ? SILENCE : FIRST_SILENCE)
      try {
        return await Promise.race([work(), lost])
      } finally {
        clearTimeout(giveUp)
      }
    })
    last = mine.catch(() => {})
    return mine
  }

  const session: Session = {
    get isOpen() {
      return isOpen
    },
    query: (statement, values) =>
      inTurn(async () => {
        const options = { prepare: true, simple: false }
        const result = await client.unsafe<Record<string, unknown>[]>(statement, values.map(storable), options)
        return { rows: [...result], changed: result.count }
      }),
    command: (statements, isSlow) =>
      inTurn(async () => {
        const result: unknown = await client.unsafe(statements)
        const [final] = Array.isArray((result as unknown[])[0]) ? (result as unknown[][]).slice(-1) : [result]
        return { rows: [...(final as Row[])], name: String((final as { command?: string }).command) }
      }, isSlow),
    async close() {
      // Of a connection that is lost, the library would wait for the answer to what was said last.
      const timeout = isOpen ? 1 : 0
      isReady = false
      end()
      await client.end({ timeout })
    },
  }
  try {
    const [row] = (await session.command(SETTINGS)).rows
    if (row?.encoding !== 'UTF8') throw new Error(`its encoding is ${row?.encoding}, and should be UTF8`)
    isReady = true
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}

function closed(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' })
}

/** A number wherever it is one; the digits of what is larger than numbers are. */
function numberOf(digits: string): number | string {
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits
}

/** PostgreSQL has no place for the character 0 in a text. */
function storable(value: Value): Value {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value
}
