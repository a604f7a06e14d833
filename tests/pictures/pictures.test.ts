import { describe, expect, test } from 'vitest'
import { figuresOf } from '../../src/overviews/figures.ts'
import { timelineOf } from '../../src/overviews/timeline.ts'
import { chartPicture } from '../../src/pictures/chart-picture.ts'
import { svgOf } from '../../src/pictures/svg.ts'
import { timelinePicture } from '../../src/pictures/timeline-picture.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

const fare = (value: number, bound: 'exactly' | 'at-most' = 'exactly') => ({
  name: 'fare',
  of: 'city',
  value,
  unit: '%',
  bound,
})
/** Each is named by its question. */
const named = (question: string) => ({ askedAs: [question] })
const snapshot = sampleSnapshot([
  sampleFact({
    id: 'opened',
    ...named('When did pier 4 open?'),
    kind: 'event',
    period: { from: '2025-04', until: '2025-04' },
    known: '2025-04-30',
  }),
  sampleFact({ id: 'told', ...named('Is there a pier 5?'), kind: 'event', period: {}, known: '2025-09-19' }),
  sampleFact({ id: 'ended', ...named('How high were the fares?'), period: { until: '2025-09-25' }, measure: fare(20) }),
  sampleFact({
    id: 'capped',
    ...named('How high are <fares> & tolls?'),
    period: { until: '2025-11-10' },
    measure: fare(30, 'at-most'),
  }),
  sampleFact({ id: 'race', ...named('When is the race?'), kind: 'plan', period: { from: '2026', until: '2026' } }),
])

/** Marks by the names that the SVG gives them, with what they are drawn as. */
function marksIn(svg: string): [string, string][] {
  return Array.from(
    svg.matchAll(/aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="(\w+)(?: mark)?"/g),
    ([, label = '', mark = '']) => [mark, label],
  )
}

function textsIn(svg: string): string[] {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text = '']) => text)
}

/** What a mark of a name is drawn with. */
function attributesOf(svg: string, label: string): string {
  return new RegExp(`<path[^>]*aria-label="${label}"[^>]*>`).exec(svg)?.[0] ?? ''
}

describe('a timeline', () => {
  const draw = (asOf: string) => svgOf(timelinePicture(timelineOf(snapshot, asOf), 1, 'All on piers', asOf))

  test('has a mark for each fact, named by its number, its dates and what it is on the as-of date', async () => {
    expect(marksIn(await draw('2025-10-01'))).toEqual([
      ['rect', '4 · until 10 November 2025 · current'],
      ['point', 'ends 10 November 2025'],
      ['rect', '5 · in 2026 · upcoming'],
      ['point', 'ends 31 December 2026'],
      ['point', '1 · in April 2025 · past'],
      ['point', '2 · by 19 September 2025 · past'],
      ['rect', '3 · until 25 September 2025 · expired'],
      ['point', 'ends 25 September 2025'],
    ])
  })

  test('says all of it in words, with the day that it is told for', async () => {
    const texts = textsIn(await draw('2025-10-01'))
    expect(texts).toEqual(
      expect.arrayContaining([
        'All on piers',
        'as of 1 October 2025',
        'When did pier 4 open?',
        'How high are &lt;fares&gt; &amp; tolls?',
      ]),
    )
    expect(texts).toContain('3 · until 25 September 2025 · expired')
    expect(texts.some((text) => /^(\w+ )?202[56]$/.test(text))).toBe(true)
  })

  test('tells statuses apart by more than colour', async () => {
    const svg = await draw('2025-10-01')
    const [current, upcoming, expired] = [
      '4 · until 10 November 2025 · current',
      '5 · in 2026 · upcoming',
      '3 · until 25 September 2025 · expired',
    ].map((label) => attributesOf(svg, label))
    expect(current).toMatch(/fill="#1b6e2c"/)
    expect(upcoming).toMatch(/fill="#ffffff"/)
    expect(upcoming).not.toMatch(/stroke-dasharray/)
    expect(expired).toMatch(/fill="#ffffff".*stroke-dasharray|stroke-dasharray.*fill="#ffffff"/)
  })

  test('has nothing that was not known by then', async () => {
    expect((await draw('2025-05-01')).match(/fares|race/)).toBeNull()
  })
})

describe('a chart', () => {
  const draw = (asOf: string) =>
    svgOf(chartPicture(figuresOf(snapshot, { name: 'fare', unit: '%' }, asOf), 1, 'Fare', asOf))

  test('has a level for each figure, its stated end and the as-of date, and says them', async () => {
    const svg = await draw('2025-10-01')
    expect(marksIn(svg)).toEqual([
      ['rule', 'as-of date, 1 October 2025'],
      ['rule', '1 · The City: 20%, until 25 September 2025'],
      ['point', 'ends 25 September 2025'],
      ['rule', '2 · The City: at most 30%, until 10 November 2025'],
      ['point', 'ends 10 November 2025'],
    ])
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['Fare', 'in %, as of 1 October 2025', '0%']))
  })

  test('zero is always in sight, below and above', async () => {
    const cold = sampleSnapshot([sampleFact({ id: 'cold', measure: { ...fare(-12), unit: 'degrees' } })])
    const svg = await svgOf(
      chartPicture(figuresOf(cold, { name: 'fare', unit: 'degrees' }, '2025-10-01'), 1, 'Cold', '2025-10-01'),
    )
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['0']))
  })
})
