import { expect, test } from 'vitest'
import { positionsOf, speakersOf } from '../../src/overviews/positions.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

const said = (id: string, speaker: string, more = {}) =>
  sampleFact({ id, kind: 'position', period: {}, speaker, ...more })
const snapshot = {
  ...sampleSnapshot([
    said('mayor-wants', 'mayor', { contrasts: ['rider-denies'] }),
    said('rider-denies', 'rider', { contrasts: ['mayor-wants'], topic: 'racing' }),
    said('clerk-says', 'clerk'),
    said('city-says', 'city'),
    said('rider-says', 'rider', { known: '2025-12-01' }),
    sampleFact({ id: 'rule' }),
  ]),
  entities: new Map(
    [
      { id: 'city', name: 'The City', aliases: [] },
      { id: 'mayor', name: 'Mayor', body: 'city', aliases: [] },
      { id: 'clerk', name: 'Clerk', body: 'city', aliases: [] },
      { id: 'rider', name: 'Rider', aliases: [] },
    ].map((entity) => [entity.id, entity]),
  ),
}
const shape = (asOf: string, whose = {}) => {
  const { contests, benches } = positionsOf(snapshot, asOf, whose)
  return {
    contests: contests.map(({ one, others }) => [one, ...others].map(({ fact }) => fact.id)),
    benches: benches.map(({ body, voices }) => [body?.id, voices.map(({ speaker }) => speaker.id)]),
  }
}

test('contested points come once and together, then speakers with the people of their body', () => {
  expect(shape('2025-10-01')).toEqual({
    contests: [['mayor-wants', 'rider-denies']],
    benches: [['city', ['clerk', 'city']]],
  })
  expect(shape('2025-12-01').benches).toEqual([
    ['city', ['clerk', 'city']],
    [undefined, ['rider']],
  ])
})

test('of a body, all of its people; what others say on the same point stays beside it', () => {
  expect(shape('2025-12-01', { who: 'city' })).toEqual({
    contests: [['mayor-wants', 'rider-denies']],
    benches: [['city', ['clerk', 'city']]],
  })
  expect(shape('2025-12-01', { topic: 'racing' })).toEqual({ contests: [['rider-denies', 'mayor-wants']], benches: [] })
})

test('who can be asked about is who speaks, and the bodies they speak for', () => {
  expect(speakersOf(snapshot).map(({ id }) => id)).toEqual(['mayor', 'rider', 'clerk', 'city'])
})
