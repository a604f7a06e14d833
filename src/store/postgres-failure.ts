import { type FailureReason, StoreFailure } from './failure.ts'

/** The server cannot be reached, is not ready, has let go of a connection, or leaves writing to another for the moment. */
const OUTAGES = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED'],
  // admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections
  ...['57P01', '57P02', '57P03', '53300'],
  // read_only_sql_transaction
  '25006',
]

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html): whole, or only the class in its first two. */
const REASONS: Readonly<Record<string, FailureReason>> = {
  '08': 'unreachable', // connection_exception
  '25006': 'read-only', // read_only_sql_transaction
  '25P03': 'unreachable', // idle_in_transaction_session_timeout
  '25P04': 'unreachable', // transaction_timeout
  '28': 'unreachable', // invalid_authorization_specification
  '3D000': 'unreachable', // invalid_catalog_name
  '40001': 'locked', // serialization_failure
  '40P01': 'locked', // deadlock_detected
  '42501': 'read-only', // insufficient_privilege
  '53': 'unreachable', // insufficient_resources
  '53100': 'full', // disk_full
  '55P03': 'locked', // lock_not_available
  '57': 'unreachable', // operator_intervention, statements that take too long among them
  '58': 'unreachable', // system_error
  XX001: 'damaged', // data_corrupted
  XX002: 'damaged', // index_corrupted
}

const MENDS: Readonly<Record<FailureReason, (name: string) => string>> = {
  full: (name) => `There is no space left for the database ${name}: free some on its server’s disk.`,
  'read-only': (name) => `The database ${name} cannot be written to: let the user in DATABASE_URL write to it.`,
  locked: (name) => `The database ${name} is locked by somebody: let nobody hold locks in it for long.`,
  damaged: (name) => `The database ${name} is damaged: restore it from a copy.`,
  unreachable: (name) =>
    `The database ${name} cannot be reached or does not answer: see that its server runs, and that DATABASE_URL is right.`,
}

/** A database as an operator may be told of it: without the password. */
export function nameOf(url: string): string {
  const { hostname, pathname, username } = new URL(url)
  return `${decodeURIComponent(pathname.slice(1) || username || 'postgres')} on ${decodeURIComponent(hostname) || 'localhost'}`
}

/** Whether it may be only that the server is away for a while; nothing was done then, unless it was being committed. */
export function isOutage(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown }
  // Another process has brought the tables up to date: a new connection knows them.
  return OUTAGES.includes(String(code)) || String(code).startsWith('08') || routine === 'RevalidateCachedQuery'
}

/** An error of PostgreSQL's or of the way to it as ours; one that says that a statement is wrong as it is. */
export function postgresFailureOf(error: unknown, url: string): unknown {
  const reason = reasonOf(error)
  if (!reason || error instanceof StoreFailure) return withoutValues(error)
  return new StoreFailure(reason, `${MENDS[reason](nameOf(url))} (${messageOf(error)})`, {
    cause: withoutValues(error),
  })
}

/** What went wrong, in a line; of a host with several addresses, that none of them answers says only a code. */
export function messageOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string }
  return (message || code || 'unknown').split('\n', 1)[0] ?? ''
}

function reasonOf(error: unknown): FailureReason | undefined {
  const code = String((error as { code?: unknown }).code)
  return REASONS[code] ?? REASONS[code.slice(0, 2)] ?? (isOutage(error) ? 'unreachable' : undefined)
}

/** What was to be written is nobody's business in a log. */
function withoutValues(error: unknown): unknown {
  if (error instanceof Error) for (const name of ['detail', 'where']) Reflect.deleteProperty(error, name)
  return error
}
