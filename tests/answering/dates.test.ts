import fc from 'fast-check'
import { afterEach, describe, expect, it, test } from 'vitest'
import { type AskedTime, datesIn } from '../../src/answering/dates.ts'
import { isDay, shiftDay } from '../../src/knowledge/days.ts'

/** A Saturday. */
const TODAY = '2025-09-20'

const brief = ({ kind, from = '', until = '' }: AskedTime) => `${kind} ${from === until ? from : `${from}..${until}`}`
const read = (text: string, asOf = TODAY) => datesIn(text, asOf).map(brief).join(', ')

describe('a day, month, year or season', () => {
  test.each([
    ['What happened on April 15?', 'during 2025-04-15'],
    ['What happened on Apr. 15, 2024?', 'during 2024-04-15'],
    ['What happened on the 15th of April 2024?', 'during 2024-04-15'],
    ['wat happens nov 10', 'during 2025-11-10'],
    ['is it out on 16dec', 'during 2025-12-16'],
    ['the first of october, what then', 'during 2025-10-01'],
    ['what happened on october the 1st 2024', 'during 2024-10-01'],
    ['What was agreed on 2025-04-15?', 'during 2025-04-15'],
    ['What was agreed on 4/15/2025?', 'during 2025-04-15'],
    ['What was agreed on Friday, September 19, 2025?', 'during 2025-09-19'],
    ['How high were fares in April 2024?', 'during 2024-04-01..2024-04-30'],
    ["How high were fares in April '24?", 'during 2024-04-01..2024-04-30'],
    ['How high were fares in 2024-04?', 'during 2024-04-01..2024-04-30'],
    ['What changed in 2024?', 'during 2024-01-01..2024-12-31'],
    ['What of the May meeting and early march 2024?', 'during 2025-05-01..2025-05-31, during 2024-03-01..2024-03-10'],
    ['fares in the beginning of may', 'during 2025-05-01..2025-05-10'],
    ['Fares 2027', 'during 2027-01-01..2027-12-31'],
    ['What changed in 1998?', 'during 1998-01-01..1998-12-31'],
    ['What happened in spring 2024?', 'during 2024-03-01..2024-05-31'],
    ['What happened in the fall of 2024?', 'during 2024-09-01..2024-11-30'],
    ['What happened in winter 2023?', 'during 2023-12-01..2024-02-29'],
    ['Will it be ready at Christmas?', 'as-of 2025-12-25'],
    ['anything planned in early 2026', 'during 2026-01-01..2026-05-02'],
    ['How many times, as of mid-September 2025, was it moved?', 'as-of 2025-09-11..2025-09-20'],
    ['What was said at the end of February 2024?', 'as-of 2024-02-20..2024-02-29'],
  ])('%s', (text, times) => {
    expect(read(text)).toBe(times)
  })
})

describe('a month or day without its year suits the verb', () => {
  test.each([
    ['Did fares rise in September?', TODAY, 'during 2025-09-01..2025-09-30'],
    ['Did fares rise in October?', TODAY, 'during 2024-10-01..2024-10-31'],
    ['In October, what was the fare?', TODAY, 'during 2024-10-01..2024-10-31'],
    ['when fares reached their peak in october', TODAY, 'during 2024-10-01..2024-10-31'],
    ['Will fares rise in April?', TODAY, 'during 2026-04-01..2026-04-30'],
    ['What was the fare, and will it rise in April?', TODAY, 'during 2026-04-01..2026-04-30'],
    ['fares in april', TODAY, 'during 2025-04-01..2025-04-30'],
    ['fares in february', TODAY, 'during 2026-02-01..2026-02-28'],
    ['fares in december', '2026-01-10', 'during 2025-12-01..2025-12-31'],
    ['Was it extended to December 6?', TODAY, 'during 2025-12-06'],
    ['What happened on 31 December?', '2026-01-01', 'during 2025-12-31'],
    ['What will happen on 1 January?', '2025-12-31', 'during 2026-01-01'],
    ['What happened on 29 February?', TODAY, 'during 2024-02-29'],
    ['What will happen on 29 February?', TODAY, 'during 2028-02-29'],
    ['What happened on 29 February?', '1903-05-01', 'during 1896-02-29'],
  ])('%s (%s)', (text, asOf, times) => {
    expect(read(text, asOf)).toBe(times)
  })

  it('and tells that the year was guessed', () => {
    expect(datesIn('Did fares rise in April?', TODAY)[0]?.guessed).toBe(true)
    expect(datesIn('Did fares rise on Friday?', TODAY)[0]?.guessed).toBe(true)
    expect(datesIn('Did fares rise last April?', TODAY)[0]?.guessed).toBe(false)
    expect(datesIn('Did fares rise in April 2025?', TODAY)[0]?.guessed).toBe(false)
    expect(datesIn('fares from June to September 2025', TODAY)[0]?.guessed).toBe(false)
    expect(datesIn('fares from June to September', TODAY)[0]?.guessed).toBe(true)
  })
})

describe('a time counted from the day it is asked for', () => {
  test.each([
    ['last June', TODAY, 'during 2025-06-01..2025-06-30'],
    ['last June', '2025-06-15', 'during 2024-06-01..2024-06-30'],
    ['next June', TODAY, 'during 2026-06-01..2026-06-30'],
    ['next June', '2025-05-31', 'during 2025-06-01..2025-06-30'],
    ['this June', TODAY, 'during 2025-06-01..2025-06-30'],
    ['What happened last December?', '2026-01-10', 'during 2025-12-01..2025-12-31'],
    ['What happened in June last year?', TODAY, 'during 2024-06-01..2024-06-30'],
    ['Will it end in June of next year?', TODAY, 'during 2026-06-01..2026-06-30'],
    ['What is planned this autumn?', TODAY, 'during 2025-09-01..2025-11-30'],
    ['What happened last winter?', '2026-01-10', 'during 2024-12-01..2025-02-28'],
    ['What did they say yesterday?', '2024-03-01', 'during 2024-02-29'],
    ['What did they say the day before yesterday?', '2026-01-01', 'during 2025-12-30'],
    ['What is on tomorrow?', '2025-12-31', 'during 2026-01-01'],
    ['What did they say last night?', TODAY, 'during 2025-09-19'],
    ['did they talk this week', '2025-09-21', 'during 2025-09-15..2025-09-21'],
    ['what comes next week', '2025-12-29', 'during 2026-01-05..2026-01-11'],
    ['What changed last month?', '2024-03-31', 'during 2024-02-01..2024-02-29'],
    ['What changed last quarter?', '2026-02-10', 'during 2025-10-01..2025-12-31'],
    ['What changes next year?', TODAY, 'during 2026-01-01..2026-12-31'],
    ['Was it cheaper two months ago?', TODAY, 'during 2025-07-01..2025-07-31'],
    ['Was it cheaper a month ago?', '2025-03-31', 'during 2025-02-01..2025-02-28'],
    ['Was it cheaper 10 days ago?', TODAY, 'during 2025-09-10'],
    ['Was it cheaper five years ago?', TODAY, 'during 2020-01-01..2020-12-31'],
    ['What will apply two weeks from now?', TODAY, 'during 2025-09-29..2025-10-05'],
    ['Will it end in two weeks?', TODAY, 'during 2025-09-29..2025-10-05'],
    ['What changed over the last two weeks?', TODAY, 'during 2025-09-01..2025-09-20'],
    ['What comes in the next 10 days?', TODAY, 'during 2025-09-20..2025-09-30'],
    ['Where was he on Friday?', TODAY, 'during 2025-09-19'],
    ['Will they talk on Friday?', TODAY, 'during 2025-09-26'],
    ['what did he say friday about it', '2025-09-22', 'during 2025-09-19'],
    ['Will they talk this Friday?', '2025-09-22', 'during 2025-09-26'],
    ['Will they talk next Friday?', '2025-09-22', 'during 2025-10-03'],
    ['What happened last Friday?', '2025-09-19', 'during 2025-09-12'],
    ['will they talk on fri', '2025-09-22', 'during 2025-09-26'],
  ])('%s (%s)', (text, asOf, times) => {
    expect(read(text, asOf)).toBe(times)
  })
})

describe('how things stand', () => {
  test.each([
    ['as of 1 October how much is it', 'as-of 2025-10-01'],
    ['the fare as at 1 Oct 2024', 'as-of 2024-10-01'],
    ['What was the situation on 1 August?', 'as-of 2025-08-01'],
    ['What was known on September 1 about the extension?', 'as-of 2025-09-01'],
    ['The fare as of April 2024', 'as-of 2024-04-01..2024-04-30'],
    ...[
      'how high is it right now',
      'what is the fare now?',
      'what is the fare today',
      "what is today's fare",
      'what is the fare currently',
      'the current fare',
      'what is the fare at the moment',
      'what is the fare these days',
      'fares rn',
      'how many times was it moved up to now',
      'how many extensions so far',
    ].map((text) => [text, `as-of ${TODAY}`]),
  ])('%s', (text, times) => {
    expect(read(text)).toBe(times)
  })
})

describe('before, after and between', () => {
  test.each([
    ['will they meet before November', 'before ..2025-10-31'],
    ['Before 19 September 2025, when had they spoken?', 'before ..2025-09-18'],
    ['Did it change prior to April 2025?', 'before ..2025-03-31'],
    ['Is it valid until November?', 'before ..2025-10-31'],
    ['Is it valid until 10 November?', 'before ..2025-11-10'],
    ['Is it valid until the end of 2026?', 'before ..2026-12-31'],
    ['Must it be sold by December 16?', 'before ..2025-12-16'],
    ['Must it be sold by April?', 'before ..2026-04-30'],
    ['Must it be sold no later than 10 November?', 'before ..2025-11-10'],
    ['Will it be sold by the end of the year?', 'before ..2025-12-31'],
    ['how high do they go after nov 10', 'after 2025-11-11..'],
    ['What happened after April 2025?', 'after 2025-05-01..'],
    ['How much was collected since April?', 'after 2025-04-01..'],
    ['what changed since december', 'after 2024-12-01..'],
    ['Which fares apply from November 10 on?', 'after 2025-11-10..'],
    ['Which fares apply from now on?', 'after 2025-09-20..'],
    ['What happened between April and June?', 'during 2025-04-01..2025-06-30'],
    ['What happened from April to June 2024?', 'during 2024-04-01..2024-06-30'],
    ['What happened from November 2024 to February?', 'during 2024-11-01..2025-02-28'],
    ['fares from November to February', 'during 2025-11-01..2026-02-28'],
    ['Timeline 15 to 19 September 2025', 'during 2025-09-15..2025-09-19'],
    ['What happened from 15 to 19 September?', 'during 2025-09-15..2025-09-19'],
    ['What happened on September 15-19, 2025?', 'during 2025-09-15..2025-09-19'],
    ['What happened between 15 and 19 September?', 'during 2025-09-15..2025-09-19'],
    ['Oct. 31-Nov. 1', 'during 2025-10-31..2025-11-01'],
    ['fares Jan-Mar 2025', 'during 2025-01-01..2025-03-31'],
    ['Did the bill go through last year?', 'during 2024-01-01..2024-12-31'],
    ['Is it valid through June 2026?', 'before ..2026-06-30'],
    ['Is it so on or before 10 November?', 'before ..2025-11-10'],
    ['Is it so on or after 10 November?', 'after 2025-11-10..'],
    ['nothing in 2024; is it so before the end of June 2026?', 'during 2024-01-01..2024-12-31, before ..2026-06-29'],
    ['fares 2024-2026', 'during 2024-01-01..2026-12-31'],
    ['How did it develop from April 2025 to the present?', 'during 2025-04-01..2025-09-20'],
    ['what is planned between now and Christmas', 'during 2025-09-20..2025-12-25'],
    ['fares in april vs fares in september', 'during 2025-04-01..2025-04-30, during 2025-09-01..2025-09-30'],
    ['What is it now, and what was it in April?', `as-of ${TODAY}, during 2025-04-01..2025-04-30`],
  ])('%s', (text, times) => {
    expect(read(text)).toBe(times)
  })
})

describe('no date', () => {
  test.each([
    'May I ask how high it is?',
    'what may change',
    'fares on this may rise',
    'at least 10 may be sold',
    'In May be careful', // a verb follows
    'will they march on the capital',
    'the March on Washington',
    'Is it 30%, 145 or 10 percent?',
    'a 2 month extension',
    'a 90 day extension of 2 years',
    'did it take 90 minutes',
    'moved four times, the fourth time',
    'the Sun said so; he sat down; mon ami; we wed; thu',
    'one day, in one day, how many days, half an hour ago, the first time, in his second term',
    'How much may it rise in two months?',
    'version 1.2 or 2.10.2024.1',
    'open 24/7 since 9/11',
    'at 8am, 8 a.m. EDT, at 5 or 17:30',
    'the day after the report',
    'on which day of the week',
    'Now, how high is it, now that it is signed?',
    'the now-expired law, now called the act',
    'keep me up to date',
    'is it still so far away',
    'Q3',
    '$2025 and 2,024 or 2024% of 2025 people',
    '2000 cars',
    'Project 2025',
    'every Friday, on Fridays, on Black Friday',
    'did fares fall in summertime',
    'a fall in fares, the fall of the wall, this fall in fares',
    'the last week of the talks, the last day, the next call, last time',
    'on November 31',
    'in 13/2025 or 99/99/2025 or 2025-13 or 2025-02-30',
    '',
  ])('%s', (text) => {
    expect(read(text)).toBe('')
  })
})

it('gives the words and where they stand', () => {
  const text = 'Was it so at the end of June or before the 1st of July?'
  const found = datesIn(text, TODAY)
  expect(found.map((time) => time.text)).toEqual(['the end of June', '1st of July'])
  for (const time of found) expect(text.startsWith(time.text, time.index)).toBe(true)
})

test.each([
  ['how long was the June call', true],
  ['what came before the June call', true],
  ['what came before the mid-June call', true],
  ['did he win in the 2024 election', true],
  ["how long did friday's call last", true],
  ['which autumn 2025 deadlines apply', true],
  ['how long was the call in June', false],
  ['what did he say friday about it', false],
  ['in June fares rose', false],
  ['nov 10 whats happening', false],
  ['the current fare', false],
])('%s: names a thing (%s)', (text, naming) => {
  expect(datesIn(text, TODAY).map((time) => time.naming)).toEqual([naming])
})

describe('whatever the time zone of the host', () => {
  const before = process.env.TZ
  afterEach(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })

  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'America/Sao_Paulo'])('%s', (zone) => {
    process.env.TZ = zone
    expect(read('Was it so yesterday, last week, on 1 January 2025 or in June?', '2025-03-30')).toBe(
      'during 2025-03-29, during 2025-03-17..2025-03-23, during 2025-01-01, during 2024-06-01..2024-06-30',
    )
  })
})

const words =
  'in on by since until before after from to and the of last next this early mid late end start may March april Sept. ' +
  'Nov. 10 29 February 31 2024 2025 1998 1st 15-19 Friday sat week month quarter year days ago two a 999 now today ' +
  "yesterday spring fall winter did will was 2024-02-30 2025-04 12/31/2025 , - ? . ' christmas what rose"
const text = fc.oneof(
  fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 30 }).map((list) => list.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
)
const day = fc.oneof(
  fc.integer({ min: -800, max: 800 }).map((days) => shiftDay(TODAY, days)),
  fc.integer({ min: 0, max: 3_652_058 }).map((days) => shiftDay('0001-01-01', days)),
  fc.constantFrom('0001-01-01', '9999-12-31', '2024-02-29'),
)

it('never throws, and gives days that exist, in order', () => {
  fc.assert(
    fc.property(text, day, (text, asOf) => {
      let last = -1
      for (const time of datesIn(text, asOf)) {
        expect(time.from ?? time.until).toBeDefined()
        for (const end of [time.from, time.until]) if (end !== undefined) expect(isDay(end)).toBe(true)
        if (time.from !== undefined && time.until !== undefined) expect(time.from <= time.until).toBe(true)
        expect(text.startsWith(time.text, time.index)).toBe(true)
        expect(time.index).toBeGreaterThan(last)
        last = time.index
      }
      return true
    }),
    { numRuns: 2000 },
  )
})

it('takes no more of a text full of dates than it can read at once', () => {
  expect(datesIn('nov 10, '.repeat(250), TODAY).length).toBeLessThanOrEqual(20)
})
