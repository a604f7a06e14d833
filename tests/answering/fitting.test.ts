import { describe, expect, it } from 'vitest'
import { type Choice, fitChoices, fitJudgements, type Judgement } from '../../src/answering/fitting.ts'
import type { Weights } from '../../src/answering/ranking.ts'

/** Numbers between 0 and 1 that look random and are always the same. */
function noise(seed: number): number {
  const x = Math.sin(seed * 12.9898) * 43758.5453
  return x - Math.floor(x)
}

const NAMES = ['telling', 'noise']
const scoreOf = ({ bias, signals }: Weights, row: readonly number[]) =>
  NAMES.reduce((sum, name, i) => sum + (signals[name] ?? 0) * (row[i] ?? 0), bias)

/** The first signal, in units of a thousand, is high for the right one; the second is chance. */
const choices: Choice[] = Array.from({ length: 60 }, (_, i) => {
  const right = i % 3
  const rows = [0, 1, 2].map((j) => [5000 + (j === right ? 1000 : 0) + 900 * noise(i * 3 + j), noise(1000 + i * 3 + j)])
  return { rows, shares: rows.map((_, j) => (j === right ? 1 : 0)), weight: 1 }
})

const judgements: Judgement[] = Array.from({ length: 120 }, (_, i) => {
  const right = i % 2 === 0
  return { row: [5000 + (right ? 1000 : 0) + 900 * noise(i), noise(500 + i)], right, weight: 1 }
})

describe('ranking weights', () => {
  const weights = fitChoices(NAMES, choices)

  it('put the right candidate first', () => {
    for (const { rows, shares } of choices) {
      const scores = rows.map((row) => scoreOf(weights, row))
      expect(scores.indexOf(Math.max(...scores))).toBe(shares.indexOf(1))
    }
  })

  it('rest on the signal that tells, not on chance', () => {
    const { telling = 0, noise: chance = 0 } = weights.signals
    // In effect: the weight times how far the signal goes.
    expect(telling * 1000).toBeGreaterThan(5 * Math.abs(chance))
  })

  it('count a choice by its weight', () => {
    const opposite = choices.map(({ rows, shares }) => ({
      rows,
      shares: shares.map((one) => (1 - one) / 2),
      weight: 0.01,
    }))
    const eitherWay = new Set(NAMES)
    expect(fitChoices(NAMES, [...choices, ...opposite], eitherWay).signals.telling).toBeGreaterThan(0)
    const outweighed = opposite.map((choice) => ({ ...choice, weight: 100 }))
    expect(fitChoices(NAMES, [...choices, ...outweighed], eitherWay).signals.telling).toBeLessThan(0)
    expect(fitChoices(NAMES, [...choices, ...outweighed]).signals.telling).toBe(0)
  })
})

describe('accepting weights', () => {
  const weights = fitJudgements(NAMES, judgements)

  it('say yes to what is right and no to what is not, on signals as they come', () => {
    for (const { row, right } of judgements) expect(scoreOf(weights, row) > 0).toBe(right)
  })

  it('give a signal that is always the same no say', () => {
    const constant = judgements.map(({ row, ...rest }) => ({ ...rest, row: [row[0] ?? 0, 7] }))
    expect(fitJudgements(NAMES, constant).signals.noise).toBe(0)
  })

  it('do not hold a signal against its own kind unless it may go either way', () => {
    const contrary = judgements.map((one) => ({ ...one, right: !one.right }))
    expect(fitJudgements(NAMES, contrary).signals.telling).toBe(0)
    expect(fitJudgements(NAMES, contrary, new Set(NAMES)).signals.telling).toBeLessThan(0)
  })

  it('come out the same every time', () => {
    expect(fitJudgements(NAMES, judgements)).toEqual(weights)
  })

  it('are chances: as many right as wrong for the same row is even odds', () => {
    const even = [true, false].map((right) => ({ row: [1, 2], right, weight: 1 }))
    expect(scoreOf(fitJudgements(NAMES, even), [1, 2])).toBeCloseTo(0, 3)
  })
})
