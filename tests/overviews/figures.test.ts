import { expect, test } from 'vitest'
import { figuresOf, measuresOf } from '../../src/overviews/figures.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

const fare = (value: number, of?: string) => ({
  name: 'fare',
  value,
  unit: 'euro',
  bound: 'exactly' as const,
  ...(of ? { of } : {}),
})
const first = sampleFact({
  id: 'first',
  measure: fare(20, 'city'),
  period: { from: '2024', until: '2024' },
  known: '2024-01-01',
})
const second = sampleFact({
  id: 'second',
  measure: fare(25, 'city'),
  period: { from: '2025-01-01' },
  known: '2024-12-01',
})
const other = sampleFact({ id: 'other', measure: { ...fare(3), unit: 'pound' } })
const snapshot = sampleSnapshot([second, other, first])

test('figures of one name and unit belong together, what most facts tell of first', () => {
  expect(measuresOf(snapshot)).toEqual([
    { name: 'fare', unit: 'euro', count: 2 },
    { name: 'fare', unit: 'pound', count: 1 },
  ])
  expect(measuresOf(sampleSnapshot())).toEqual([])
})

test('each entity has its steps in order, a level for the days that it is told for', () => {
  const { series } = figuresOf(snapshot, { name: 'fare', unit: 'euro' }, '2025-09-20')
  expect(series).toMatchObject([
    {
      of: 'The City',
      steps: [
        { fact: { id: 'first' }, from: '2024-01-01', until: '2024-12-31' },
        { fact: { id: 'second' }, from: '2025-01-01' },
      ],
    },
  ])
  expect(series[0]?.steps[1]).not.toHaveProperty('until')
})

test('nothing is told of a day on which it was not known', () => {
  const { series } = figuresOf(snapshot, { name: 'fare', unit: 'euro' }, '2024-11-30')
  expect(series.flatMap(({ steps }) => steps.map(({ fact }) => fact.id))).toEqual(['first'])
})

test('a figure that was replaced ends where the newer one begins', () => {
  const newer = sampleFact({ id: 'newer', measure: fare(9), period: { from: '2025-06-01' }, supersedes: ['older'] })
  const older = sampleFact({ id: 'older', measure: fare(8), period: { from: '2025-01-01' }, supersededBy: ['newer'] })
  const { series } = figuresOf(sampleSnapshot([newer, older]), { name: 'fare', unit: 'euro' }, '2025-09-20')
  expect(series[0]?.steps.map(({ until }) => until)).toEqual(['2025-05-31', undefined])
})
