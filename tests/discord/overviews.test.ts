import { describe, expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'
import { engine, isPrivate, postForged, readable, scooters, speed, startBot, useBot } from './harness.ts'

const fare = { name: 'fare', of: 'city', value: 30, unit: 'euro', bound: 'at-most' } as const
const months = Array.from({ length: 20 }, (_, at) =>
  sampleFact({
    id: `race-${at}`,
    topic: 'racing',
    statement: `Race number ${at} is run on the old harbour road.`,
    kind: 'event',
    period: { from: `2024-01-${String(at + 10)}` },
    known: `2024-01-${String(at + 10)}`,
    askedAs: [`When is race ${at}?`],
  }),
)
const known = sampleSnapshot([
  sampleFact({ id: 'capped', statement: 'Fares are capped.', measure: fare }),
  sampleFact({
    id: 'opened',
    statement: 'Pier 4 opened.',
    kind: 'event',
    period: { from: '2025-04' },
    known: '2025-04-30',
  }),
  sampleFact({
    id: 'wants',
    statement: 'The mayor wants lower fares.',
    kind: 'position',
    period: {},
    speaker: 'mayor',
    contrasts: ['refuses'],
  }),
  sampleFact({
    id: 'refuses',
    statement: 'The City refuses lower fares.',
    kind: 'position',
    period: {},
    speaker: 'city',
    contrasts: ['wants'],
  }),
  speed,
  scooters,
  ...months,
])
const scene = useBot((sandbox) => startBot(sandbox, known, engine))
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
const show = (name: string, options = {}) => member().slash('general', name, options)
const pictures = (message: { attachments?: { filename: string; description?: string; content_type?: string }[] }) =>
  (message.attachments ?? []).map(({ filename, content_type }) => [filename, content_type])
const labels = (message: object) =>
  Array.from(JSON.stringify(message).matchAll(/"label":"([^"]*)"/g), ([, label]) => label)

describe('/timeline', () => {
  test('shows a picture with an alternative text, and the same in text with citations', async () => {
    const { message } = await show('timeline', { topic: 'cycling' })
    expect(pictures(message)).toEqual([['timeline.png', 'image/png']])
    expect(message.attachments[0]?.description).toContain('1: in April 2025, past; 2: until 10 November 2025, current')
    const text = readable(message)
    expect(text.split('\n')[0]).toBe('**Timeline: All on cycling**')
    expect(text).toMatch(/1\\\. Pier 4 opened\. \\\[1\\\]\n-# Past: happened in April 2025\.\n2\\\. Fares are capped\./)
    expect(text).toContain('As of 20 September 2025.')
    expect(isPrivate(message)).toBe(false)
  })

  test('keeps to the days and the as-of date that are asked for', async () => {
    const text = async (options: object) => readable((await show('timeline', options)).message)
    expect(await text({ topic: 'cycling', from: '2025-05' })).not.toContain('Pier 4')
    expect(await text({ topic: 'cycling', to: '2025-04' })).not.toContain('Fares')
    expect(await text({ topic: 'cycling', 'as-of': '2025-05-01' })).not.toContain('Fares')
    expect(await text({ topic: 'cycling', 'as-of': '2025-11-11' })).toContain('Expired: its stated end')
    expect(await text({ topic: 'cycling', to: '2020' })).toContain('No dated event, rule or plan is on record')
  })

  test.each([
    [{ from: 'last week' }, /could not read that date/],
    [{ from: '2025', to: '2024' }, /lies after/],
    [{ topic: 'football' }, /no such topic/],
    [{ 'as-of': '2025' }, /whole day/],
  ])('refuses %o in private', async (options, words) => {
    const { message } = await show('timeline', options)
    expect(readable(message)).toMatch(words)
    expect(isPrivate(message)).toBe(true)
  })

  test('turns its pages in place for whoever asked, and gives anybody else a copy', async () => {
    const first = await show('timeline', { topic: 'racing' })
    expect(readable(first.message)).toMatch(/Race number 0 [\s\S]*Page 1 of 4/)
    expect(labels(first.message)).not.toContain('Back')
    const second = await member().press(first.message, 'Next')
    expect(second.kind).toBe('updated')
    expect(readable(second.message)).toMatch(/6\\\. Race number 5 [\s\S]*Page 2 of 4/)
    expect(readable(second.message)).not.toContain('Race number 0 ')
    expect(pictures(second.message)).toEqual([['timeline.png', 'image/png']])
    const third = await moderator().press(second.message, 'Next')
    expect(third.message.id).not.toBe(second.message.id)
    expect(isPrivate(third.message)).toBe(true)
    expect(readable(third.message)).toContain('Page 3 of 4')
    const fourth = await moderator().press(third.message, 'Next')
    expect(labels(fourth.message)).not.toContain('Next')
    const back = await member().press(second.message, 'Back')
    expect(readable(back.message)).toContain('Page 1 of 4')
  })

  test('a fact of the page can be opened', async () => {
    const { message } = await show('timeline', { topic: 'cycling' })
    const opened = await member().select(message, 'Open one of these facts', ['capped'])
    expect(readable(opened.message)).toContain('Fares are capped.')
    expect(isPrivate(opened.message)).toBe(true)
  })
})

describe('/chart', () => {
  test('draws what most facts tell of, or what is chosen', async () => {
    const { message } = await show('chart')
    expect(pictures(message)).toEqual([['chart.png', 'image/png']])
    expect(readable(message)).toMatch(
      /\*\*Figures: fare\*\*\n\*\*The City: at most 30 euro\*\*\n1\\\. Fares are capped\./,
    )
    const [choice] = await member().autocomplete('general', 'chart', { measure: 'far' }, 'measure')
    expect(choice?.name).toBe('fare (euro)')
    expect(readable((await show('chart', { measure: choice?.value ?? '' })).message)).toContain('Figures: fare')
    expect(readable((await show('chart', { measure: 'Fare' })).message)).toContain('Figures: fare')
  })

  test('says so when there is no such figure, or none by then', async () => {
    expect(readable((await show('chart', { measure: 'height' })).message)).toContain('no such figure on record')
    expect(readable((await show('chart', { 'as-of': '2025-01-01' })).message)).toContain(
      'No such figure was on record on 1 January 2025',
    )
  })
})

describe('/positions', () => {
  test('puts contested points side by side, with who says what and when', async () => {
    const text = readable((await show('positions')).message)
    expect(text).toMatch(
      /The same point, told differently: Mayor Jane Roe\*\*\nThe mayor wants lower fares\..*\n-# Reported on 19 September 2025\.\n\*\*The City\*\*\nThe City refuses/,
    )
  })

  test('of a topic or of a speaker, by id, name, alias or title', async () => {
    const choices = await member().autocomplete('general', 'positions', { about: 'mayo' }, 'about')
    expect(choices).toContainEqual({ name: 'Mayor Jane Roe', value: 'mayor' })
    for (const about of ['mayor', 'Mayor Jane Roe', 'the mayor']) {
      expect(readable((await show('positions', { about })).message)).toContain('Who says what: Mayor Jane Roe')
    }
    for (const about of ['cycling', 'all on cycling']) {
      expect(readable((await show('positions', { about })).message)).toContain('Who says what: All on cycling')
    }
    expect(readable((await show('positions', { about: 'racing' })).message)).toContain('No position is on record')
    expect(readable((await show('positions', { about: '@everyone' })).message)).toContain('is on record neither')
  })
})

describe('/compare', () => {
  test('two entities', async () => {
    const { message } = await show('compare', { a: 'The City', b: 'the mayor' })
    const text = readable(message)
    expect(text).toMatch(
      /On the same point – The City\*\*\nThe City refuses[\s\S]*\*\*Mayor Jane Roe\*\*\nThe mayor wants/,
    )
    expect(text).toContain('Mayor Jane Roe, fare: nothing on record')
  })

  test('two facts, and in what they differ', async () => {
    const choices = await member().autocomplete('general', 'compare', { a: 'fact:capped', b: 'race 3' }, 'b')
    expect(choices.every(({ value }) => String(value).startsWith('fact:'))).toBe(true)
    const text = readable((await show('compare', { a: 'fact:capped', b: 'fact:opened' })).message)
    expect(text).toContain('Kind: rule / event')
    expect(text).toContain('Figure: at most 30 euro / –')
  })

  test.each([
    [{ a: 'mayor', b: 'fact:capped' }, /not one of each/],
    [{ a: 'mayor', b: 'the mayor' }, /same thing twice/],
    [{ a: 'mayor', b: 'nobody at all' }, /“nobody at all” is on record neither/],
    [{ a: 'fact:capped', b: 'fact:opened', 'as-of': '2025-01-01' }, /on record from/],
  ])('refuses %o', async (options, words) => {
    const { message } = await show('compare', options)
    expect(readable(message)).toMatch(words)
    expect(isPrivate(message)).toBe(true)
  })
})

describe('/upcoming', () => {
  test('the nearest first, with the days that are left', async () => {
    const text = readable((await show('upcoming')).message)
    expect(text).toMatch(/\*\*In 51 days: ends on 10 November 2025\*\*\nThe city caps .*\n.*\nFares are capped\./)
  })

  test('what comes next where nothing is near', async () => {
    expect(readable((await show('upcoming', { days: 5 })).message)).toContain('The next one is on 10 November 2025')
    expect(readable((await show('upcoming', { 'as-of': '2026-11-11' })).message)).toContain('and none later')
  })
})

describe('what is private', () => {
  test('can be shared, naming who did without a ping', async () => {
    const answer = await show('ask', { question: 'what speed?', private: true })
    const chart = await show('chart', { private: true })
    const fact = await show('fact', { fact: scooters.id, private: true })
    const chosen = await member().menu((await show('ask', { question: 'what speed?' })).message, 'Answer from facts')
    expect(labels(chosen.message)).not.toContain('Sources')
    for (const { message } of [answer, chart, fact]) {
      const shared = await member().press(message, 'Share')
      expect(isPrivate(shared.message)).toBe(false)
      expect(readable(shared.message)).toMatch(/-# Shared by <@\d+>$/)
      expect(shared.message.pings).toEqual({ everyone: false, users: [], roles: [] })
      expect(labels(shared.message)).not.toContain('Share')
    }
    expect(pictures((await member().press(chart.message, 'Share')).message)).toEqual([['chart.png', 'image/png']])
  })

  test('is not offered to be shared where nobody else is, or where it is public', async () => {
    expect(labels((await member().slash('dm', 'chart', { private: true })).message)).not.toContain('Share')
    expect(labels((await show('chart')).message)).not.toContain('Share')
  })
})

describe('buttons come back from outside', () => {
  test.each([
    'timeline|page|2025-09-20|2|football||',
    'timeline|page|2025-09-20|2|../..|x|',
    'chart|page|2025-09-20|1|#zzzzzz',
    'chart|page|yesterday|1|x',
    'compare|page|2025-09-20|1|f|x|y',
    'positions|page|2025-09-20|99999|a|b',
    'upcoming|steal|2025-09-20|1|3',
  ])('%s is refused in private', async (customId) => {
    const forged = await member().press(await postForged(scene, customId), 'Forged')
    expect(isPrivate(forged.message)).toBe(true)
    expect(forged.message.components ?? []).toEqual([])
  })

  test('a page beyond the last one is the last one', async () => {
    const forged = await postForged(scene, 'timeline|page|2025-09-20|9999|racing||')
    const last = await member().press(forged, 'Forged')
    expect(readable(last.message)).toContain('Page 4 of 4')
  })
})

test('where it may not attach files, the text comes without a picture and says so', async () => {
  const sandbox = await startSandbox({ botName: 'Footnote', ackTimeout: 15_000, botPermissions: 1n << 10n })
  const running = await startBot(sandbox, known, engine)
  const { message } = await sandbox.as('member').slash('general', 'timeline', { topic: 'cycling' })
  expect(pictures(message)).toEqual([])
  expect(readable(message)).toMatch(/Pier 4 opened\.[\s\S]*I may not attach files here/)
  await running.stop()
  await sandbox.close()
})

test('a picture that cannot be drawn takes nothing from the text', async () => {
  const sandbox = await startSandbox({ botName: 'Footnote', ackTimeout: 15_000 })
  const painter = { paint: () => Promise.reject(new Error('out of paint')), waiting: () => 0, close: async () => {} }
  const running = await startBot(sandbox, known, engine, { painter })
  const { message } = await sandbox.as('member').slash('general', 'timeline', { topic: 'cycling' })
  expect(pictures(message)).toEqual([])
  expect(readable(message)).toMatch(/Pier 4 opened\.[\s\S]*The picture could not be drawn this time/)
  expect(running.logged.join()).toContain('out of paint')
  await running.stop()
  await sandbox.close()
})
