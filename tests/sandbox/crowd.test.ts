import { type ChatInputCommandInteraction, type Client, Events } from 'discord.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PageState } from '../../src/sandbox/protocol.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'
import { request } from './requests.ts'

let time = Date.UTC(2026, 1, 3)
let sandbox: Sandbox
let client: Client<true>
let heard: ChatInputCommandInteraction[]

beforeAll(async () => {
  sandbox = await startSandbox({ ackTimeout: 15_000, now: () => time })
  client = await startEchoBot(sandbox)
  client.on(Events.InteractionCreate, (interaction) => heard.push(interaction as never))
})
beforeEach(() => {
  heard = []
})
afterAll(async () => {
  await client.destroy()
  await sandbox.close()
})

const echo = (text: string, more = {}) =>
  sandbox.crowd.send({ kind: 'command', name: 'echo', options: { text }, ...more })

describe('what the crowd sends', () => {
  test('a command is answered, in the open or in private', async () => {
    expect(await echo('hi')).toMatchObject({ outcome: 'answered', isPrivate: false, text: 'echo: hi' })
    const answer = await sandbox.crowd.send({ kind: 'command', name: 'echo', options: { text: 'psst', private: true } })
    expect(answer).toMatchObject({ outcome: 'answered', isPrivate: true, text: 'echo: psst' })
    expect(answer.milliseconds).toBeGreaterThan(0)
  })

  test('a word that is begun is completed', async () => {
    const begun = { kind: 'autocomplete', name: 'echo', options: { text: 'hel' }, focused: 'text' } as const
    const answer = await sandbox.crowd.send(begun)
    expect(answer).toMatchObject({ outcome: 'answered', text: 'hel!', choices: [{ name: 'hel!', value: 'hel-id' }] })
  })

  test('buttons and selects of an answer can be used, also by others', async () => {
    const { message } = await echo('hi')
    const picked = await sandbox.crowd.send({ kind: 'select', message, customId: 'pick', values: ['2'] })
    expect(picked).toMatchObject({ text: 'picked 2', isPrivate: true })
    const pressed = await sandbox.crowd.send({ kind: 'button', message, customId: 'press' })
    expect(pressed).toMatchObject({
      message: { id: message?.id },
      text: expect.stringContaining('pressed by somebody'),
    })
    const wrong = sandbox.crowd.send({ kind: 'button', message, customId: 'forged' })
    await expect(wrong).rejects.toThrow('not on the message')
  })

  test('a modal is filled in by the one who opened it', async () => {
    const { modal } = await sandbox.crowd.send({ kind: 'command', name: 'form', user: '1300000000000000001' })
    expect(modal?.title).toBe('A form')
    const submit = (user: string) => sandbox.crowd.send({ kind: 'modal', modal, user, fields: { note: 'noted' } })
    await expect(submit('1300000000000000002')).rejects.toThrow('not open')
    expect(await submit('1300000000000000001')).toMatchObject({ text: 'form: noted' })
  })

  test('a command is used on somebody’s message', async () => {
    const answer = await sandbox.crowd.send({ kind: 'menu', name: 'Repeat', content: 'what I said' })
    expect(answer.text).toBe('again: what I said')
  })

  test('a mention is answered by a reply, in a guild and in direct messages', async () => {
    const { bot } = sandbox.ids
    const before = sandbox.messages('general')
    const mention = (content: string, guild?: null) =>
      sandbox.crowd.send({ kind: 'mention', content, ...(guild === null ? { guild } : {}) })
    const answer = await mention('hi')
    expect(answer).toMatchObject({ outcome: 'answered', text: `echo: <@${bot}> hi`, isPrivate: false })
    expect(answer.message).toMatchObject({
      channel_id: sandbox.ids.channel('general'),
      referenced_message: { content: `<@${bot}> hi` },
    })
    expect((await mention('psst', null)).text).toBe(`echo: <@${bot}> psst`)
    expect(sandbox.messages('general')).toEqual(before)
  })

  test('what follows a deferral is waited for if that is wanted', async () => {
    const deferred = await sandbox.crowd.send({ kind: 'command', name: 'slow' })
    expect(deferred).toMatchObject({ outcome: 'answered', text: '', isPrivate: true })
    const patient = await sandbox.crowd.send({ kind: 'command', name: 'slow', patience: 5000 })
    expect(patient).toMatchObject({ outcome: 'answered', text: 'thought about it', isPrivate: true })
    expect(patient.finished).toBeGreaterThanOrEqual(patient.milliseconds)
  })

  test('many at once each get their own answer', async () => {
    const texts = Array.from({ length: 100 }, (_, i) => `${i}`)
    const answers = await Promise.all(texts.map((text) => echo(text)))
    expect(answers.map(({ text }) => text)).toEqual(texts.map((text) => `echo: ${text}`))
    expect(new Set(heard.map(({ user }) => user.id)).size).toBe(100)
    expect(new Set(heard.map(({ guildId }) => guildId)).size).toBe(100)
  })
})

describe('what the bot is told of the crowd', () => {
  test('a guild that has the commands alone, or somebody who has installed the app', async () => {
    const guild = sandbox.crowd.guild()
    await echo('1', { guild, locale: 'de' })
    await echo('2', { guild, hasInstalled: true, permissions: 32n })
    expect(heard[0]).toMatchObject({ guildId: guild, guild: null, locale: 'de', context: 0 })
    expect(heard[0]?.authorizingIntegrationOwners).toMatchObject({ 0: guild })
    expect(heard[1]?.authorizingIntegrationOwners).toMatchObject({ 1: heard[1]?.user.id })
    expect(heard.map(({ memberPermissions }) => memberPermissions?.has('ManageGuild'))).toEqual([false, true])
  })

  test('the people’s guild, or none', async () => {
    await echo('1', { guild: sandbox.ids.guild })
    await echo('2', { guild: null, user: '1300000000000000001' })
    expect(heard[0]).toMatchObject({ guild: { id: sandbox.ids.guild }, channelId: sandbox.ids.channel('general') })
    expect(heard[1]).toMatchObject({ guildId: null, context: 1, user: { id: '1300000000000000001' } })
  })

  test('ids that are of the sandbox’s time', async () => {
    time += 12_345
    await echo('hi')
    const [interaction] = heard
    expect(interaction?.createdTimestamp).toBe(time)
    expect(interaction?.user.createdTimestamp).toBe(time)
  })
})

test('a guild is made for each shard', () => {
  for (const shard of [0, 1, 2]) expect((BigInt(sandbox.crowd.guild(shard, 3)) >> 22n) % 3n).toBe(BigInt(shard))
})

describe('a bot that gives no answer in the time that Discord gives it', () => {
  let impatient: Sandbox
  let bot: Client<true>
  beforeAll(async () => {
    impatient = await startSandbox({ ackTimeout: 100 })
    bot = await startEchoBot(impatient)
  })
  afterAll(async () => {
    await bot.destroy()
    await impatient.close()
  })

  test('because it stays silent, or does not hear a mention where it is not', async () => {
    const { crowd } = impatient
    const [command, mention] = await Promise.all([
      crowd.send({ kind: 'command', name: 'silent' }),
      crowd.send({ kind: 'mention', content: 'hi', guild: crowd.guild() }),
    ])
    expect([command.outcome, mention.outcome]).toEqual(['unanswered', 'undelivered'])
    for (const answer of [command, mention]) {
      expect(answer).toMatchObject({ text: '', isPrivate: false })
      expect(Math.ceil(answer.milliseconds)).toBeGreaterThanOrEqual(100)
    }
  })

  test('because its answer is refused, as it is by all others', async () => {
    const text = 'x'.repeat(1995)
    const answer = await impatient.crowd.send({ kind: 'command', name: 'echo', options: { text } })
    expect(answer.outcome).toBe('unanswered')
    await vi.waitFor(() => expect(impatient.refusals()).toHaveLength(1))
  })
})

describe('a bot that is away', () => {
  let away: Sandbox
  let bot: Client<true>
  beforeAll(async () => {
    away = await startSandbox({ ackTimeout: 2_000, identifyInterval: 0 })
    bot = await startEchoBot(away)
  })
  afterAll(async () => {
    await bot.destroy()
    await away.close()
  })
  const send = () =>
    Promise.all([
      away.crowd.send({ kind: 'command', name: 'echo', options: { text: 'hi' } }),
      away.crowd.send({ kind: 'mention', content: 'hi' }),
    ])
  const outcomes = async () => (await send()).map(({ outcome }) => outcome)

  test('for a moment hears of it when it resumes its session', async () => {
    away.gateway.drop(4000)
    await away.online(false)
    expect(await outcomes()).toEqual(['answered', 'answered'])
  })

  test('after its goodbye was told nothing', async () => {
    await bot.destroy()
    await away.online(false)
    expect(await outcomes()).toEqual(['undelivered', 'undelivered'])
    // Nor is it told later.
    bot = await startEchoBot(away)
    expect(await outcomes()).toEqual(['answered', 'answered'])
  })

  test('with its mind was told', async () => {
    bot.removeAllListeners()
    expect(await outcomes()).toEqual(['unanswered', 'unanswered'])
  })
})

test('it is shown on no page', async () => {
  await echo('unseen', { guild: sandbox.ids.guild })
  const state = (await (await fetch(`${sandbox.url}/page/state?as=moderator`)).json()) as PageState
  expect(JSON.stringify(state)).not.toContain('unseen')
})

test('what it was answered is forgotten with the token', async () => {
  const { message } = await echo('passing', { guild: sandbox.ids.guild })
  const [interaction] = heard
  const path = `/channels/${message?.channel_id}/messages/${message?.id}`
  expect((await request(sandbox, 'GET', path)).body.content).toBe('echo: passing')
  expect((await request(sandbox, 'GET', `/users/${interaction?.user.id}`)).status).toBe(200)
  await interaction?.editReply('changed')
  time += 900_001
  await echo('next', { guild: sandbox.ids.guild })
  expect((await request(sandbox, 'GET', path)).body.code).toBe(10008)
  expect((await request(sandbox, 'GET', `/users/${interaction?.user.id}`)).body.code).toBe(10013)
  await expect(interaction?.editReply('too late')).rejects.toMatchObject({ code: 50027 })
})
