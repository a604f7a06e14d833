import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'
import { isPrivate, type Running, readable, startBot } from './harness.ts'

let sandbox: Sandbox
let running: Running
async function start(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({ botName: 'Footnote', patience: 15_000, identifyInterval: 0, ...options })
  running = await startBot(sandbox)
}
beforeEach(() => start())
afterEach(async () => {
  await running.stop()
  await sandbox.close()
})

const member = () => sandbox.as('member')
const ask = (question = 'what speed?') => member().slash('general', 'ask', { question })
const mention = () => member().say('general', `<@${sandbox.ids.bot}> what speed?`)
const fates = () =>
  running.logged
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === 'handled')
    .map(({ fate }) => fate)
const CALLBACK = { method: 'POST', path: /\/callback$/ }
const SEND = { method: 'POST', path: /^\/channels\/\d+\/messages$/ }
const EDIT = { method: 'PATCH', path: /@original$/ }

describe('requests that fail', () => {
  test.each([
    ['limits a route', { kind: 'rate-limit', retryAfter: 0.2 }],
    ['limits everything', { kind: 'rate-limit', retryAfter: 0.2, global: true }],
    ['fails', { kind: 'error', status: 503 }],
    ['cuts the connection', { kind: 'cut' }],
    ['answers late', { kind: 'delay', milliseconds: 400 }],
    ['loses the answer to a success', { kind: 'lose', status: 502 }],
  ] as const)('when Discord %s, everybody gets their answer once', async (_, fault) => {
    sandbox.faults.next(CALLBACK, fault)
    expect(readable((await ask()).message)).toContain('25 km/h')
    sandbox.faults.next(SEND, fault)
    expect(readable(await mention())).toContain('25 km/h')
    sandbox.faults.next(EDIT, fault)
    expect(readable((await member().slash('general', 'upcoming')).message)).not.toBe('')
    await vi.waitFor(() => expect(fates()).toHaveLength(3), 10_000)
    expect(fates()).toEqual(['done', 'done', 'done'])
    expect(sandbox.messages('general').filter(({ author }) => author.id === sandbox.ids.bot)).toHaveLength(3)
  })

  test('four errors in a row are outlasted', async () => {
    sandbox.faults.next({ ...CALLBACK, times: 4 }, { kind: 'error', status: 500 })
    expect(readable((await ask()).message)).toContain('25 km/h')
    sandbox.faults.next({ ...EDIT, times: 4 }, { kind: 'error', status: 502 })
    expect(readable((await member().slash('general', 'upcoming')).message)).not.toBe('')
  })

  test('a first response that would come too late is not waited for', async () => {
    sandbox.faults.next({ ...CALLBACK, times: 2 }, { kind: 'rate-limit', retryAfter: 60 })
    await expect(ask()).rejects.toThrow('did not respond')
    await vi.waitFor(() => expect(fates()).toEqual(['failed']))
  })
})

test('no more requests are made than Discord allows, and answers that are edited are not among them', async () => {
  await running.stop()
  await sandbox.close()
  await start({ globalLimit: 50, ackTimeout: 20_000 })
  const users = Array.from({ length: 60 }, (_, index) => String(1_300_000_000_000_000_000n + BigInt(index)))
  const mentions = users.map((user) => sandbox.crowd.send({ user, kind: 'mention', content: 'what speed?' }))
  const edited = await Promise.all(
    users.map((user) => sandbox.crowd.send({ user, kind: 'command', name: 'upcoming', patience: 30_000 })),
  )
  expect(edited.every(({ finished }) => finished !== undefined)).toBe(true)
  expect((await Promise.all(mentions)).map(({ outcome }) => outcome)).toEqual(Array(60).fill('answered'))
  expect(sandbox.exceeded()).toEqual([])
}, 60_000)

describe('a connection that breaks', () => {
  const connected = () => vi.waitFor(() => expect(running.bot.isConnected()).toBe(true), 15_000)

  test.each([
    ['closed with 1001', () => sandbox.gateway.drop(1001)],
    ['closed with 4000', () => sandbox.gateway.drop(4000)],
    ['closed with 4009', () => sandbox.gateway.drop(4009)],
    ['cut', () => sandbox.gateway.drop(1006)],
    ['told to reconnect', () => sandbox.gateway.askToReconnect()],
    ['told that its session is over', () => sandbox.gateway.invalidate(false)],
  ])('%s: it comes back and answers', async (_, breakIt) => {
    breakIt()
    await sandbox.online(false)
    await sandbox.online()
    await connected()
    expect(readable(await member().say('dm', 'what speed?'))).toContain('25 km/h')
    expect(readable((await ask()).message)).toContain('25 km/h')
  })

  test('what was asked during the break is answered once after it, though Discord delivers all anew', async () => {
    expect(readable(await mention())).toContain('25 km/h')
    const first = await ask()
    sandbox.gateway.replay(50)
    sandbox.gateway.drop(4000)
    await sandbox.online(false)
    const meanwhile = ask()
    const said = member().say('dm', 'what speed?')
    expect(readable((await meanwhile).message)).toContain('25 km/h')
    expect(readable(await said)).toContain('25 km/h')
    // What it has seen of messages discord.js knows by itself.
    await vi.waitFor(() => expect(fates()).toContain('repeated'), 10_000)
    await vi.waitFor(() => expect(fates().filter((fate) => fate === 'done')).toHaveLength(4), 10_000)
    expect(readable(first.message)).toContain('25 km/h')
    expect(sandbox.messages('general').filter(({ author }) => author.id === sandbox.ids.bot)).toHaveLength(3)
    expect(sandbox.refusals()).toEqual([])
  })

  test('a network that stands still: what is past is passed over, and what comes after is answered', async () => {
    const release = sandbox.stall()
    const lost = ask()
    const waiting = member().say('dm', 'what speed?')
    await expect(lost).rejects.toThrow('did not respond')
    release()
    // Nobody waits for three seconds less with a message.
    expect(readable(await waiting)).toContain('25 km/h')
    expect(readable((await ask()).message)).toContain('25 km/h')
    expect(fates()).not.toContain('failed')
  })

  test('heartbeats that nobody answers', async () => {
    await running.stop()
    await sandbox.close()
    await start({ heartbeatInterval: 80 })
    sandbox.gateway.deaf = true
    await sandbox.online(false)
    sandbox.gateway.deaf = false
    await sandbox.online()
    await connected()
    expect(readable(await member().say('dm', 'what speed?'))).toContain('25 km/h')
  })
})

describe('a server', () => {
  test('that is not available and comes back is answered in, and keeps what it follows', async () => {
    await sandbox.as('moderator').slash('policy', 'follow', { topic: 'cycling' })
    sandbox.guilds.lose()
    sandbox.guilds.restore()
    expect(readable(await mention())).toContain('25 km/h')
    expect(await running.store.listFollows()).toHaveLength(1)
  })

  test('that removes the bot is forgotten', async () => {
    await sandbox.as('moderator').slash('policy', 'follow', { topic: 'cycling' })
    await member().slash('dm', 'follow', { topic: 'cycling' })
    sandbox.guilds.remove()
    await vi.waitFor(async () => expect(await running.store.listFollows()).toHaveLength(1))
    sandbox.guilds.add()
    expect(readable(await mention())).toContain('25 km/h')
  })

  test.each([{ view: false }, { send: false }])(
    'where the bot may not write (%j): mentions get silence, commands an answer',
    async (may) => {
      sandbox.permit('general', may)
      member().post('general', `<@${sandbox.ids.bot}> what speed?`)
      expect(readable((await ask()).message)).toContain('25 km/h')
      expect(readable(await member().say('dm', 'what speed?'))).toContain('25 km/h')
      await vi.waitFor(() => expect(fates()).toEqual(['done', 'done']))
      expect(sandbox.refusals()).toEqual([])
      sandbox.permit('general', {})
      expect(readable(await mention())).toContain('25 km/h')
    },
  )

  test('where the bot may not write, a topic cannot be followed', async () => {
    sandbox.permit('policy', { send: false })
    const { message } = await sandbox.as('moderator').slash('policy', 'follow', { topic: 'cycling' })
    expect(isPrivate(message)).toBe(true)
    expect(message.content).toContain('I may not write in this channel')
  })
})
