import { describe, expect, test, vi } from 'vitest'
import { createBot } from '../../src/discord/client.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { isPrivate, readable, speed, startBot, useBot } from './harness.ts'

const scene = useBot()
const member = () => scene.sandbox.as('member')

describe('when things go wrong', () => {
  /** The line of the log that a told reference leads to. */
  function loggedFor(told: string): string | undefined {
    const reference = /reference: ([A-Z0-9]{6})$/.exec(told)?.[1]
    return scene.running.logged.find((line) => line.includes(`"reference":"${reference}"`))
  }

  test('a failing handler tells a reference, which the log has with its cause', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'crash' })
    expect(isPrivate(message)).toBe(true)
    expect(message.content).not.toContain('internals')
    expect(loggedFor(message.content)).toContain('secret internals')
    expect(loggedFor(message.content)).not.toContain('crash"')
  })

  test.each([
    ['mention', 'general'],
    ['DM', 'dm'],
  ])('a %s that fails gets the same line as a reply, which pings nobody', async (_, channel) => {
    const reply = await member().say(channel, `<@${scene.sandbox.ids.bot}> crash`)
    expect(reply.content).toMatch(/^Something went wrong on my side\..* reference: [A-Z0-9]{6}$/)
    expect(reply.referenced_message?.author.id).toBe(scene.sandbox.ids.users.member)
    expect(reply.pings).toEqual({ everyone: false, users: [], roles: [] })
    expect(loggedFor(reply.content)).toContain('secret internals')
    expect(loggedFor(reply.content)).not.toContain('crash"')
  })

  test('a mention whose answer cannot be sent is told of, and if not even that is possible, the log knows', async () => {
    const refused = { kind: 'error', status: 403 } as const
    const sending = { method: 'POST', path: /\/messages$/ }
    scene.sandbox.faults.next(sending, refused)
    const reply = await member().say('general', `<@${scene.sandbox.ids.bot}> what speed?`)
    expect(loggedFor(reply.content)).toContain('403: Error')
    scene.sandbox.faults.next({ ...sending, times: 2 }, refused)
    member().post('general', `<@${scene.sandbox.ids.bot}> what speed?`)
    await vi.waitFor(() => expect(scene.running.logged.join('')).toContain('the failure could not be told'))
  })

  test('a store that fails does not break an answer', async () => {
    const { recordGap } = scene.running.store
    scene.running.store.recordGap = () => Promise.reject(new Error('disk full'))
    const { message } = await member().slash('general', 'ask', { question: 'nothing near' })
    expect(readable(message)).toContain('No recorded fact')
    await vi.waitFor(() => expect(scene.running.logged.join('')).toContain('disk full'))
    scene.running.store.recordGap = recordGap
    await member().slash('general', 'ask', { question: 'nothing near again' })
    await vi.waitFor(async () =>
      expect(await scene.running.store.listGaps()).toMatchObject([{ question: 'nothing near again' }]),
    )
  })

  test('a rate limit and a lost acknowledgement are survived', async () => {
    scene.sandbox.faults.next({ method: 'POST', path: /callback/ }, { kind: 'rate-limit', retryAfter: 0.1 })
    expect(readable((await member().slash('general', 'ask', { question: 'what speed?' })).message)).toContain('25 km/h')
    // The repeated acknowledgement is refused, because the first one had its effect: nobody must hear of it.
    scene.sandbox.faults.next({ method: 'POST', path: /callback/ }, { kind: 'lose', status: 502 })
    await member().slash('general', 'ask', { question: 'lost in between' })
    await vi.waitFor(async () => expect((await scene.running.store.listGaps(1))[0]?.question).toBe('lost in between'))
    expect(readable(scene.sandbox.messages('general').at(-1) ?? {})).toContain('No recorded fact')
  })

  test('what is gained time for is edited, though the acknowledgement was lost and then refused', async () => {
    scene.sandbox.faults.next({ method: 'POST', path: /callback/ }, { kind: 'lose', status: 502 })
    const { message } = await member().slash('general', 'timeline')
    expect(readable(message)).toContain('Timeline')
  })

  test('malformed packets are dropped, and those that discord.js fails at are logged', async () => {
    const { gateway, ids } = scene.sandbox
    const id = '12345678901234567'
    const before = scene.running.logged.length
    gateway.sendRaw('INTERACTION_CREATE', { id, type: 2 })
    gateway.sendRaw('INTERACTION_CREATE', { id, type: 3, token: 'x', data: {} })
    gateway.sendRaw('MESSAGE_CREATE', { id })
    gateway.sendRaw('MESSAGE_CREATE', { id, channel_id: ids.channel('general'), content: `<@${ids.bot}> what speed?` })
    gateway.sendRaw('INTERACTION_CREATE', { id, type: 5, token: 'x' })
    await member().slash('general', 'ask', { question: 'what speed?' })
    const dropped = { msg: 'dropped a malformed packet', packet: 'INTERACTION_CREATE' }
    const logged = scene.running.logged.slice(before).map((line) => JSON.parse(line))
    expect(logged.filter(({ msg }) => msg !== 'handled')).toMatchObject([dropped, dropped])
  })

  test.each([4000, 4009])('a gateway closed with %i comes back', async (code) => {
    const down = scene.sandbox.online(false)
    scene.sandbox.gateway.drop(code)
    await down
    await scene.sandbox.online()
    expect(readable(await member().say('dm', 'what speed?'))).toContain('25 km/h')
  })
})

test('a token that is refused is told in one line', async () => {
  const strict = await startSandbox()
  const { bot } = scene.running
  const refused = createBot({
    ...bot.context,
    token: 'bm90LWE.real.token',
    api: strict.api,
    listCommands: () => [],
    timeZone: 'UTC',
  })
  await expect(refused.start()).rejects.toThrow(/^Discord does not accept DISCORD_TOKEN[^\n]*$/)
  await refused.stop()
  await strict.close()
})

test('an answer that comes too late is logged, and the next one is in time', async () => {
  const hasty = await startSandbox({ ackTimeout: 1_000 })
  const late = await startBot(hasty)
  hasty.faults.next({ method: 'POST', path: /callback/ }, { kind: 'delay', milliseconds: 1_500 })
  await expect(hasty.as('member').slash('general', 'ask', { question: 'what speed?' })).rejects.toThrow()
  await vi.waitFor(() => expect(late.logged.join('')).toContain('"fate":"late"'))
  const { message } = await hasty.as('member').slash('general', 'ask', { question: 'what speed?' })
  expect(readable(message)).toContain(speed.statement)
  await late.stop()
  await hasty.close()
})
