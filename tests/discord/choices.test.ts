import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayChoices, factChoices, sourceChoices } from '../../src/discord/choices.ts'
import { en } from '../../src/words/en.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

const many = sampleSnapshot(
  Array.from({ length: 60 }, (_, index) =>
    sampleFact({
      id: `fact-${index}`,
      topic: index < 30 ? 'cycling' : 'parking',
      period: { until: `2026-${String((index % 12) + 1).padStart(2, '0')}` },
      askedAs: [`What is rule number ${index} about ${index === 7 ? 'helmets' : 'lanes'}, ${'word '.repeat(30)}?`],
    }),
  ),
)

test('there are never more than 25, and none is too long', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      for (const choices of [
        factChoices(typed, many),
        dayChoices(typed, '2025-09-20', many, en),
        sourceChoices(typed, many),
      ]) {
        expect(choices.length).toBeLessThanOrEqual(25)
        for (const { name, value } of choices) {
          expect(name.length).toBeGreaterThan(0)
          expect(name.length).toBeLessThanOrEqual(100)
          expect(value.length).toBeLessThanOrEqual(100)
        }
      }
    }),
    { numRuns: 50 },
  )
  expect(factChoices('', many)).toHaveLength(25)
  expect(factChoices('x'.repeat(6000), many)).toEqual([])
})

test('a typo finds what was meant, by its id', () => {
  expect(factChoices('helmtes', many)[0]?.value).toBe('fact-7')
})

const truce = sampleSnapshot([
  sampleFact({ id: 'unsaid', kind: 'unknown', askedAs: ['When did the parking truce begin?'], statement: 'Not told.' }),
  sampleFact({ id: 'leader', askedAs: ['Who chairs the parking committee?', 'Who leads the committee?'] }),
  sampleFact({
    id: 'truce-end',
    askedAs: ['When do the lower fees expire?', 'What happens in May?'],
    statement: 'The parking truce and its lower fees end on 10 May 2026.',
  }),
  sampleFact({
    id: 'café',
    askedAs: ['May the Café Zoë park bicycles?', ...Array(7).fill('May it?'), 'Any espresso?'],
  }),
])
const idsFor = (typed: string) => factChoices(typed, truce).map(({ value }) => value)

test.each([
  ['when does the parkign truce end', 'truce-end'],
  ['who leads the comittee', 'leader'],
  ['who is leading it', 'leader'],
  ['expir', 'truce-end'],
  ['expiring fee', 'truce-end'],
  ['TRUCE', 'truce-end'],
  ['cafe zoe', 'café'],
  [
    'I would like to know, if you please, by which day of which month the fees that are lower now will expire',
    'truce-end',
  ],
])('the sentence “%s” finds the fact that its rare words tell, known ones first', (typed, id) => {
  expect(idsFor(typed)[0]).toBe(id)
})

test('what is known comes before what is not, and little likeness is none', () => {
  expect(idsFor('')).toEqual(['leader', 'truce-end', 'café', 'unsaid'])
  expect(idsFor('truce')).toEqual(['truce-end', 'unsaid'])
  expect(idsFor('expire')).toEqual(['truce-end'])
  expect(idsFor('zebra quagga')).toEqual([])
  expect(idsFor('?! …')).toEqual([])
})

test('of a fact with many questions only the first ones are searched', () => {
  expect(idsFor('espresso')).toEqual([])
})

test('a topic offers its own facts only', () => {
  const ids = factChoices('', many, 'parking').map(({ value }) => value)
  expect(ids[0]).toBe('fact-30')
  expect(factChoices('helmets', many, 'parking').map(({ value }) => value)).not.toContain('fact-7')
})

test('days start with today and go on with ends; typing narrows them', () => {
  const [first, ...others] = dayChoices('', '2025-09-20', many, en)
  expect(first?.value).toBe('2025-09-20')
  expect(others.map(({ value }) => value)).toContain('2026-02-28')
  expect(dayChoices('february', '2025-09-20', many, en)[0]?.value).toBe('2026-02-28')
  expect(dayChoices('2026-02', '2025-09-20', many, en)[0]?.value).toBe('2026-02-28')
})

test('a source is found by its publisher', () => {
  expect(sourceChoices('city pres', many)).toEqual([{ name: 'City Gazette, City Press', value: 'gazette' }])
})
