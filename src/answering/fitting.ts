import type { Weights } from './ranking.ts'

/** One question's candidates as rows of signals, with a share for each that is right (the shares sum to 1). */
export interface Choice {
  readonly rows: readonly (readonly number[])[]
  readonly shares: readonly number[]
  readonly weight: number
}

/** One verdict as a row of signals: whether it was right, and how much it counts. */
export interface Judgement {
  readonly row: readonly number[]
  readonly right: boolean
  readonly weight: number
}

const NONE: ReadonlySet<string> = new Set()
const ROUNDS = 400
/** Pull towards zero: keeps a signal that hardly helps from growing on chance. */
const PULL = 5e-4

/**
 * Weights with which a softmax over each question's candidates puts most on the right ones (gradient ascent). A signal
 * that grows with fitness gets no weight below 0, but for those that may go `eitherWay`.
 */
export function fitChoices(
  names: readonly string[],
  choices: readonly Choice[],
  eitherWay: ReadonlySet<string> = NONE,
): Weights {
  const scale = scaleOf(
    choices.flatMap(({ rows }) => rows),
    names.length,
  )
  const weights = new Float64Array(names.length)
  const total = choices.reduce((sum, { weight }) => sum + weight, 0)
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Float64Array(names.length)
    for (const { rows, shares, weight } of choices) {
      const scores = rows.map((row) => dot(row, weights, scale))
      const highest = Math.max(...scores)
      const powers = scores.map((score) => Math.exp(score - highest))
      const sum = powers.reduce((a, b) => a + b, 0)
      rows.forEach((row, i) => {
        addTo(slope, row, scale, weight * ((shares[i] ?? 0) - (powers[i] ?? 0) / sum))
      })
    }
    climb(weights, slope, total, round)
    keepSigns(weights, names, eitherWay)
  }
  return unscaled(names, weights, 0, scale)
}

/** Logistic regression: the weighted signals give the log-odds of being right. Signs as in {@link fitChoices}. */
export function fitJudgements(
  names: readonly string[],
  judgements: readonly Judgement[],
  eitherWay: ReadonlySet<string> = NONE,
): Weights {
  const scale = scaleOf(
    judgements.map(({ row }) => row),
    names.length,
  )
  const weights = new Float64Array(names.length)
  const bias = new Float64Array(1)
  const total = judgements.reduce((sum, { weight }) => sum + weight, 0)
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Float64Array(names.length)
    const biasSlope = new Float64Array(1)
    for (const { row, right, weight } of judgements) {
      const error = weight * ((right ? 1 : 0) - 1 / (1 + Math.exp(-(bias[0] as number) - dot(row, weights, scale))))
      addTo(slope, row, scale, error)
      biasSlope[0] = (biasSlope[0] as number) + error
    }
    climb(weights, slope, total, round)
    keepSigns(weights, names, eitherWay)
    climb(bias, biasSlope, total, round)
  }
  return unscaled(names, weights, bias[0] as number, scale)
}

interface Scale {
  readonly mean: Float64Array
  readonly spread: Float64Array
}

/** Signals differ in size; brought to one scale, the same step suits all. */
function scaleOf(rows: readonly (readonly number[])[], width: number): Scale {
  const mean = new Float64Array(width)
  const spread = new Float64Array(width)
  for (const row of rows)
    for (let i = 0; i < width; i++) mean[i] = (mean[i] as number) + (row[i] as number) / rows.length
  for (const row of rows)
    for (let i = 0; i < width; i++)
      spread[i] = (spread[i] as number) + ((row[i] as number) - (mean[i] as number)) ** 2 / rows.length
  // A signal that is always the same has no spread but what rounding makes of it.
  return { mean, spread: spread.map((variance) => (variance > 1e-12 ? Math.sqrt(variance) : 1)) }
}

function dot(row: readonly number[], weights: Float64Array, { mean, spread }: Scale): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++)
    sum += ((weights[i] as number) * ((row[i] as number) - (mean[i] as number))) / (spread[i] as number)
  return sum
}

function addTo(slope: Float64Array, row: readonly number[], { mean, spread }: Scale, times: number): void {
  for (let i = 0; i < slope.length; i++)
    slope[i] = (slope[i] as number) + (times * ((row[i] as number) - (mean[i] as number))) / (spread[i] as number)
}

function climb(weights: Float64Array, slope: Float64Array, count: number, round: number): void {
  const step = 2 / Math.sqrt(1 + round / 20)
  for (let i = 0; i < weights.length; i++)
    weights[i] = (weights[i] as number) + step * ((slope[i] as number) / count - PULL * (weights[i] as number))
}

function keepSigns(weights: Float64Array, names: readonly string[], eitherWay: ReadonlySet<string>): void {
  names.forEach((name, i) => {
    if (!eitherWay.has(name)) weights[i] = Math.max(0, weights[i] as number)
  })
}

function unscaled(names: readonly string[], weights: Float64Array, bias: number, { mean, spread }: Scale): Weights {
  const round = (value: number) => Number(value.toFixed(3))
  const signals = names.map((name, i) => [name, round((weights[i] as number) / (spread[i] as number))] as const)
  const shift = weights.reduce((sum, weight, i) => sum + (weight * (mean[i] as number)) / (spread[i] as number), 0)
  return { bias: round(bias - shift), signals: Object.fromEntries(signals) }
}
