import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../src/cli/load/free-port.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { isPrivate, type Running, readable, scooters, speed, startBot, TODAY } from './harness.ts'

let sandbox: Sandbox
let running: Running
beforeAll(async () => {
  const port = await freePort()
  // What was signed at another time than the bot's own is refused.
  const now = () => Date.parse(`${TODAY}T12:00:00Z`) + Math.round(performance.now())
  sandbox = await startSandbox({ botName: 'Footnote', now, interactionsEndpoint: { url: `http://127.0.0.1:${port}/` } })
  running = await startBot(sandbox, undefined, undefined, { interactions: { host: '127.0.0.1', port } })
})
afterAll(async () => {
  await running.stop()
  await sandbox.close()
  // Whether it can write somewhere it asks Discord.
  expect(sandbox.refusals()).toMatchObject([{ method: 'GET', path: expect.stringMatching(/^\/channels\/\d+$/) }])
})
const member = () => sandbox.as('member')
const moderator = () => sandbox.as('moderator')

describe('a bot that Discord delivers interactions to over HTTP', () => {
  test('registers its commands and answers pings, and refuses what Discord did not sign', async () => {
    expect(sandbox.commands().map(({ name }) => name)).toContain('ask')
    expect(running.bot.isConnected()).toBe(true)
    expect(await sandbox.ping()).toMatchObject({ isRight: true })
    expect(await sandbox.ping({ forged: true })).toMatchObject({ isRight: true })
  })

  test('answers commands, privately and by an edit too', async () => {
    expect(readable((await member().slash('general', 'ask', { question: 'what speed?' })).message)).toContain('25 km/h')
    const asked = await member().slash('general', 'ask', { question: 'what speed?', private: true })
    expect(isPrivate(asked.message)).toBe(true)
    expect(readable((await member().slash('general', 'timeline')).message)).not.toBe('')
    expect(readable((await member().slash('dm', 'ask', { question: 'what speed?' })).message)).toContain('25 km/h')
  })

  test('completes, and answers messages that are picked', async () => {
    const choices = await member().autocomplete('general', 'fact', { fact: 'scoot' }, 'fact')
    expect(choices.map(({ value }) => value)).toContain(scooters.id)
    const message = member().post('general', 'what speed?')
    expect(readable((await moderator().menu(message, 'Answer from facts')).message)).toContain(speed.statement)
  })

  test('knows who pressed a button, and takes forms', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    const own = await member().press(message, 'May scooters use bicycle lanes?')
    expect(own.kind).toBe('updated')
    expect(readable(own.message)).toContain(scooters.statement)
    const { modal } = await member().press(own.message, 'Wrong or out of date?')
    const noted = await member().submit(modal, { note: 'this is out of date' })
    expect(noted.message.content).toContain('Thank you')
    expect(await running.store.listComplaints()).toHaveLength(1)
  })

  test('a button on an answer to a message, which another process gave, tells askers from others', async () => {
    const gateway = await startBot(sandbox, undefined, undefined, { interactions: 'none' })
    const reply = await member().say('general', `<@${sandbox.ids.bot}> which one?`)
    const other = await moderator().press(reply, 'May scooters use bicycle lanes?')
    expect(isPrivate(other.message)).toBe(true)
    const own = await member().press(reply, 'May scooters use bicycle lanes?')
    expect(own.kind).toBe('updated')
    await gateway.stop()
  })

  test('follows where it can write, and says so where it cannot', async () => {
    expect((await moderator().slash('policy', 'follow', { topic: 'cycling' })).message.content).toContain(
      'I will tell you',
    )
    expect((await member().slash('dm', 'follow', { topic: 'cycling' })).message.content).toContain('I will tell you')
    const stranger = { user: '1300000000000000001', permissions: 8n, kind: 'command', name: 'follow' } as const
    const refused = await sandbox.crowd.send({ ...stranger, options: { topic: 'cycling' } })
    expect(refused.text).toContain('only where I can write')
  })

  test('fails in words, and says so in private', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'crash' })
    expect(message.content).toContain('reference')
    expect(isPrivate(message)).toBe(true)
  })

  test('finishes what is under way when it stops', async () => {
    sandbox.faults.next({ path: /callback/ }, { kind: 'delay', milliseconds: 200 })
    const asked = member().slash('general', 'ask', { question: 'what speed?' })
    await sandbox.ping()
    await running.bot.stop()
    expect(readable((await asked).message)).toContain('25 km/h')
  })
})
