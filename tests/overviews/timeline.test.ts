import { describe, expect, test } from 'vitest'
import { aheadOf, timelineOf, undatedOf } from '../../src/overviews/timeline.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

const opened = sampleFact({
  id: 'opened',
  kind: 'event',
  period: { from: '2025-04', until: '2025-04' },
  known: '2025-04-30',
})
const told = sampleFact({ id: 'told', kind: 'event', period: {}, known: '2025-09-19' })
const capped = sampleFact({ id: 'capped', period: { until: '2025-11-10' } })
const race = sampleFact({ id: 'race', kind: 'plan', topic: 'racing', period: { from: '2026', until: '2026' } })
const lasting = sampleFact({ id: 'lasting', period: {} })
const wish = sampleFact({ id: 'wish', kind: 'position', speaker: 'mayor', period: { from: '2025-05' } })
const someday = sampleFact({ id: 'someday', kind: 'plan', period: {} })
const snapshot = sampleSnapshot([race, capped, wish, lasting, told, opened, someday])
const ids = (some: readonly { fact: { id: string } }[]) => some.map(({ fact }) => fact.id)

describe('timelineOf', () => {
  test('has events, rules and plans with a date, in order, and neither wishes nor lasting states', () => {
    expect(ids(timelineOf(snapshot, '2025-10-01'))).toEqual(['opened', 'told', 'capped', 'race'])
    expect(undatedOf(snapshot, '2025-10-01').map(({ id }) => id)).toEqual(['lasting', 'someday'])
  })

  test('tells the days that each takes up, and which of its ends is a deadline', () => {
    expect(timelineOf(snapshot, '2025-10-01')).toMatchObject([
      { from: '2025-04-01', until: '2025-04-30', isDeadline: false, isBy: false, standing: { status: 'past' } },
      { from: '2025-09-19', until: '2025-09-19', isDeadline: false, isBy: true },
      { from: '2025-09-19', until: '2025-11-10', isDeadline: true, standing: { status: 'current' } },
      { from: '2026-01-01', until: '2026-12-31', isDeadline: true, standing: { status: 'upcoming' } },
    ])
  })

  test('has nothing that was not known on the as-of date', () => {
    expect(ids(timelineOf(snapshot, '2025-09-18'))).toEqual(['opened'])
    expect(ids(timelineOf(snapshot, '2025-04-01'))).toEqual([])
  })

  test('keeps to a topic and to a span of days, whole months and years included', () => {
    expect(ids(timelineOf(snapshot, '2025-10-01', { topic: 'racing' }))).toEqual(['race'])
    expect(ids(timelineOf(snapshot, '2025-10-01', { from: '2025-05' }))).toEqual(['told', 'capped', 'race'])
    expect(ids(timelineOf(snapshot, '2025-10-01', { until: '2025-04' }))).toEqual(['opened'])
    expect(ids(timelineOf(snapshot, '2025-10-01', { from: '2025-11-10', until: '2025-12' }))).toEqual(['capped'])
  })

  test('a rule that was replaced ends on the day before the newer one', () => {
    const newer = sampleFact({ id: 'newer', period: { from: '2025-10-01' }, supersedes: ['older'] })
    const older = sampleFact({ id: 'older', period: {}, known: '2025-01-01', supersededBy: ['newer'] })
    expect(timelineOf(sampleSnapshot([newer, older]), '2025-10-02')).toMatchObject([
      { fact: { id: 'older' }, from: '2025-01-01', until: '2025-09-30', isDeadline: false },
      { fact: { id: 'newer' }, from: '2025-10-01', isDeadline: false },
    ])
  })
})

describe('aheadOf', () => {
  test('has ends, beginnings and plans from the as-of date on, the nearest first', () => {
    const begun = sampleFact({ id: 'begun', period: { from: '2025-10-05', until: '2025-12-01' } })
    const all = aheadOf(sampleSnapshot([race, capped, begun, opened, wish, lasting, someday]), '2025-10-01')
    expect(all.map(({ fact, what, days, isUnderWay }) => [fact.id, what, days, isUnderWay])).toEqual([
      ['begun', 'begins', 4, false],
      ['capped', 'ends', 40, false],
      ['begun', 'ends', 61, false],
      ['race', 'planned', 92, false],
    ])
  })

  test('the last day is still ahead, the day after is not', () => {
    expect(aheadOf(snapshot, '2025-11-10')[0]).toMatchObject({ what: 'ends', days: 0 })
    expect(ids(aheadOf(snapshot, '2025-11-11'))).toEqual(['race'])
  })

  test('what is planned for a year that has begun counts to its end', () => {
    expect(aheadOf(snapshot, '2026-12-30')).toMatchObject([{ fact: { id: 'race' }, days: 1, isUnderWay: true }])
  })
})
