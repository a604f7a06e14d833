import fc from 'fast-check'
import type { Fact, Kind, Snapshot, Source } from '../../src/knowledge/snapshot.ts'
import { sampleFact, sampleSnapshot } from './sample.ts'

export { fc }

// The characters that cost most: each is escaped, or means something to Discord.
const nasty = fc.constantFrom(...'*_~|`<>[]()@#:/\\. abc@everyone1-🙂é'.split(''), '\u202e', '\n', '😀')
const line = (maxLength: number) =>
  fc
    .oneof(
      fc.string({ unit: nasty, minLength: 1, maxLength }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength }),
    )
    .map((text) => `x${text}`.slice(0, maxLength))
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const partial = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([date, length]) => date.slice(0, length))
const kind = fc.constantFrom<Kind>('rule', 'event', 'plan', 'position', 'estimate', 'unknown')
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(value).map((some) => (some === null ? {} : { [key]: some }))
const longest = fc.constant('*'.repeat(400))

const fact = fc
  .record({
    statement: fc.oneof(line(400), longest),
    kind,
    known: day,
    verified: day,
    reviewBy: day,
    askedAs: fc.array(fc.oneof(line(200), fc.constant('_'.repeat(200))), { maxLength: 3 }),
    citations: fc.array(
      fc.record({
        source: fc.constantFrom('s0', 's1', 's2', 's3'),
        paragraphs: fc.array(fc.nat(999), { maxLength: 20 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    optional: fc
      .tuple(
        optional('speaker', fc.constantFrom('mayor', 'city')),
        optional(
          'quote',
          line(400).map((text) => ({ text, speaker: 'mayor' })),
        ),
        optional(
          'measure',
          fc.record({
            name: fc.oneof(line(60), fc.constant('fare')),
            of: fc.constantFrom('city', 'mayor'),
            value: fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
            unit: fc.oneof(line(20), fc.constant('%')),
            bound: fc.constantFrom('about' as const, 'at-most' as const),
          }),
        ),
      )
      .map((parts) => Object.assign({}, ...parts)),
    period: fc.tuple(optional('from', partial), optional('until', partial)).map((ends) => Object.assign({}, ...ends)),
  })
  .map(({ optional, ...rest }) => sampleFact({ ...rest, ...optional }))

const source: fc.Arbitrary<Omit<Source, 'id'>> = fc
  .tuple(
    fc.record({ title: line(200), date: partial }),
    optional('publisher', line(200)),
    optional('url', fc.webUrl({ withQueryParameters: true, withFragments: true })),
  )
  .map((parts) => Object.assign({}, ...parts))

/** Any knowledge that the loader would let through, and worse; each fact may replace the one before it. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .tuple(
    fc.array(fc.tuple(fact, fc.boolean()), { minLength: 1, maxLength: 10 }),
    fc.array(source, { minLength: 4, maxLength: 4 }),
  )
  .map(([facts, sources]) => {
    const replaces = facts.map(([, replacing], index) => replacing && index > 0)
    return sampleSnapshot(
      facts.map(
        ([one], index): Fact => ({
          ...one,
          id: idOf(index),
          supersedes: replaces[index] ? [idOf(index - 1)] : [],
          supersededBy: replaces[index + 1] ? [idOf(index + 1)] : [],
          // Each contradicts the next one.
          contrasts: [index - 1, index + 1].filter((at) => at >= 0 && at < facts.length).map(idOf),
        }),
      ),
      sources.map((one, index) => ({ ...one, id: `s${index}` })),
    )
  })

export const anyDay = day

function idOf(index: number): string {
  return `${'a-long-id-'.repeat(6).slice(0, 58)}${index}`
}
