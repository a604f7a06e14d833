import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseEnv } from '../src/env.ts'

test('everything has a default but the token', () => {
  expect(parseEnv({})).toEqual({
    NODE_ENV: 'development',
    KNOWLEDGE_DIR: 'knowledge',
    DATA_DIR: 'data',
    TIME_ZONE: 'UTC',
    LOG_LEVEL: 'info',
    SANDBOX_PORT: 3210,
  })
})

test('an empty variable counts as not set', () => {
  expect(parseEnv({ DISCORD_TOKEN: '', SANDBOX_PORT: ' ' })).toEqual(parseEnv({}))
})

test.each([
  ['DISCORD_TOKEN', 'secret-but-no-token', /^DISCORD_TOKEN should be the bot’s token/],
  ['TIME_ZONE', 'Mars/Olympus', /^TIME_ZONE should be an IANA time zone/],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL should be trace/],
  ['SANDBOX_PORT', '99999', /^SANDBOX_PORT should be a port/],
  ['SANDBOX_PORT', 'http', /^SANDBOX_PORT should be a port/],
  ['MODERATORS_GUILD_ID', 'my server', /^MODERATORS_GUILD_ID should be the id of a server/],
  ['KNOWLEDGE_GIT', 'push', /^KNOWLEDGE_GIT should be commit/],
  ['NODE_ENV', 'live', /^NODE_ENV should be development/],
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

test('production needs a token, so that no server runs a sandbox unnoticed', () => {
  expect(() => parseEnv({ NODE_ENV: 'production' })).toThrow(/^DISCORD_TOKEN is required/)
})

test('.env.example names every variable, each with a comment', () => {
  const lines = readFileSync('.env.example', 'utf8').trim().split('\n')
  const named = lines.flatMap((line, index) => (/^[A-Z_]+=/.test(line) ? [[line.split('=')[0], lines[index - 1]]] : []))
  expect(named.map(([name]) => name).sort()).toEqual(
    ['DISCORD_TOKEN', 'MODERATORS_GUILD_ID', 'KNOWLEDGE_GIT', ...Object.keys(parseEnv({}))].sort(),
  )
  for (const [, comment] of named) expect(comment).toMatch(/^# /)
})
