import { describe, expect, test } from 'vitest'
import { newsBetween, remindersOn, toldOf } from '../../src/overviews/news.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

const old = sampleFact({ id: 'old', askedAs: ['What held before?'] })
const on = (...facts: Parameters<typeof sampleSnapshot>[0] & object) =>
  toldOf(sampleSnapshot(facts), 'cycling', '2025-09-20')

describe('newsBetween', () => {
  test('tells what was added, altered, replaced and withdrawn, by name', () => {
    const told = on(old, sampleFact({ id: 'kept' }), sampleFact({ id: 'gone' }), sampleFact({ id: 'mended' }))
    const now = on(
      { ...old, supersededBy: ['newer'] },
      sampleFact({ id: 'kept' }),
      sampleFact({ id: 'mended', statement: 'Other words.' }),
      sampleFact({ id: 'newer', supersedes: ['old'] }),
    )
    expect(newsBetween(told, now).map(({ what, fact }) => [what, fact])).toEqual([
      ['replaced', 'old'],
      ['altered', 'mended'],
      ['added', 'newer'],
      ['withdrawn', 'gone'],
    ])
    expect(newsBetween(told, now)[0]?.name).toBe('What held before?')
  })

  test('that a fact was verified, or is asked for in other words, is no news', () => {
    const verified = sampleFact({
      id: 'old',
      verified: '2025-09-20',
      reviewBy: '2026-01-01',
      askedAs: ['Other?'],
      entities: [],
    })
    expect(newsBetween(on(old), on(verified))).toEqual([])
  })

  test('a fact is news on the day on which it becomes known', () => {
    const later = sampleFact({ id: 'later', known: '2025-09-21' })
    expect(newsBetween(on(), on(later))).toEqual([])
    const now = toldOf(sampleSnapshot([later]), 'cycling', '2025-09-21')
    expect(newsBetween(on(), now)).toMatchObject([{ what: 'added', fact: 'later' }])
  })
})

describe('remindersOn', () => {
  const snapshot = sampleSnapshot([
    sampleFact({ id: 'ends', period: { until: '2025-11-10' } }),
    sampleFact({ id: 'race', kind: 'plan', period: { from: '2025-11-10', until: '2025-11-12' } }),
    sampleFact({ id: 'vague', kind: 'plan', period: { from: '2025-11', until: '2025-11' } }),
    sampleFact({ id: 'begins', period: { from: '2025-11-10' } }),
  ])
  const stages = (today: string, since = '2025-09-20') =>
    remindersOn(snapshot, 'cycling', today, since).map(({ fact, stage }) => `${fact} ${stage}`)

  test('has the stage that was reached, of what ends or is planned on a day', () => {
    expect(stages('2025-11-02')).toEqual([])
    expect(stages('2025-11-03')).toEqual(['ends 7', 'race 7'])
    expect(stages('2025-11-05')).toEqual(['ends 7', 'race 7'])
    expect(stages('2025-11-07')).toEqual(['ends 3', 'race 3'])
    expect(stages('2025-11-09')).toEqual(['ends 1', 'race 1'])
    expect(stages('2025-11-10')).toEqual([])
  })

  test('does not tell whoever comes later of a stage that had been reached', () => {
    expect(stages('2025-11-05', '2025-11-05')).toEqual(['ends 7', 'race 7'])
    expect(stages('2025-11-06', '2025-11-05')).toEqual([])
    expect(stages('2025-11-07', '2025-11-05')).toEqual(['ends 3', 'race 3'])
  })
})
