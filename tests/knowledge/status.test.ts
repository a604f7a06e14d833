import { describe, expect, test } from 'vitest'
import type { Fact, Kind, Period } from '../../src/knowledge/snapshot.ts'
import { standingOf } from '../../src/knowledge/status.ts'

const KNOWN = '2025-09-19'

describe.each<[Kind, Period, [asOf: string, status: string][]]>([
  [
    'rule',
    {},
    [
      ['2025-09-18', 'not-yet'],
      [KNOWN, 'current'],
      ['2030-01-01', 'current'],
    ],
  ],
  [
    'rule',
    { until: '2025-11-10' },
    [
      [KNOWN, 'current'],
      ['2025-11-10', 'current'],
      ['2025-11-11', 'expired'],
    ],
  ],
  [
    'rule',
    { from: '2026' },
    [
      [KNOWN, 'upcoming'],
      ['2025-12-31', 'upcoming'],
      ['2026-01-01', 'current'],
    ],
  ],
  [
    'rule',
    { from: '2020', until: '2025-10' },
    [
      ['2021-01-01', 'not-yet'],
      ['2025-10-31', 'current'],
      ['2025-11-01', 'expired'],
    ],
  ],
  [
    'event',
    {},
    [
      [KNOWN, 'current'],
      ['2025-09-20', 'past'],
    ],
  ],
  ['event', { from: '2025-06' }, [[KNOWN, 'past']]],
  [
    'event',
    { from: '2025-09-18', until: '2025-09-20' },
    [
      [KNOWN, 'current'],
      ['2025-09-21', 'past'],
    ],
  ],
  [
    'plan',
    {},
    [
      [KNOWN, 'upcoming'],
      ['2030-01-01', 'upcoming'],
    ],
  ],
  [
    'plan',
    { from: '2026-01', until: '2026-03' },
    [
      [KNOWN, 'upcoming'],
      ['2026-03-31', 'current'],
      ['2026-04-01', 'expired'],
    ],
  ],
  [
    'plan',
    { from: '2025-10-31' },
    [
      ['2025-10-30', 'upcoming'],
      ['2025-10-31', 'current'],
      ['2025-11-01', 'expired'],
    ],
  ],
  [
    'position',
    {},
    [
      ['2025-09-18', 'not-yet'],
      [KNOWN, 'current'],
      ['2030-01-01', 'current'],
    ],
  ],
  [
    'position',
    { until: '2025-10' },
    [
      ['2025-10-31', 'current'],
      ['2025-11-01', 'past'],
    ],
  ],
  [
    'unknown',
    {},
    [
      [KNOWN, 'current'],
      ['2030-01-01', 'current'],
    ],
  ],
])('a %s of %j', (kind, period, days) => {
  test.each(days)('is on %s %s', (asOf, status) => {
    const fact = factWith({ kind, period })
    expect(standingOf(snapshotOf(fact), fact, asOf).status).toBe(status)
  })
})

test('it is unverified from the day after its review-by day', () => {
  const fact = factWith({ reviewBy: '2025-12-18' })
  const on = (asOf: string) => standingOf(snapshotOf(fact), fact, asOf).unverified
  expect([on('2025-12-18'), on('2025-12-19')]).toEqual([false, true])
})

test('a newer fact replaces it once that is known and has begun, and so on to the newest', () => {
  const old = factWith({ id: 'old', supersededBy: ['newer'] })
  const newer = factWith({ id: 'newer', known: '2025-10-01', period: { from: '2025-11-01' }, supersededBy: ['newest'] })
  const newest = factWith({ id: 'newest', known: '2025-12-01' })
  const on = (asOf: string) => standingOf(snapshotOf(old, newer, newest), old, asOf)
  expect(on('2025-10-31')).toEqual({ status: 'current', unverified: false })
  expect(on('2025-11-01')).toMatchObject({ status: 'superseded', supersededBy: newer })
  expect(on('2025-12-01')).toMatchObject({ status: 'superseded', supersededBy: newest })
})

function factWith(parts: Partial<Fact>): Fact {
  return {
    id: 'fact',
    topic: 'topic',
    statement: 'A crossing costs 30 euros.',
    kind: 'rule',
    entities: [],
    period: {},
    known: KNOWN,
    citations: [{ source: 'report', paragraphs: [] }],
    supersedes: [],
    supersededBy: [],
    contrasts: [],
    verified: KNOWN,
    reviewBy: '2025-12-18',
    askedAs: [],
    ...parts,
  }
}

function snapshotOf(...facts: Fact[]) {
  return { facts: new Map(facts.map((fact) => [fact.id, fact])) }
}
