import { describe, expect, it } from 'vitest'
import { type Example, trainClassifier } from '../../src/answering/classifier.ts'
import type { Vector } from '../../src/answering/fact-index.ts'

function vectorOf(text: string): Vector {
  const words = text.split(' ')
  return {
    text,
    weights: new Map(words.map((word) => [word, 1 / Math.sqrt(words.length)])),
  }
}

const SAID = [
  ['opening hours', 'hours today', 'opening time', 'hours on sunday'],
  ['price of card', 'card cost', 'new card', 'card price'],
  ['borrow film', 'film rental', 'film tonight', 'film and music'],
]
const examples: Example[] = SAID.flatMap((texts, label) => texts.map((text) => ({ vector: vectorOf(text), label })))
const classifier = trainClassifier(examples, SAID.length)
const winner = (text: string) => {
  const probabilities = [...classifier.probabilities(vectorOf(text))]
  return probabilities.indexOf(Math.max(...probabilities))
}

describe('the classifier', () => {
  it('learns what it was shown', () => {
    expect(examples.map(({ vector }) => winner(vector.text))).toEqual(examples.map(({ label }) => label))
  })

  it.each([
    ['card hours card', 1],
    ['which film', 2],
    ['saturday hours', 0],
  ])('carries it over to %s', (text, label) => {
    expect(winner(text)).toBe(label)
  })

  it('gives probabilities', () => {
    const probabilities = [...classifier.probabilities(vectorOf('film'))]
    expect(probabilities).toHaveLength(3)
    expect(probabilities.every((one) => one > 0 && one < 1)).toBe(true)
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 4)
  })

  it('is less sure of words that it never saw', () => {
    const strange = Math.max(...classifier.probabilities(vectorOf('zebra crossing')))
    expect(strange).toBeLessThan(Math.max(...classifier.probabilities(vectorOf('card price'))))
  })

  it('comes out the same every time', () => {
    const again = trainClassifier(examples, SAID.length)
    expect(again.probabilities(vectorOf('film hours'))).toEqual(classifier.probabilities(vectorOf('film hours')))
  })

  it('of a single class is sure, and of no examples undecided', () => {
    expect([...trainClassifier([], 1).probabilities(vectorOf('x'))]).toEqual([1])
    expect([...trainClassifier([], 2).probabilities(vectorOf('x'))]).toEqual([0.5, 0.5])
  })
})
