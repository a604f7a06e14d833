import { type Client, DiscordAPIError, type InteractionWebhook, type Message } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'

let sandbox: Sandbox
let client: Client<true>
let heard: string[]

beforeEach(async () => {
  sandbox = await startSandbox({ patience: 15_000 })
  client = await startEchoBot(sandbox)
  heard = []
  client.on('messageCreate', (message: Message) => void (message.author.bot || heard.push(message.content)))
})

afterEach(async () => {
  await client.destroy()
  await sandbox.close()
})

const member = () => sandbox.as('member')
const callback = { method: 'POST', path: /^\/interactions\// }

describe('requests that go wrong', () => {
  test.each([false, true])('a rate limit (global: %s) is waited for', async (global) => {
    const limits: unknown[] = []
    client.rest.on('rateLimited', (limit) => limits.push(limit))
    sandbox.faults.next({ method: 'PATCH', path: /@original$/ }, { kind: 'rate-limit', retryAfter: 0.2, global })
    const { message } = await member().slash('general', 'slow')
    expect(message.content).toBe('thought about it')
    expect(limits).toMatchObject([{ global, timeToReset: expect.any(Number) }])
  })

  test('an error is tried again', async () => {
    sandbox.faults.next({ ...callback, times: 2 }, { kind: 'error', status: 502 })
    expect((await member().slash('general', 'echo', { text: 'hi' })).message.content).toBe('echo: hi')
  })

  test('a success that comes back as an error makes the second try come too late', async () => {
    const failed = new Promise<unknown>((resolve) => client.once('error', resolve))
    sandbox.faults.next(callback, { kind: 'lose', status: 502 })
    expect((await member().slash('general', 'echo', { text: 'hi' })).message.content).toBe('echo: hi')
    const error = (await failed) as DiscordAPIError
    expect(error).toBeInstanceOf(DiscordAPIError)
    expect(error.code).toBe(40060)
    expect(sandbox.messages('general')).toHaveLength(1)
  })

  test('a connection that is cut is tried again', async () => {
    sandbox.faults.next(callback, { kind: 'cut' })
    expect((await member().slash('general', 'echo', { text: 'hi' })).message.content).toBe('echo: hi')
  })

  test('a slow network makes the bot miss its time', async () => {
    const impatient = await startSandbox({ ackTimeout: 100 })
    const bot = await startEchoBot(impatient)
    const failed = new Promise<unknown>((resolve) => bot.once('error', resolve))
    impatient.faults.next(callback, { kind: 'delay', milliseconds: 200 })
    await expect(impatient.as('member').slash('general', 'echo', { text: 'hi' })).rejects.toThrow('did not respond')
    expect(await failed).toMatchObject({ code: 10062 })
    await bot.destroy()
    await impatient.close()
  })

  test('a token that has run out', async () => {
    let time = Date.now()
    const aging = await startSandbox({ now: () => time })
    const bot = await startEchoBot(aging)
    const asked = new Promise<{ webhook: InteractionWebhook }>((resolve) =>
      bot.once('interactionCreate', (interaction) => resolve(interaction as never)),
    )
    await aging.as('member').slash('general', 'echo', { text: 'hi' })
    const { webhook } = await asked
    await webhook.editMessage('@original', 'in time')
    time += 15 * 60_000 + 1
    await expect(webhook.editMessage('@original', 'too late')).rejects.toMatchObject({ code: 50027 })
    expect(aging.messages('general')[0]?.content).toBe('in time')
    await bot.destroy()
    await aging.close()
  })
})

describe('a connection that breaks', () => {
  test.each([
    ['closed with 4000', () => sandbox.gateway.drop(4000)],
    ['closed with 4009', () => sandbox.gateway.drop(4009)],
    ['cut', () => sandbox.gateway.drop(1006)],
    ['asked to reconnect', () => sandbox.gateway.askToReconnect()],
    ['told that it is invalid but resumable', () => sandbox.gateway.invalidate(true)],
  ])('%s: resumes without losing or doubling an event', async (_, breakIt) => {
    member().post('dm', 'before')
    const resumed = new Promise((resolve) => client.once('shardResume', (_id, replayed) => resolve(replayed)))
    breakIt()
    await sandbox.online(false)
    member().post('dm', 'meanwhile')
    await resumed
    await member().say('dm', 'after')
    expect(heard).toEqual(['before', 'meanwhile', 'after'])
  })

  test('an interaction during the break is answered after it', async () => {
    sandbox.gateway.drop(4000)
    await sandbox.online(false)
    expect((await member().slash('general', 'echo', { text: 'hi' })).message.content).toBe('echo: hi')
  })

  test('an invalid session is begun anew, and what happened meanwhile is lost', async () => {
    const ready = new Promise((resolve) => client.once('shardReady', resolve))
    sandbox.gateway.invalidate(false)
    await sandbox.online(false)
    member().post('dm', 'meanwhile')
    await ready
    await member().say('dm', 'after')
    expect(heard).toEqual(['after'])
  })

  test('unanswered heartbeats end the connection', async () => {
    const quick = await startSandbox({ heartbeatInterval: 60 })
    const bot = await startEchoBot(quick)
    const resumed = new Promise((resolve) => bot.once('shardResume', resolve))
    quick.gateway.deaf = true
    await quick.online(false)
    quick.gateway.deaf = false
    await resumed
    await bot.destroy()
    await quick.close()
  })
})

describe('a bot that may not', () => {
  test('a wrong token', async () => {
    const { Client } = await import('discord.js')
    const stranger = new Client({ intents: 1, rest: { api: sandbox.api } })
    await expect(stranger.login('d3Jvbmc.wrong.token')).rejects.toThrow('invalid token')
  })

  test('intents that it was not approved for', async () => {
    const bold = startEchoBot(sandbox, 4609 | (1 << 15))
    await expect(bold).rejects.toThrow(/disallowed intents/i)
  })

  test('with the approval, it reads everything', async () => {
    const open = await startSandbox({ privilegedIntents: 1 << 15 })
    const bot = await startEchoBot(open, 4609 | (1 << 15))
    const read = new Promise<Message>((resolve) => bot.once('messageCreate', resolve))
    open.as('member').post('general', 'not for the bot')
    expect((await read).content).toBe('not for the bot')
    await bot.destroy()
    await open.close()
  })
})

test('without the approval, what does not concern the bot comes without content', async () => {
  member().post('general', 'not for the bot')
  await member().say('general', `<@${client.user.id}> hi`)
  expect(heard).toEqual(['', `<@${client.user.id}> hi`])
})

test('a malformed event reaches the bot as it is', async () => {
  const seen = new Promise((resolve) => client.on('raw' as never, ((packet: unknown) => resolve(packet)) as never))
  sandbox.gateway.sendRaw('TYPING_START', { nothing: 'of use' })
  expect(await seen).toMatchObject({ t: 'TYPING_START', d: { nothing: 'of use' } })
})
