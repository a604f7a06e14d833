import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseEnv, secretsIn } from '../src/env.ts'

const OPTIONAL = [
  'DISCORD_TOKEN',
  'DATABASE_URL',
  'MODERATORS_GUILD_ID',
  'KNOWLEDGE_GIT',
  'DISCORD_API',
  'METRICS_PORT',
  'SHARDS',
  'SHARD_COUNT',
]

test('everything has a default but the token', () => {
  expect(parseEnv({})).toEqual({
    NODE_ENV: 'development',
    KNOWLEDGE_DIR: 'knowledge',
    DATA_DIR: 'data',
    TIME_ZONE: 'UTC',
    LOG_LEVEL: 'info',
    SANDBOX_PORT: 3210,
    METRICS_HOST: '127.0.0.1',
    RETENTION_DAYS: 90,
    INTERACTIONS: 'gateway',
    HTTP_PORT: 8080,
    HTTP_HOST: '127.0.0.1',
    SHARDS_EACH: 1,
  })
})

test('an empty variable counts as not set', () => {
  expect(parseEnv({ DISCORD_TOKEN: '', SANDBOX_PORT: ' ' })).toEqual(parseEnv({}))
})

test.each([
  ['DISCORD_TOKEN', 'secret-but-no-token', /^DISCORD_TOKEN should be the bot’s token/],
  ['TIME_ZONE', 'Mars/Olympus', /^TIME_ZONE should be an IANA time zone/],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL should be trace/],
  ['DATABASE_URL', 'mysql://root:secret@db/footnote', /^DATABASE_URL should be a database’s address/],
  ['DATABASE_URL', 'postgres://footnote:se#cret@db/footnote', /^DATABASE_URL should be a database’s address/],
  ['DATABASE_URL', 'postgres://footnote:1#2@db/footnote', /^DATABASE_URL should be a database’s address/],
  ['DATABASE_URL', 'postgres://footnote:100%zz@db/footnote', /^DATABASE_URL should be a database’s address/],
  ['DATABASE_URL', '/var/lib/footnote', /^DATABASE_URL should be a database’s address/],
  ['SANDBOX_PORT', '99999', /^SANDBOX_PORT should be a port/],
  ['SANDBOX_PORT', 'http', /^SANDBOX_PORT should be a port/],
  ['MODERATORS_GUILD_ID', 'my server', /^MODERATORS_GUILD_ID should be the id of a server/],
  ['KNOWLEDGE_GIT', 'push', /^KNOWLEDGE_GIT should be commit/],
  ['NODE_ENV', 'live', /^NODE_ENV should be development/],
  ['DISCORD_API', 'ftp://proxy', /^DISCORD_API should be an address/],
  ['METRICS_PORT', '-1', /^METRICS_PORT should be a port/],
  ['RETENTION_DAYS', '-7', /^RETENTION_DAYS should be a number of days/],
  ['INTERACTIONS', 'smoke', /^INTERACTIONS should be gateway, http or none/],
  ['HTTP_PORT', '99999', /^HTTP_PORT should be a port/],
  ['SHARDS', '0;1', /^SHARDS should be different numbers joined by commas/],
  ['SHARDS', '0,0', /^SHARDS should be different numbers/],
  ['SHARDS', '7', /^SHARDS should be different numbers joined by commas, each below SHARD_COUNT/],
  ['SHARDS', 'hostnames', /^SHARDS should be different numbers joined by commas/],
  ['SHARD_COUNT', '0.5', /^SHARD_COUNT should be how many/],
  ['SHARDS_EACH', '0', /^SHARDS_EACH should be how many/],
])('%s=%s is refused by name and not repeated', (name, value, message) => {
  let told = ''
  try {
    parseEnv({ [name]: value })
  } catch (error) {
    told = String((error as Error).message)
  }
  expect(told).toMatch(message)
  expect(told).not.toContain(value)
  expect(told.split('\n')).toHaveLength(1)
})

test('commits of a folder are refused where the knowledge is in a database, without its address', () => {
  const both = { KNOWLEDGE_GIT: 'commit', DATABASE_URL: 'postgres://footnote:secret@db/footnote' }
  expect(() => parseEnv(both)).toThrow(/^KNOWLEDGE_GIT is commit, but (?!.*secret).*knowledge:export[^\n]*$/)
})

test('shards are told as numbers below their count', () => {
  expect(parseEnv({ SHARDS: '0,3', SHARD_COUNT: '4' })).toMatchObject({ SHARDS: [0, 3], SHARD_COUNT: 4 })
  expect(() => parseEnv({ SHARDS: '0,4', SHARD_COUNT: '4' })).toThrow(/^SHARDS should be/)
})

describe('SHARDS=hostname', () => {
  const shardsOf = (hostname: string, each: string, count = '8') =>
    parseEnv({ SHARDS: 'hostname', SHARD_COUNT: count, SHARDS_EACH: each }, hostname).SHARDS

  test('gives a process the shards of the ordinal at the end of its host’s name', () => {
    expect(shardsOf('footnote-gateway-2', '')).toEqual([2])
    expect(shardsOf('footnote-gateway-0', '3')).toEqual([0, 1, 2])
    expect(shardsOf('footnote-gateway-1', '3')).toEqual([3, 4, 5])
    expect(shardsOf('footnote-gateway-2.footnote.bots.svc.cluster.local', '3')).toEqual([6, 7])
    expect(shardsOf('footnote-12', '1', '13')).toEqual([12])
  })

  test.each(['', 'footnote', 'web3', '9f8c1e5d7a10', 'footnote-2b', 'footnote-2-blue'])(
    'refuses the host “%s”, whose name has no ordinal',
    (hostname) => {
      expect(() => shardsOf(hostname, '')).toThrow(/^SHARDS is hostname, but “.*” has no ordinal[^\n]*HOSTNAME[^\n]*$/)
    },
  )

  test('refuses an ordinal for which no shard is left, and says how many processes there can be', () => {
    expect(() => shardsOf('footnote-8', '')).toThrow(
      /^SHARDS is hostname, but nothing is left[^\n]*run 8 of them[^\n]*$/,
    )
    expect(() => shardsOf('footnote-3', '3')).toThrow(
      /^SHARDS is hostname, but [^\n]*run 3 of them[^\n]*SHARD_COUNT[^\n]*$/,
    )
  })

  test('needs SHARD_COUNT', () => {
    expect(() => parseEnv({ SHARDS: 'hostname' }, 'footnote-0')).toThrow(
      /^SHARDS is hostname, [^\n]*SHARD_COUNT[^\n]*$/,
    )
  })

  test('is meant only where it is said', () => {
    expect(parseEnv({ SHARD_COUNT: '8' }, 'web-3').SHARDS).toBeUndefined()
    expect(parseEnv({ SHARD_COUNT: '8', SHARDS: '1' }, 'web-3').SHARDS).toEqual([1])
  })
})

test('production needs a token, so that no server runs a sandbox unnoticed', () => {
  expect(() => parseEnv({ NODE_ENV: 'production' })).toThrow(/^DISCORD_TOKEN is required/)
})

test('.env.example names every variable, each with a comment', () => {
  const lines = readFileSync('.env.example', 'utf8').trim().split('\n')
  const named = lines.flatMap((line, index) => (/^[A-Z_]+=/.test(line) ? [[line.split('=')[0], lines[index - 1]]] : []))
  expect(named.map(([name]) => name).sort()).toEqual([...OPTIONAL, ...Object.keys(parseEnv({}))].sort())
  for (const [, comment] of named) expect(comment).toMatch(/^# /)
})

test('what must not be logged is named: the token, the database’s address and its password, however it is written', () => {
  expect(secretsIn({})).toEqual([])
  const DATABASE_URL = 'postgres://footnote:se%23cret@db/footnote'
  expect(secretsIn({ DISCORD_TOKEN: 'a.b.c', DATABASE_URL })).toEqual(['a.b.c', DATABASE_URL, 'se%23cret', 'se#cret'])
  expect(secretsIn({ DATABASE_URL: 'postgres://footnote:a@db/footnote' })).toEqual([
    'postgres://footnote:a@db/footnote',
  ])
  expect(secretsIn({ DATABASE_URL: 'postgres://footnote:100%zz@db/footnote' })).toContain('100%zz')
  expect(secretsIn({ DATABASE_URL: 'no address' })).toEqual(['no address'])
})
