import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Client } from 'discord.js'
import { afterEach, expect, test } from 'vitest'

const ADDRESS = 'http://127.0.0.1:8080/'

let child: ChildProcess | undefined
afterEach(() => child?.kill('SIGKILL'))

/** Starts it, and resolves with what it tells once it has told all. */
async function start(...args: string[]) {
  const env = { ...process.env, SANDBOX_PORT: '0' }
  const started = spawn(process.execPath, ['src/cli/sandbox.ts', ...args], { env })
  child = started
  let output = ''
  for await (const data of started.stdout.iterator({ destroyOnReturn: false })) {
    output += data
    if (output.includes('Ctrl+C')) break
  }
  const told = (pattern: RegExp) => pattern.exec(output)?.[1] ?? ''
  const page = told(/Open (http\S+)/)
  return { started, page, api: told(/^DISCORD_API=(.*)$/m), token: told(/^DISCORD_TOKEN=(.*)$/m) }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a bot of another process comes in with what it tells, and %s ends it',
  async (signal) => {
    const { started, page, api, token } = await start('--guilds', '2', '--shards', '2', '--interactions', ADDRESS)
    expect((await fetch(page)).status).toBe(200)
    const client = new Client({ intents: 1, rest: { api }, shards: [0], shardCount: 2 })
    const ready = once(client, 'clientReady')
    await client.login(token)
    await ready
    expect(client.guilds.cache.size).toBe(1)
    expect(await client.rest.get('/gateway/bot')).toMatchObject({ shards: 2 })
    expect(await client.rest.get('/applications/@me')).toMatchObject({ interactions_endpoint_url: ADDRESS })
    await client.destroy()
    const ended = once(started, 'exit')
    started.kill(signal)
    expect(await ended).toEqual([0, null])
  },
)

test.each([[['--guilds', '0']], [['--guilds', 'many']], [['--interactions', 'nowhere']], [['--nonsense']], [['more']]])(
  '%j ends it with how it is used',
  (args) => {
    const { status, stderr } = spawnSync(process.execPath, ['src/cli/sandbox.ts', ...args], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('npm run sandbox') })
  },
)
