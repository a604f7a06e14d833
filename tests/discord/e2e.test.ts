import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createBot } from '../../src/discord/client.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { type Running, readable, scooters, snapshot, speed, startBot } from './harness.ts'

const EPHEMERAL = 64

let sandbox: Sandbox
let running: Running

beforeAll(async () => {
  sandbox = await startSandbox({ botName: 'Footnote' })
  running = await startBot(sandbox)
})
afterAll(async () => {
  await running.stop()
  await sandbox.close()
})
beforeEach(() => sandbox.faults.clear())

const member = () => sandbox.as('member')
const moderator = () => sandbox.as('moderator')
const isPrivate = ({ flags }: { flags?: number | undefined }) => ((flags ?? 0) & EPHEMERAL) !== 0

describe('commands', () => {
  test('the built-in ones and one per topic are offered, in servers and in DMs', () => {
    const names = ['ask', 'fact', 'sources', 'about', 'Answer from facts', 'cycling']
    expect(member().commands('general')).toEqual(names)
    expect(member().commands('dm')).toEqual(names)
  })

  test('/ask answers with the statement first, its status, its date and its source', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const lines = readable(message).split('\n')
    expect(lines[0]).toBe(`${speed.statement} \\[1\\]`)
    expect(lines.join('\n')).toContain('In force as of 20 September 2025, until 10 November 2025.')
    expect(lines.join('\n')).toContain('City Gazette, City Press, 19 September 2025, paragraph 3')
    expect(isPrivate(message)).toBe(false)
    expect(message.pings).toEqual({ everyone: false, users: [], roles: [] })
  })

  test('/ask as of a later day says that the rule has expired, in private if wanted', async () => {
    const options = { question: 'what speed?', 'as-of': '2026-01-01', private: true }
    const { message } = await member().slash('general', 'ask', options)
    expect(readable(message)).toContain('Expired: its stated end, 10 November 2025, has passed as of 1 January 2026')
    expect(isPrivate(message)).toBe(true)
  })

  test.each(['2025-10', '2025', '2025-02-30', 'tomorrow'])('the as-of date %s is refused, in private', async (asOf) => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?', 'as-of': asOf })
    expect(message.content).toMatch(/2025-10-01/)
    expect(isPrivate(message)).toBe(true)
  })

  test('a question without an answer is recorded as a gap', async () => {
    const { message } = await member().slash('policy', 'ask', { question: 'Is @everyone **bold**?' })
    expect(readable(message)).toContain('No recorded fact answers this question')
    expect(readable(message)).toMatch(/<\/cycling:\d+>/)
    await member().slash('policy', 'ask', { question: 'what speed?' })
    expect(await running.store.listGaps(1)).toMatchObject([
      { question: 'Is @everyone **bold**?', asOf: '2025-09-20', guild: sandbox.ids.guild },
    ])
  })

  test('a topic opens with its questions, and one chosen takes their place', async () => {
    const { message } = await member().slash('general', 'cycling')
    expect(readable(message)).toContain('All on cycling')
    expect(readable(message)).not.toContain(scooters.statement)
    const chosen = await member().select(message, 'Choose a question', [scooters.id])
    expect(chosen.kind).toBe('updated')
    expect(readable(chosen.message)).toContain(scooters.statement)
  })

  test('a topic’s fact can be chosen by its id or asked for in free text', async () => {
    const byId = await member().slash('general', 'cycling', { fact: scooters.id })
    expect(readable(byId.message)).toContain(scooters.statement)
    const asked = await member().slash('general', 'cycling', { fact: 'the speed please' })
    expect(readable(asked.message)).toContain(speed.statement)
  })

  test('/fact shows all that is recorded, and a replaced fact names its successor', async () => {
    const { message } = await member().slash('general', 'fact', { fact: 'old-speed' })
    expect(readable(message)).toContain('Superseded: as of 20 September 2025 a newer fact replaces it: “The city caps')
    expect(readable(message)).toContain('Replaced by:')
    const newer = await member().slash('general', 'fact', { fact: speed.id })
    expect(readable(newer.message)).toContain('Replaces:')
  })

  test('/fact shows nothing of what was not known on that day', async () => {
    const { message } = await member().slash('general', 'fact', { fact: speed.id, 'as-of': '2025-09-01' })
    expect(readable(message)).toContain('Nothing about this was on record yet on 1 September 2025.')
    expect(readable(message)).not.toContain('25 km/h')
  })

  test('/sources lists the sources and shows one of them', async () => {
    expect(readable((await member().slash('general', 'sources')).message)).toContain('cited by 3 facts')
    const one = await member().slash('general', 'sources', { source: 'city gazete' })
    expect(readable(one.message)).toContain('3 facts cite it.')
    const none = await member().slash('general', 'sources', { source: 'zzzzqqqq' })
    expect(none.message.content).toContain('no such source')
  })

  test('/about says what is stored', async () => {
    const { message } = await member().slash('dm', 'about')
    expect(readable(message)).toContain('What it stores')
    expect(readable(message)).toContain('3 facts in 1 topic, from 1 source')
  })
})

describe('autocompletion', () => {
  test('forgives typos and carries ids', async () => {
    const choices = await member().autocomplete('general', 'fact', { fact: 'scoters' }, 'fact')
    expect(choices).toEqual([{ name: 'May scooters use bicycle lanes?', value: scooters.id }])
  })

  test('offers a question as it was typed first, so that Enter asks no other', async () => {
    const complete = (question: string) => member().autocomplete('general', 'ask', { question }, 'question')
    expect((await complete('scoters?')).map(({ value }) => value)).toEqual(['scoters?', scooters.id])
    expect(await complete(`scooters ${'and so on '.repeat(20)}`)).toEqual([])
    expect((await complete('')).length).toBe(3)
  })

  test('offers today and the days on which something ends', async () => {
    const choices = await member().autocomplete('general', 'ask', { question: 'x', 'as-of': '' }, 'as-of')
    expect(choices[0]).toEqual({ name: 'Today, 20 September 2025', value: '2025-09-20' })
    expect(choices.map(({ value }) => value)).toContain('2025-11-10')
  })
})

describe('buttons', () => {
  test('a suggestion pressed by the asker becomes the answer in place', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    expect(readable(message)).toContain('I am not sure which of these you mean')
    const pressed = await member().press(message, 'May scooters use bicycle lanes?')
    expect(pressed.kind).toBe('updated')
    expect(readable(pressed.message).split('\n')[0]).toBe(`${scooters.statement} \\[1\\]`)
  })

  test('pressed by somebody else it becomes their private copy', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    const pressed = await moderator().press(message, 'May scooters use bicycle lanes?')
    expect(pressed.kind).toBe('message')
    expect(isPrivate(pressed.message)).toBe(true)
    expect(readable(pressed.message)).toContain(scooters.statement)
    expect(readable(sandbox.messages('general').find(({ id }) => id === message.id) ?? {})).toContain('I am not sure')
  })

  test('who asked by a mention is known from the message that was replied to', async () => {
    const answer = await member().say('general', `<@${sandbox.ids.bot}> which one?`)
    const other = await moderator().press(answer, 'May scooters use bicycle lanes?')
    expect(isPrivate(other.message)).toBe(true)
    expect((await member().press(answer, 'May scooters use bicycle lanes?')).kind).toBe('updated')
  })

  test('Sources are shown in private', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const sources = await moderator().press(message, 'Sources')
    expect(isPrivate(sources.message)).toBe(true)
    expect(readable(sources.message)).toContain('City Gazette')
  })

  test('a related question opens in private', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const further = await member().select(message, 'Open a related question', [scooters.id])
    expect(isPrivate(further.message)).toBe(true)
    expect(readable(further.message)).toContain(scooters.statement)
  })

  test('a complaint is recorded with who sent it, and thanked for', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const { modal } = await moderator().press(message, 'Wrong or out of date?')
    const { message: thanks } = await moderator().submit(modal, { note: 'It is 20 now.' })
    expect(thanks.content).toContain('Thank you')
    expect(isPrivate(thanks)).toBe(true)
    expect(await running.store.listComplaints(1)).toMatchObject([
      { facts: [speed.id], asOf: '2025-09-20', note: 'It is 20 now.', user: sandbox.ids.users.moderator },
    ])
  })

  test('a complaint that nobody could read is not recorded', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const { modal } = await moderator().press(message, 'Wrong or out of date?')
    const before = await running.store.listComplaints()
    const { message: refusal } = await moderator().submit(modal, { note: '\u200b\u202e\u200b\u200b' })
    expect(readable(refusal)).toContain('nothing was recorded')
    expect(await running.store.listComplaints()).toEqual(before)
  })
})

describe('plain messages', () => {
  test('a mention is answered with a reply that pings nobody', async () => {
    const answer = await member().say('general', `hey <@${sandbox.ids.bot}> what speed?`)
    expect(readable(answer)).toContain(speed.statement)
    expect(answer.referenced_message?.author.id).toBe(sandbox.ids.users.member)
    expect(answer.pings).toEqual({ everyone: false, users: [], roles: [] })
  })

  test('a mention of the bot’s own role, whose text never arrives, gets a hint', async () => {
    const answer = await member().say('general', `<@&${sandbox.ids.botRole}> what speed?`)
    expect(answer.content).toContain('choose me instead of the role')
  })

  test('a mention of the bot and its role is answered', async () => {
    const answer = await member().say('general', `<@&${sandbox.ids.botRole}> <@${sandbox.ids.bot}> what speed?`)
    expect(readable(answer)).toContain(speed.statement)
  })

  test('a mention without a question gets a hint', async () => {
    const answer = await member().say('general', `<@${sandbox.ids.bot}>`)
    expect(answer.content).toContain('/ask')
  })

  test('a DM needs no mention', async () => {
    expect(readable(await member().say('dm', 'what speed?'))).toContain(speed.statement)
  })

  test('a message is answered from its context menu, in private', async () => {
    const message = moderator().post('general', 'does anybody know the speed?')
    const answer = await member().menu(message, 'Answer from facts')
    expect(readable(answer.message)).toContain(speed.statement)
    expect(isPrivate(answer.message)).toBe(true)
  })

  test('what is not for the bot is left alone', async () => {
    const before = sandbox.messages('policy').length
    member().post('policy', 'what speed, everybody? @everyone')
    // The answer to what comes after it shows that it was seen and passed over.
    await member().say('policy', `<@${sandbox.ids.bot}> what speed?`)
    expect(sandbox.messages('policy').length).toBe(before + 3)
  })
})

describe('when things go wrong', () => {
  test('a failing handler tells a reference, which the log has with its cause', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'crash' })
    const reference = /reference: ([A-Z0-9]{6})$/.exec(message.content)?.[1]
    expect(isPrivate(message)).toBe(true)
    expect(message.content).not.toContain('internals')
    const line = running.logged.find((one) => one.includes(String(reference)))
    expect(line).toContain('secret internals')
    expect(line).not.toContain('crash"')
  })

  test('a store that fails does not break an answer', async () => {
    const { recordGap } = running.store
    running.store.recordGap = () => Promise.reject(new Error('disk full'))
    const { message } = await member().slash('general', 'ask', { question: 'nothing near' })
    expect(readable(message)).toContain('No recorded fact')
    await vi.waitFor(() => expect(running.logged.join('')).toContain('disk full'))
    running.store.recordGap = recordGap
    expect((await member().slash('general', 'ask', { question: 'what speed?' })).kind).toBe('message')
  })

  test('a rate limit and a lost acknowledgement are survived', async () => {
    sandbox.faults.next({ method: 'POST', path: /callback/ }, { kind: 'rate-limit', retryAfter: 0.1 })
    expect(readable((await member().slash('general', 'ask', { question: 'what speed?' })).message)).toContain('25 km/h')
    // The repeated acknowledgement is refused, because the first one had its effect: nobody must hear of it.
    sandbox.faults.next({ method: 'POST', path: /callback/ }, { kind: 'lose', status: 502 })
    await member().slash('general', 'ask', { question: 'lost in between' })
    await vi.waitFor(async () => expect((await running.store.listGaps(1))[0]?.question).toBe('lost in between'))
    expect(readable(sandbox.messages('general').at(-1) ?? {})).toContain('No recorded fact')
  })

  test('malformed packets are logged and dropped', async () => {
    sandbox.gateway.sendRaw('INTERACTION_CREATE', { id: '12345678901234567', type: 2 })
    sandbox.gateway.sendRaw('INTERACTION_CREATE', { id: '12345678901234567', type: 3, token: 'x', data: {} })
    sandbox.gateway.sendRaw('MESSAGE_CREATE', { id: '12345678901234567' })
    expect((await member().slash('general', 'ask', { question: 'what speed?' })).kind).toBe('message')
    expect(running.logged.filter((line) => line.includes('malformed')).length).toBeGreaterThan(0)
  })

  test.each([4000, 4009])('a gateway closed with %i comes back', async (code) => {
    const down = sandbox.online(false)
    sandbox.gateway.drop(code)
    await down
    await sandbox.online()
    expect(readable(await member().say('dm', 'what speed?'))).toContain('25 km/h')
  })
})

describe('a restart', () => {
  test('leaves buttons working and registers nothing anew while nothing changed', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    const registered = JSON.stringify(sandbox.commands())
    await running.stop()
    running = await startBot(sandbox)
    expect(JSON.stringify(sandbox.commands())).toBe(registered)
    expect(running.logged.some((line) => line.includes('registered the commands'))).toBe(false)
    const pressed = await member().press(message, 'May scooters use bicycle lanes?')
    expect(readable(pressed.message)).toContain(scooters.statement)
  })

  test('with other knowledge registers its commands, and says of a fact that is gone that it was withdrawn', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    await running.stop()
    const moved = [...snapshot.facts.values()].filter(({ id }) => id !== scooters.id)
    const { sampleSnapshot } = await import('../render/sample.ts')
    running = await startBot(sandbox, sampleSnapshot(moved.map((fact) => ({ ...fact, topic: 'bicycles' }))))
    expect(member().commands('general')).toContain('bicycles')
    expect(member().commands('general')).not.toContain('cycling')
    const pressed = await member().press(message, 'May scooters use bicycle lanes?')
    expect(pressed.message.content).toContain('withdrawn')
    expect(isPrivate(pressed.message)).toBe(true)
  })

  test('nothing that the bot sent in all these tests was refused', () => {
    const alreadyAcknowledged = 40060
    expect(sandbox.refusals().filter(({ body }) => body.code !== alreadyAcknowledged)).toEqual([])
  })
})

test('a token that is refused is told in one line', async () => {
  const { bot } = running
  const refused = createBot({
    ...bot.context,
    token: 'bm90LWE.real.token',
    api: sandbox.api,
    commands: [],
    timeZone: 'UTC',
  })
  await expect(refused.start()).rejects.toThrow(/^Discord does not accept DISCORD_TOKEN[^\n]*$/)
  await refused.stop()
})

test('an answer that comes too late is logged, and the next one is in time', async () => {
  const hasty = await startSandbox({ ackTimeout: 100 })
  const late = await startBot(hasty)
  hasty.faults.next({ method: 'POST', path: /callback/ }, { kind: 'delay', milliseconds: 200 })
  await expect(hasty.as('member').slash('general', 'ask', { question: 'what speed?' })).rejects.toThrow()
  await vi.waitFor(() => expect(late.logged.join('')).toContain('answered too late'))
  const { message } = await hasty.as('member').slash('general', 'ask', { question: 'what speed?' })
  expect(readable(message)).toContain(speed.statement)
  await late.stop()
  await hasty.close()
})
