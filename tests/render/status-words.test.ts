import { expect, test } from 'vitest'
import type { Fact } from '../../src/knowledge/snapshot.ts'
import { standingOf } from '../../src/knowledge/status.ts'
import { statusInWords, toneOf, verificationInWords } from '../../src/render/status-words.ts'
import { gazette, sampleFact, sampleSnapshot } from './sample.ts'

function told(changes: Partial<Fact>, asOf: string): string {
  const fact = sampleFact(changes)
  const snapshot = sampleSnapshot([fact], [gazette, { id: 'yearbook', title: 'City Yearbook', date: '2024' }])
  return statusInWords({ fact, standing: standingOf(snapshot, fact, asOf) }, asOf, snapshot)
}

test.each<[string, Partial<Fact>, string, string]>([
  [
    'rule in force',
    { period: { from: '2025-04' } },
    '2025-09-20',
    'Holds as of 20 September 2025, since April 2025; no end is recorded.',
  ],
  [
    'rule with an end',
    { period: { from: '2025-04', until: '2025-11-10' } },
    '2025-09-20',
    'In force as of 20 September 2025, since April 2025, until 10 November 2025: 51 days left.',
  ],
  [
    'rule without an end that nobody has looked at since',
    { period: {} },
    '2027-09-20',
    'Recorded as holding on 19 September 2025; whether it still does as of 20 September 2027 is not recorded.',
  ],
  [
    'rule to come',
    { period: { from: '2025-10-01' } },
    '2025-09-20',
    'Upcoming: not yet in force as of 20 September 2025, but from 1 October 2025, in 11 days.',
  ],
  ['rule not yet known', {}, '2025-09-01', 'Not yet known as of 1 September 2025: recorded from 19 September 2025 on.'],
  ['event', { kind: 'event', period: { from: '2025-06' } }, '2025-09-20', 'Past: happened in June 2025.'],
  [
    'event without a date',
    { kind: 'event', period: {} },
    '2025-09-20',
    'Past: recorded as having happened by 19 September 2025.',
  ],
  [
    'event without a date, told of in a month',
    { kind: 'event', period: {}, known: '2025-06-30', stated: '2025-06' },
    '2025-09-20',
    'Past: recorded as having happened by June 2025.',
  ],
  [
    'plan to come',
    { kind: 'plan', period: { from: '2025-10-31', until: '2025-11-01' } },
    '2025-09-20',
    'Upcoming as of 20 September 2025: planned to happen from 31 October 2025 until 1 November 2025, in 41 days, as announced by 19 September 2025.',
  ],
  [
    'plan for a year that is not over',
    { kind: 'plan', period: { from: '2025', until: '2025' } },
    '2025-09-20',
    'Planned to happen in 2025, as announced by 19 September 2025; whether it has taken place as of 20 September 2025 is not recorded.',
  ],
  [
    'plan without a date',
    { kind: 'plan', period: {} },
    '2025-09-20',
    'Upcoming: planned, as announced by 19 September 2025; no date is recorded for it.',
  ],
  [
    'plan without a date that nobody has looked at since',
    { kind: 'plan', period: {} },
    '2027-01-01',
    'Planned, as announced by 19 September 2025, without a date; whether it has taken place as of 1 January 2027 is not recorded.',
  ],
  [
    'plan whose date has gone by',
    { kind: 'plan', period: { from: '2025-10-31' } },
    '2026-01-01',
    'Expired: planned to happen on 31 October 2025; its date has passed as of 1 January 2026, by 62 days; whether it took place is not recorded.',
  ],
  [
    'position, dated by its source only',
    { kind: 'position', speaker: 'mayor', period: {} },
    '2025-09-20',
    'Position of Mayor Jane Roe, as reported on 19 September 2025.',
  ],
  [
    'position of a known day',
    { kind: 'position', speaker: 'mayor', period: {}, known: '2025-09-15', stated: '2025-09-15' },
    '2025-09-20',
    'Position of Mayor Jane Roe, as stated on 15 September 2025.',
  ],
  [
    'position of a known month',
    { kind: 'position', speaker: 'mayor', period: {}, known: '2025-06-30', stated: '2025-06' },
    '2025-09-20',
    'Position of Mayor Jane Roe, as stated in June 2025.',
  ],
  [
    'position dated by a source that names only a year',
    {
      kind: 'position',
      speaker: 'mayor',
      period: {},
      known: '2024-12-31',
      citations: [{ source: 'yearbook', paragraphs: [] }],
    },
    '2025-09-20',
    'Position of Mayor Jane Roe, as reported in 2024.',
  ],
  [
    'position no longer held',
    { kind: 'position', speaker: 'mayor', period: { until: '2025-10' } },
    '2025-11-01',
    'Past: position of Mayor Jane Roe until October 2025, as reported on 19 September 2025.',
  ],
  ['estimate', { kind: 'estimate', period: {} }, '2025-09-20', 'Estimate, as reported on 19 September 2025.'],
  [
    'unknown',
    { kind: 'unknown', period: {} },
    '2025-09-20',
    'Not recorded: as of 20 September 2025 the sources on record leave this open.',
  ],
])('%s', (_name, changes, asOf, words) => {
  expect(told(changes, asOf)).toBe(words)
})

test('a superseded fact quotes the newer one', () => {
  const old = sampleFact({ supersededBy: ['new'], period: {} })
  const newer = sampleFact({
    id: 'new',
    statement: 'It is 20 km/h now.',
    supersedes: [old.id],
    known: '2025-10-01',
    period: {},
  })
  const snapshot = sampleSnapshot([old, newer])
  const standing = standingOf(snapshot, old, '2025-10-02')
  expect(statusInWords({ fact: old, standing }, '2025-10-02', snapshot)).toContain('“It is 20 km/h now.”')
})

test('what nobody has verified in time says so, and says only once that nothing newer is known', () => {
  const fact = sampleFact({ period: {} })
  const at = (asOf: string) => ({ fact, standing: standingOf(sampleSnapshot([fact]), fact, asOf) })
  expect(verificationInWords(at('2025-12-18'))).toBe('Last verified 19 September 2025.')
  expect(verificationInWords(at('2025-12-19'))).toBe(
    'Last verified 19 September 2025. Not verified since its review fell due on 18 December 2025; nothing newer is recorded, so this may have changed.',
  )
  expect(toneOf([at('2025-12-19')])).toBe('doubtful')
})
