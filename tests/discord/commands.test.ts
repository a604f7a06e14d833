import { describe, expect, test } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import { isPrivate, readable, scooters, snapshot, speed, useBot } from './harness.ts'

const scene = useBot()
const member = () => scene.sandbox.as('member')

describe('commands', () => {
  test('the built-in ones and one per topic are offered, in servers and in DMs', () => {
    const names = listCommands(snapshot)
      .filter(({ forModerators }) => !forModerators)
      .map(({ definition }) => definition.name)
      // Only who manages a server is offered its settings, and only there.
      .filter((name) => name !== 'settings')
    expect(names).toEqual(expect.arrayContaining(['ask', 'timeline', 'Answer from facts', 'cycling']))
    expect(member().commands('general')).toEqual(names)
    expect(member().commands('dm')).toEqual(names)
    expect(scene.sandbox.as('moderator').commands('general')).toContain('settings')
  })

  test('/ask answers with the statement first, its status, its date and its source', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const lines = readable(message).split('\n')
    expect(lines[0]).toBe(`${speed.statement} \\[1\\]`)
    expect(lines.join('\n')).toContain('In force as of 20 September 2025, until 10 November 2025: 51 days left.')
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
    expect(await scene.running.store.listGaps(1)).toMatchObject([
      { question: 'Is @everyone **bold**?', asOf: '2025-09-20', guild: scene.sandbox.ids.guild },
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

  test('a topic as of an earlier day lists what was known by then, and else says that nothing was', async () => {
    const some = await member().slash('general', 'cycling', { 'as-of': '2025-02-01' })
    expect(readable(some.message)).toContain('1 fact, as of 1 February 2025')
    const none = await member().slash('general', 'cycling', { 'as-of': '2024-12-31' })
    expect(readable(none.message)).toContain('Nothing about this was on record yet on 31 December 2024.')
    expect(readable(none.message)).toContain('1 January 2025')
    expect(JSON.stringify(none.message.components)).not.toContain('How fast')
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
    expect(readable(message)).toContain('Questions that no fact answers, for 90 days')
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
