import { once } from 'node:events'
import type { Client, GuildChannel } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'
import { request, say } from './requests.ts'

let sandbox: Sandbox
let client: Client<true>
beforeEach(async () => {
  sandbox = await startSandbox({ patience: 15_000, guilds: 2, identifyInterval: 0 })
  client = await startEchoBot(sandbox)
})
afterEach(async () => {
  await client.destroy()
  await sandbox.close()
})

const member = () => sandbox.as('member')
const general = () => client.channels.cache.get(sandbox.ids.channel('general')) as GuildChannel
const get = async (path: string) => (await request(sandbox, 'GET', path)).body.code

describe('an outage of a guild', () => {
  test('takes it from everybody, and ends', async () => {
    const lost = once(client, 'guildUnavailable')
    sandbox.guilds.lose()
    expect((await lost)[0]).toMatchObject({ id: sandbox.ids.guild, available: false })
    expect(() => member().post('general', 'hello?')).toThrow('no such channel')
    await expect(sandbox.crowd.send({ kind: 'mention', content: 'hello?' })).rejects.toThrow('unavailable')
    expect((await say(sandbox, { content: 'hello?' })).status).toBe(503)
    expect((await request(sandbox, 'GET', `/guilds/${sandbox.ids.guild}`)).status).toBe(503)
    expect((await member().say('general-2', `<@${client.user.id}> here`)).content).toContain('here')
    const found = once(client, 'guildAvailable')
    sandbox.guilds.restore()
    expect((await found)[0]).toMatchObject({ id: sandbox.ids.guild, available: true })
    expect((await member().slash('general', 'echo', { text: 'hi' })).message.content).toBe('echo: hi')
  })

  test('is told to a bot that starts meanwhile, which need not wait for the guild', async () => {
    sandbox.guilds.lose()
    await client.destroy()
    client = await startEchoBot(sandbox)
    expect(client.guilds.cache.map(({ id, available }) => [id, available]).sort()).toEqual([
      [sandbox.ids.guild, false],
      [sandbox.ids.guilds[1], true],
    ])
  })
})

describe('a bot that is removed from a guild', () => {
  test('is told, has no access any more, and hears nothing', async () => {
    const heard: string[] = []
    client.on('messageCreate', ({ content, author }) => void (author.bot || heard.push(content)))
    const channel = sandbox.ids.channel('general')
    const left = once(client, 'guildDelete')
    sandbox.guilds.remove()
    expect((await left)[0].id).toBe(sandbox.ids.guild)
    expect(client.channels.cache.has(channel)).toBe(false)
    await expect(client.channels.fetch(channel)).rejects.toMatchObject({ code: 50001, status: 403 })
    expect((await say(sandbox, { content: 'hello?' })).body.code).toBe(50001)
    expect(await get(`/guilds/${sandbox.ids.guild}`)).toBe(10004)
    expect(await get(`/guilds/${sandbox.ids.guild}/members/${client.user.id}`)).toBe(50001)
    expect(await get(`/applications/${sandbox.ids.bot}/guilds/${sandbox.ids.guild}/commands`)).toBe(50001)
    expect(await get('/channels/1100000000000009999')).toBe(10003)
    expect(member().commands('general')).toEqual([])
    member().post('general', `<@${client.user.id}> hello?`)
    await member().say('dm', 'still here')
    expect(heard).toEqual(['still here'])
  })

  test('finds the guild gone after a restart, and comes back when it is added again', async () => {
    sandbox.guilds.remove()
    await client.destroy()
    client = await startEchoBot(sandbox)
    expect([...client.guilds.cache.keys()]).toEqual([sandbox.ids.guilds[1]])
    const joined = once(client, 'guildCreate')
    sandbox.guilds.add()
    expect((await joined)[0].id).toBe(sandbox.ids.guild)
    expect((await member().say('general', `<@${client.user.id}> hi`)).content).toContain('hi')
    expect(member().commands('general')).toContain('echo')
  })
})

describe('what the bot may do in a channel', () => {
  const may = () => {
    const { me } = general().guild.members
    const permissions = me && general().permissionsFor(me)
    return { view: permissions?.has('ViewChannel'), send: permissions?.has('SendMessages') }
  }

  test('it may read but not send', async () => {
    expect(may()).toEqual({ view: true, send: true })
    sandbox.permit('general', { send: false })
    await vi.waitFor(() => expect(may()).toEqual({ view: true, send: false }))
    expect((await say(sandbox, { content: 'hi' })).body.code).toBe(50013)
    expect((await request(sandbox, 'POST', `/channels/${general().id}/typing`)).body.code).toBe(50013)
    expect((await request(sandbox, 'GET', `/channels/${general().id}/messages`)).status).toBe(200)
    sandbox.permit('general', {})
    await vi.waitFor(() => expect(may()).toEqual({ view: true, send: true }))
    expect((await say(sandbox, { content: 'hi' })).status).toBe(200)
  })

  test('it may not view the channel: it hears nothing, but answers interactions', async () => {
    const heard: string[] = []
    client.on('messageCreate', ({ content, author }) => void (author.bot || heard.push(content)))
    const asked = once(client, 'interactionCreate')
    sandbox.permit('general', { view: false })
    await vi.waitFor(() => expect(may().view).toBe(false))
    await expect(general().fetch()).rejects.toMatchObject({ code: 50001 })
    expect((await say(sandbox, { content: 'hi' })).body.code).toBe(50001)
    member().post('general', `<@${client.user.id}> hello?`)
    expect((await member().slash('general', 'echo', { text: 'hi' })).message.content).toBe('echo: hi')
    expect((await asked)[0].appPermissions.has('ViewChannel')).toBe(false)
    await member().say('dm', 'still here')
    expect(heard).toEqual(['still here'])
  })

  test('in the moderators’ channel, from which others are kept out', async () => {
    const channel = client.channels.cache.get(sandbox.ids.channel('moderators')) as GuildChannel
    const { members } = channel.guild
    const seenBy = (id: string) => channel.permissionsFor(members.cache.get(id) ?? '')?.has('ViewChannel')
    const { users, bot } = sandbox.ids
    expect([users.member, users.moderator, bot].map(seenBy)).toEqual([false, true, true])
    sandbox.permit('moderators', { view: false })
    await vi.waitFor(() => expect([users.member, users.moderator, bot].map(seenBy)).toEqual([false, true, false]))
  })

  test('somebody takes no direct messages', async () => {
    sandbox.permit('member-dm', { send: false })
    const user = await client.users.fetch(sandbox.ids.users.member)
    await expect(user.send('hi')).rejects.toMatchObject({ code: 50007, status: 403 })
  })

  test('what it was never given: files and others’ messages', async () => {
    const poor = await startSandbox({ botPermissions: (1n << 10n) | (1n << 11n) })
    const bot = await startEchoBot(poor)
    const channel = bot.channels.cache.get(poor.ids.channel('general'))
    if (!channel?.isSendable()) throw new Error('not sendable')
    await channel.send('no files')
    const files = [{ attachment: Buffer.from('png'), name: 'dot.png' }]
    await expect(channel.send({ files })).rejects.toMatchObject({ code: 50013 })
    const { id } = poor.as('member').post('general', 'mine')
    await expect(channel.messages.delete(id)).rejects.toMatchObject({ code: 50013 })
    await bot.destroy()
    await poor.close()
  })
})
