import { once } from 'node:events'
import type { Client, Message } from 'discord.js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'

let sandbox: Sandbox
const clients: Client[] = []
const sockets: WebSocket[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.destroy()
  for (const socket of sockets.splice(0)) socket.terminate()
  await sandbox.close()
})

async function open(options: SandboxOptions): Promise<void> {
  sandbox = await startSandbox({ patience: 15_000, ...options })
}

/** A bot that is one process of two. */
async function start(shard: number, shardCount = 2): Promise<Client<true>> {
  const client = await startEchoBot(sandbox, 4609, { shards: [shard], shardCount })
  clients.push(client)
  return client
}

/** Connects as a shard without a client, and resolves with the first thing that it is told then. */
async function identify(shard: number, count: number): Promise<{ op: number; d: unknown; t: string }> {
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway`)
  sockets.push(socket)
  await once(socket, 'message')
  socket.send(JSON.stringify({ op: 2, d: { token: sandbox.token, intents: 0, shard: [shard, count] } }))
  const [raw] = await once(socket, 'message')
  return JSON.parse(String(raw))
}

describe('two processes', () => {
  test('each get only what is of their guilds; direct messages go to the first shard', async () => {
    await open({ guilds: 2, identifyInterval: 0 })
    const heard: string[] = []
    const both = [await start(0), await start(1)]
    for (const [shard, client] of both.entries()) {
      client.on(
        'messageCreate',
        (message: Message) => void (message.author.bot || heard.push(`${shard} ${message.content}`)),
      )
      client.on('interactionCreate', (interaction) => heard.push(`${shard} in ${interaction.guildId}`))
    }
    const [first, second] = sandbox.ids.guilds
    expect(both.map(({ guilds }) => [...guilds.cache.keys()])).toEqual([[second], [first]])
    const mention = `<@${sandbox.ids.bot}>`
    await sandbox.as('member').say('general', `${mention} one`)
    await sandbox.as('member').say('general-2', `${mention} two`)
    await sandbox.as('member').say('dm', 'three')
    await sandbox.as('member').slash('general', 'echo', { text: 'x' })
    await sandbox.as('member').slash('general-2', 'echo', { text: 'x' })
    await sandbox.as('member').slash('dm', 'echo', { text: 'x' })
    const [crowd0, crowd1] = [sandbox.crowd.guild(0, 2), sandbox.crowd.guild(1, 2)]
    await sandbox.crowd.send({ kind: 'command', name: 'slow', guild: crowd0 })
    await sandbox.crowd.send({ kind: 'command', name: 'slow', guild: crowd1 })
    expect(heard).toEqual([
      `1 ${mention} one`,
      `0 ${mention} two`,
      '0 three',
      `1 in ${first}`,
      `0 in ${second}`,
      '0 in null',
      `0 in ${crowd0}`,
      `1 in ${crowd1}`,
    ])
  })

  test('are on- and offline each by itself', async () => {
    await open({ guilds: 2, identifyInterval: 0 })
    await start(0)
    await expect(sandbox.online(true, 0)).resolves.toBeUndefined()
    const second = start(1)
    await sandbox.online(true, 1)
    const resumed = once(await second, 'shardResume')
    sandbox.gateway.drop(4000, 1)
    await sandbox.online(false, 1)
    await sandbox.online(true, 0)
    await sandbox.online()
    expect((await resumed)[0]).toBe(1)
    await clients[0]?.destroy()
    await sandbox.online(false, 0)
    await sandbox.online(true)
    expect((await sandbox.as('member').slash('general', 'echo', { text: 'x' })).message.content).toBe('echo: x')
  })
})

test('one process takes as many shards as are recommended', async () => {
  await open({ guilds: 3, shards: 2, maxConcurrency: 2 })
  const client = await startEchoBot(sandbox, 4609, { shards: 'auto' })
  clients.push(client)
  expect(client.guilds.cache.map(({ shardId, id }) => [id, shardId]).sort()).toEqual(
    sandbox.ids.guilds.map((id, index) => [id, (index + 1) % 2]),
  )
  const told = sandbox.gateway.identifies.map(({ shard, isRefused }) => [...shard, isRefused])
  expect(told.sort()).toEqual([
    [0, 2, false],
    [1, 2, false],
  ])
})

describe('shards that identify', () => {
  test('too soon after one another are told that their session is invalid, and may try again later', async () => {
    await open({ identifyInterval: 300, now: () => 42 })
    expect((await identify(0, 2)).t).toBe('READY')
    expect(await identify(1, 2)).toMatchObject({ op: 9, d: false })
    await vi.waitFor(async () => expect((await identify(1, 2)).t).toBe('READY'), 5000)
    const { identifies } = sandbox.gateway
    expect(identifies.slice(0, 2)).toEqual([
      { shard: [0, 2], at: 42, isRefused: false },
      { shard: [1, 2], at: 42, isRefused: true },
    ])
    expect(identifies.at(-1)).toEqual({ shard: [1, 2], at: 42, isRefused: false })
  })

  test('do not disturb those of another rate limit key', async () => {
    await open({ maxConcurrency: 2 })
    expect((await identify(0, 4)).t).toBe('READY')
    expect((await identify(1, 4)).t).toBe('READY')
    expect((await identify(2, 4)).op).toBe(9)
  })

  test('in two processes at once both come in, one of them later', async () => {
    await open({ guilds: 2 })
    const both = await Promise.all([start(0), start(1)])
    expect(both.map(({ guilds }) => guilds.cache.size)).toEqual([1, 1])
    const refused = sandbox.gateway.identifies.map(({ isRefused }) => isRefused)
    expect(refused).toEqual([false, true, false])
  })
})
