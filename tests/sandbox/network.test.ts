import { once } from 'node:events'
import { Client, Events } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Network } from '../../src/sandbox/network.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'
import { request, say } from './requests.ts'

let sandbox: Sandbox
let client: Client<true>
let heard: string[]

beforeEach(async () => {
  sandbox = await startSandbox({ patience: 15_000 })
  client = await startEchoBot(sandbox)
  heard = []
  client.on(Events.MessageCreate, ({ author, content }) => void (author.bot || heard.push(content)))
})
afterEach(async () => {
  await client.destroy()
  await sandbox.close()
})

const member = () => sandbox.as('member')

/** Resolves after whatever else could have happened by now, both ways and through the client. */
const meanwhile = () => fetch(sandbox.url).then((response) => response.text())

describe('a network that stalls', () => {
  test('brings nothing either way, then everything in order', async () => {
    const end = sandbox.stall()
    member().post('dm', 'one')
    member().post('dm', 'two')
    const sent = say(sandbox, { content: 'from the bot' })
    await meanwhile()
    expect(heard).toEqual([])
    expect(sandbox.messages('general')).toEqual([])
    end()
    await sent
    expect(sandbox.messages('general').map(({ content }) => content)).toEqual(['from the bot'])
    member().post('dm', 'three')
    await vi.waitFor(() => expect(sandbox.messages('member-dm')).toHaveLength(6))
    expect(heard).toEqual(['one', 'two', 'three'])
    expect(sandbox.gateway.identifies).toHaveLength(1)
  })

  test('lets the answer wait as well as the request', async () => {
    sandbox.faults.next({ path: /messages$/ }, { kind: 'delay', milliseconds: 300 })
    let isAnswered = false
    const sent = say(sandbox, { content: 'hi' }).then(() => {
      isAnswered = true
    })
    await meanwhile()
    const end = sandbox.stall()
    await vi.waitFor(() => expect(sandbox.messages('general')).toHaveLength(1))
    await meanwhile()
    expect(isAnswered).toBe(false)
    end()
    await sent
  })

  test('ends by itself after a time, when one is said', async () => {
    sandbox.stall(50)
    expect((await member().slash('general', 'echo', { text: 'hi' })).message.content).toBe('echo: hi')
  })

  test('lets somebody who connects meanwhile wait', async () => {
    const end = sandbox.stall()
    const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway`)
    await meanwhile()
    expect(socket.readyState).toBe(WebSocket.CONNECTING)
    end()
    const [raw] = await once(socket, 'message')
    expect(JSON.parse(String(raw)).op).toBe(10)
    socket.terminate()
  })

  test('tells nobody that a connection has ended before it is over', async () => {
    const end = sandbox.stall()
    await client.destroy()
    await meanwhile()
    await sandbox.online(true)
    end()
    await sandbox.online(false)
  })
})

test('what is held back goes before what it sets off', () => {
  const network = new Network()
  const passed: string[] = []
  const end = network.stall()
  const other = network.stall()
  network.pass(() => {
    passed.push('first')
    network.pass(() => passed.push('set off by the first'))
  })
  network.pass(() => passed.push('second'))
  end()
  end()
  expect(passed).toEqual([])
  other()
  network.pass(() => passed.push('later'))
  expect(passed).toEqual(['first', 'second', 'set off by the first', 'later'])
})

describe('a bot that resumes', () => {
  // The client itself passes over messages that it remembers, but not over interactions.
  let told: string[]
  beforeEach(() => {
    told = []
    client.on(
      'raw' as never,
      ((packet: { t: string | null; d: { content?: string; data?: { name: string } } }) => {
        if (packet.t && packet.t !== 'RESUMED') told.push(packet.d.content ?? packet.d.data?.name ?? packet.t)
      }) as never,
    )
  })
  const resumed = () => once(client, 'shardResume')

  const tells = (...events: string[]) => vi.waitFor(() => expect(told).toEqual(events))

  test('can be told again what it has already had, before what it has not', async () => {
    const asked: string[] = []
    client.on(Events.InteractionCreate, ({ id }) => asked.push(id))
    await member().say('dm', 'one')
    await member().slash('dm', 'slow')
    const slow = ['slow', '', 'thought about it']
    await tells('one', 'echo: one', ...slow)
    sandbox.gateway.replay(4)
    const back = resumed()
    sandbox.gateway.drop(4000)
    await sandbox.online(false)
    member().post('dm', 'meanwhile')
    await back
    await tells('one', 'echo: one', ...slow, 'echo: one', ...slow, 'meanwhile', 'echo: meanwhile')
    expect(asked).toHaveLength(2)
    expect(asked[1]).toBe(asked[0])
  })

  test('is told so once, and never that a session begins', async () => {
    await member().say('dm', 'one')
    await tells('one', 'echo: one')
    for (const count of [1000, 0]) {
      if (count > 0) sandbox.gateway.replay(count)
      const back = resumed()
      sandbox.gateway.drop(4000)
      await back
    }
    await member().say('dm', 'after')
    // Its guilds came with the session, and are events like others.
    await tells('one', 'echo: one', 'GUILD_CREATE', 'one', 'echo: one', 'after', 'echo: after')
  })
})

describe('the limit of requests a second', () => {
  let limited: Sandbox
  afterEach(() => limited.close())

  test('holds for what is sent with the token, is told as Discord tells it, and is noted', async () => {
    limited = await startSandbox({ globalLimit: 3, now: () => 42 })
    const answers = await Promise.all([1, 2, 3, 4].map(() => request(limited, 'GET', '/users/@me')))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, 200, 200, 429])
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({
      global: true,
      retry_after: expect.any(Number),
    })
    expect(limited.exceeded()).toEqual([{ method: 'GET', path: '/users/@me', at: 42 }])
  })

  test('does not count what answers interactions', async () => {
    limited = await startSandbox({ globalLimit: 10 })
    const bot = await startEchoBot(limited)
    const ask = () => limited.crowd.send({ kind: 'command', name: 'echo', options: { text: 'hi' } })
    const answers = await Promise.all(Array.from({ length: 30 }, ask))
    expect(answers.every(({ outcome }) => outcome === 'answered')).toBe(true)
    expect(limited.exceeded()).toEqual([])
    await bot.destroy()
  })

  test('is waited for by the real client, which gets through in the end', async () => {
    limited = await startSandbox({ globalLimit: 5 })
    const bot = new Client({ intents: 1, rest: { api: limited.api, globalRequestsPerSecond: 1000 } })
    await bot.login(limited.token)
    const fetched = await Promise.all(
      Array.from({ length: 12 }, () => bot.rest.get(`/channels/${limited.ids.channel('general')}` as `/${string}`)),
    )
    expect(fetched).toHaveLength(12)
    expect(limited.exceeded().length).toBeGreaterThan(0)
    await bot.destroy()
  })
})
