import { z } from 'zod'
import { UserError } from './errors.ts'

const port = z.coerce.number().int().min(0).max(65_535)

/** Every variable with its default; what it should look like is said in EXPECTED. */
const SHAPE = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    .optional(),
  KNOWLEDGE_DIR: z.string().default('knowledge'),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z.string().refine(isDatabase).optional(),
  TIME_ZONE: z.string().refine(isTimeZone).default('UTC'),
  MODERATORS_GUILD_ID: z
    .string()
    .regex(/^\d{17,20}$/)
    .optional(),
  KNOWLEDGE_GIT: z.enum(['commit']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  SANDBOX_PORT: port.default(3210),
  DISCORD_API: z.url({ protocol: /^https?$/ }).optional(),
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  INTERACTIONS: z.enum(['gateway', 'http', 'none']).default('gateway'),
  HTTP_PORT: port.default(8080),
  HTTP_HOST: z.string().default('127.0.0.1'),
  SHARDS: z
    .string()
    .regex(/^(\d+(,\d+)*|hostname)$/)
    .transform((given) => (given === 'hostname' ? given : given.split(',').map(Number)))
    .optional(),
  SHARD_COUNT: z.coerce.number().int().min(1).max(100_000).optional(),
  SHARDS_EACH: z.coerce.number().int().min(1).max(100_000).default(1),
})

const EXPECTED: Record<string, string> = {
  NODE_ENV: 'development, production or test',
  DISCORD_TOKEN: 'the bot’s token from Discord’s developer portal: three parts joined by dots, without “Bot” before it',
  KNOWLEDGE_DIR: 'a folder, for example knowledge',
  DATA_DIR: 'a folder, for example data',
  DATABASE_URL:
    'a database’s address, such as postgres://user:password@host:5432/footnote, with % codes for what is special in the password',
  TIME_ZONE: 'an IANA time zone, for example UTC or Europe/Berlin',
  MODERATORS_GUILD_ID: 'the id of a server, 17 to 20 digits, as Discord’s “Copy Server ID” gives it',
  KNOWLEDGE_GIT: 'commit, or left empty',
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent',
  SANDBOX_PORT: 'a port between 0 and 65535, for example 3210',
  DISCORD_API: 'an address that begins with http, for example http://127.0.0.1:3000/api',
  METRICS_PORT: 'a port between 0 and 65535, for example 9464',
  METRICS_HOST: 'an address of this machine, for example 127.0.0.1',
  RETENTION_DAYS: 'a number of days between 1 and 3650, for example 90',
  INTERACTIONS: 'gateway, http or none',
  HTTP_PORT: 'a port between 0 and 65535, for example 8080',
  HTTP_HOST: 'an address of this machine, for example 127.0.0.1',
  SHARDS: 'different numbers joined by commas, each below SHARD_COUNT, for example 0,1, or hostname',
  SHARD_COUNT: 'how many shards there are in all, at least 1',
  SHARDS_EACH: 'how many shards each process has with SHARDS=hostname, at least 1',
}

type Given = z.infer<typeof SHAPE>

export interface Env extends Omit<Given, 'SHARDS'> {
  /** The shards of this process. */
  readonly SHARDS?: readonly number[]
}

/**
 * The environment, checked once. What is wrong is told by name and never by value, which may be a secret. The host name
 * tells which shards this process has, if it is asked to.
 */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>, hostname = ''): Env {
  // An empty line in an .env file means that the variable is not set.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()))
  const parsed = SHAPE.safeParse(set)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(({ path }) => String(path[0])))
    throw new UserError([...names].map((name) => `${name} should be ${EXPECTED[name]}.`).join('\n'))
  }
  if (parsed.data.NODE_ENV === 'production' && parsed.data.DISCORD_TOKEN === undefined) {
    throw new UserError(`DISCORD_TOKEN is required when NODE_ENV is production: ${EXPECTED.DISCORD_TOKEN}.`)
  }
  if (parsed.data.KNOWLEDGE_GIT && parsed.data.DATABASE_URL !== undefined) {
    throw new UserError(
      'KNOWLEDGE_GIT is commit, but with DATABASE_URL the knowledge is in the database: leave it empty, and let “npm run knowledge:export” write the files that go into git.',
    )
  }
  const { SHARDS, ...others } = parsed.data
  return SHARDS === undefined ? others : { ...others, SHARDS: shardsOf(SHARDS, others, hostname) }
}

/** The shards that were named, or those that fall to the ordinal at the end of the host name. */
function shardsOf(
  given: NonNullable<Given['SHARDS']>,
  { SHARD_COUNT: count, SHARDS_EACH: each }: Omit<Given, 'SHARDS'>,
  hostname: string,
): readonly number[] {
  if (given !== 'hostname') {
    const areRight = given.every((shard) => count !== undefined && shard < count)
    if (areRight && new Set(given).size === given.length) return given
    throw new UserError(`SHARDS should be ${EXPECTED.SHARDS}.`)
  }
  if (count === undefined) {
    throw new UserError(
      'SHARDS is hostname, which needs SHARD_COUNT: set it to the number of shards over all processes.',
    )
  }
  // After a hyphen only: the made-up names of containers end in digits as well. A domain may follow the name.
  const ordinal = /-(\d+)(?:\.|$)/.exec(hostname)?.[1]
  if (ordinal === undefined) {
    throw new UserError(
      `SHARDS is hostname, but “${hostname}” has no ordinal at its end: set HOSTNAME to a name such as footnote-0, or SHARDS to numbers.`,
    )
  }
  const first = Number(ordinal) * each
  if (first >= count) {
    throw new UserError(
      `SHARDS is hostname, but nothing is left for “${hostname}” of ${count} shards with ${each} for each process: run ${Math.ceil(count / each)} of them, from 0 on, or set SHARD_COUNT higher.`,
    )
  }
  return Array.from({ length: Math.min(each, count - first) }, (_, index) => first + index)
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A password that is not written with % codes would end where the address seems to go on. */
function isDatabase(address: string): boolean {
  const url = URL.parse(address)
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol) || url.hostname === '' || url.hash !== '') return false
  return decoded(address) !== undefined
}

/** What must not be said in a log: the token, the database's address, and the password in it, as it is written there and as it is. */
export function secretsIn({ DISCORD_TOKEN: token = '', DATABASE_URL: url = '' }: Partial<Env>): string[] {
  const { password = '' } = URL.parse(url) ?? {}
  // One that is as short as this would be taken out of every line, and is known to nobody by that.
  const passwords = password.length < 4 ? [] : [password, decoded(password) ?? '']
  return [token, url, ...passwords].filter(Boolean)
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
