import { get } from 'node:http'
import type { Client } from 'discord.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Outcome, PageEvent, PageState } from '../../src/sandbox/protocol.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'

let sandbox: Sandbox
let client: Client

beforeAll(async () => {
  sandbox = await startSandbox({ botName: 'Echo', ackTimeout: 300 })
  client = await startEchoBot(sandbox)
})

afterAll(async () => {
  await client.destroy()
  await sandbox.close()
})

const json = { 'content-type': 'application/json' }
const state = async (as: string): Promise<PageState> =>
  (await (await fetch(`${sandbox.url}/page/state?as=${as}`)).json()) as PageState

async function post<T = Outcome>(name: string, body: object, headers: Record<string, string> = json) {
  const response = await fetch(`${sandbox.url}/page/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as T }
}

/** What the page of one person is told from now on, one by one. */
async function listen(as: string): Promise<() => Promise<PageEvent>> {
  const response = await fetch(`${sandbox.url}/page/events?as=${as}`)
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let rest = ''
  const next = async (): Promise<string> => {
    const end = rest.indexOf('\n\n')
    if (end >= 0) {
      const event = rest.slice(0, end)
      rest = rest.slice(end + 2)
      return event
    }
    rest += decoder.decode((await reader.read()).value, { stream: true })
    return next()
  }
  await next()
  return async () => JSON.parse((await next()).replace('data: ', ''))
}

const general = () => sandbox.ids.channel('general')
const commandId = (name: string) => sandbox.commands().find((command) => command.name === name)?.id

describe('the page’s side of the server', () => {
  test('tells each person what they see', async () => {
    const seen = await state('member')
    expect(seen).toMatchObject({ me: { name: 'You (member)' }, bot: { name: 'Echo' }, online: true })
    expect(seen.channels.map(({ name, type }) => [name, type])).toEqual([
      ['general', 0],
      ['policy', 0],
      ['Echo', 1],
    ])
    expect(seen.roles.map(({ name }) => name)).toContain('Echo')
    expect(seen.commands.map(({ command }) => command.name)).not.toContain('moderate')
    expect((await state('moderator')).commands.map(({ command }) => command.name)).toContain('moderate')
  })

  test('carries a command, a press, a modal and a menu', async () => {
    const run = (name: string, options = {}) =>
      post('command', { as: 'member', channel: general(), command: commandId(name), options })
    const { body: echoed } = await run('echo', { text: 'hi' })
    if (echoed.kind !== 'message') throw new Error(echoed.kind)
    const { message } = echoed
    expect(message.content).toBe('echo: hi')
    expect((await post('press', { as: 'member', message: message.id, customId: 'press' })).body.kind).toBe('updated')
    expect(
      (await post('menu', { as: 'member', message: message.id, command: commandId('Repeat') })).body,
    ).toMatchObject({
      kind: 'message',
    })
    const { body: opened } = await run('form')
    if (opened.kind !== 'modal') throw new Error(opened.kind)
    expect((await post('modal', { as: 'member', modal: opened.id, fields: { note: 'n' } })).body).toMatchObject({
      message: { content: 'form: n' },
    })
    expect((await run('silent')).body).toEqual({
      kind: 'failed',
      text: 'The application did not respond',
      isDelivered: true,
    })
    const completion = {
      as: 'member',
      channel: general(),
      command: commandId('echo'),
      options: { text: 'h' },
      focused: 'text',
    }
    expect((await post('autocomplete', completion)).body).toMatchObject({ kind: 'choices', choices: [{ name: 'h!' }] })
  })

  test('tells whom it concerns, and nobody else', async () => {
    const [member, moderator] = [await listen('member'), await listen('moderator')]
    const command = commandId('echo')
    await post('command', { as: 'member', channel: general(), command, options: { text: 'secret', private: true } })
    await post('say', { as: 'member', channel: sandbox.ids.channel('member-dm'), content: 'psst' })
    await post('say', { as: 'member', channel: general(), content: 'for all' })
    expect(await member()).toMatchObject({ type: 'message-created', message: { content: 'echo: secret', flags: 64 } })
    expect(await member()).toMatchObject({ type: 'message-created', message: { content: 'psst' } })
    expect(await moderator()).toMatchObject({ type: 'message-created', message: { content: 'for all' } })
  })

  test('tells of commands, refusals, typing and the bot’s connection', async () => {
    const next = await listen('member')
    const send = (path: string, body?: object) =>
      fetch(`${sandbox.api}/v10${path}`, {
        method: 'POST',
        headers: { authorization: `Bot ${sandbox.token}`, ...json },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    await send(`/applications/${sandbox.ids.bot}/commands`, { name: 'new', description: 'New' })
    const changed = await next()
    expect(changed.type === 'commands' && changed.commands.map(({ command }) => command.name)).toContain('new')
    await send(`/channels/${general()}/messages`, {})
    expect(await next()).toMatchObject({ type: 'refused', refusal: { status: 400, body: { code: 50006 } } })
    await send(`/channels/${general()}/typing`)
    expect(await next()).toEqual({ type: 'typing', channel: general(), user: sandbox.ids.bot })
    sandbox.gateway.drop(4000)
    expect(await next()).toEqual({ type: 'online', online: false })
    expect(await next()).toEqual({ type: 'online', online: true })
  })

  test('says in words what a person cannot do', async () => {
    const say = (body: object) =>
      post<{ message: string }>('say', { as: 'member', channel: general(), content: 'x', ...body })
    expect(await say({ content: ' ' })).toEqual({ status: 400, body: { message: 'Write something first' } })
    expect(await say({ content: 'x'.repeat(2001) })).toMatchObject({
      body: { message: 'Must be 2000 or fewer in length.' },
    })
    expect(await say({ channel: sandbox.ids.channel('moderator-dm') })).toMatchObject({
      body: { message: 'There is no such channel' },
    })
    expect(await say({ as: 'toString' })).toMatchObject({ status: 400 })
    expect((await post('nonsense', { as: 'member' })).status).toBe(404)
  })

  test('does not obey other sites', async () => {
    const body = { as: 'member', channel: general(), content: 'forged' }
    expect((await post('say', body, { ...json, origin: 'https://evil.example' })).status).toBe(400)
    expect((await post('say', body, { 'content-type': 'text/plain' })).status).toBe(400)
    expect(sandbox.messages('general').map(({ content }) => content)).not.toContain('forged')
  })
})

test('is there for this machine only, and lets no web page pass for the bot', async () => {
  const { port } = new URL(sandbox.url)
  const status = await new Promise((resolve) => {
    const headers = { host: `rebound.example:${port}` }
    get({ host: '127.0.0.1', port, path: '/page/state?as=member', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
  })
  expect(status).toBe(403)
  const open = (origin?: string) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway`, origin ? { origin } : {})
      socket.on('open', () => resolve(socket.close() ?? 'open'))
      socket.on('error', () => resolve('refused'))
    })
  expect([await open(), await open('https://evil.example')]).toEqual(['open', 'refused'])
})

test('takes a free port if the wanted one is taken, and only then', async () => {
  const port = Number(new URL(sandbox.url).port)
  await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE')
  const other = await startSandbox({ port, orFreePort: true })
  expect(other.url).not.toBe(sandbox.url)
  await other.close()
})
