import { expect, test } from 'vitest'
import { compareEntities } from '../../src/overviews/comparison.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

const fare = (of: string) => ({ name: 'fare', of, value: 3, unit: 'euro', bound: 'exactly' as const })
const facts = [
  sampleFact({ id: 'fare', measure: fare('city') }),
  sampleFact({ id: 'both', entities: ['city', 'mayor'] }),
  sampleFact({ id: 'said', kind: 'position', period: {}, speaker: 'mayor', entities: [], contrasts: ['answer'] }),
  sampleFact({ id: 'answer', kind: 'position', period: {}, speaker: 'city', entities: [], contrasts: ['said'] }),
  sampleFact({ id: 'old', supersededBy: ['both'], known: '2025-01-01' }),
  sampleFact({ id: 'open', kind: 'unknown' }),
]
const snapshot = sampleSnapshot(facts)
const [city, mayor] = ['city', 'mayor'].map((id) => snapshot.entities.get(id)) as [never, never]

test('figures of either, points that both speak to, and the facts about both or one', () => {
  const { figures, points, both, only } = compareEntities(city, mayor, snapshot, '2025-09-20')
  expect(figures).toMatchObject([{ title: 'fare', sides: [[{ fact: { id: 'fare' } }], []] }])
  expect(points).toMatchObject([{ sides: [[{ fact: { id: 'answer' } }], [{ fact: { id: 'said' } }]] }])
  expect(both.map(({ id }) => id)).toEqual(['both'])
  expect(only.map((some) => some.map(({ id }) => id))).toEqual([[], []])
})

test('nothing that was not known on the as-of date', () => {
  const { figures, points, both } = compareEntities(city, mayor, snapshot, '2025-09-18')
  expect([figures, points, both]).toEqual([[], [], []])
})
