import { expect, test } from 'vitest'
import { createRecollection } from '../../src/discord/recollection.ts'
import { answerWith, sampleFact, sampleSnapshot } from '../render/sample.ts'

const snapshot = sampleSnapshot()
const answer = answerWith(snapshot, [sampleFact()], '2025-09-20')
const at = (minutes: number) => new Date(Date.UTC(2025, 8, 20, 12, minutes))

test('remembers for ten minutes, under the first key that is known', () => {
  const recollection = createRecollection()
  recollection.remember('1', ['asker'], answer, at(0))
  expect(recollection.recall(['message', 'asker'], at(9))).toMatchObject({
    question: 'how fast',
    facts: [sampleFact()],
  })
  expect(recollection.recall(['other'], at(1))).toBeUndefined()
  expect(recollection.recall(['asker'], at(10))).toBeUndefined()
})

test('forgets the oldest when there is too much', () => {
  const recollection = createRecollection()
  for (let index = 0; index < 6_000; index++) recollection.remember('1', [String(index)], answer, at(0))
  expect(recollection.recall(['0'], at(1))).toBeUndefined()
  expect(recollection.recall(['5999'], at(1))).toBeDefined()
})

test('a clock that is set back takes nobody’s ten minutes, and makes them no longer', () => {
  const recollection = createRecollection()
  recollection.remember('1', ['asker'], answer, at(0))
  expect(recollection.recall(['asker'], at(2))).toBeDefined()
  expect(recollection.recall(['asker'], at(-60))).toBeDefined()
  recollection.remember('1', ['later'], answer, at(-59))
  expect(recollection.recall(['asker'], at(-53))).toBeDefined()
  expect(recollection.recall(['asker'], at(-52))).toBeUndefined()
  expect(recollection.recall(['later'], at(-50))).toBeDefined()
  expect(recollection.recall(['later'], at(-49))).toBeUndefined()
})

test('tells one person what it remembers of them, and forgets it at once, wherever it may be asked on', () => {
  const recollection = createRecollection()
  recollection.remember('1', ['general 1'], { ...answer, question: 'first' }, at(0))
  recollection.remember('1', ['policy 1'], answer, at(5))
  recollection.remember('1', ['reply'], answer, at(5))
  recollection.remember('2', ['general 2'], { ...answer, question: 'another’s' }, at(5))
  expect(recollection.questionsOf('1', at(6))).toEqual(['how fast', 'first'])
  expect(recollection.questionsOf('1', at(11))).toEqual(['how fast'])
  recollection.forget('1')
  expect(recollection.questionsOf('1', at(6))).toEqual([])
  expect(recollection.recall(['general 1', 'policy 1', 'reply'], at(6))).toBeUndefined()
  expect(recollection.recall(['general 2'], at(6))?.question).toBe('another’s')
})
