import type { Vector } from './fact-index.ts'

/** Which fact a question most likely asks for, learnt from the askedAs questions of all facts. */
export interface Classifier {
  /** The probability of each class, in the classes' order. */
  probabilities(vector: Vector): Float32Array
}

export interface Example {
  readonly vector: Vector
  /** Index of the class. */
  readonly label: number
}

const EPOCHS = 5
const STEP = 0.6
/** Vectors have length 1; scaled up, few passes suffice. */
const SCALE = 3
/** Classes whose probability is this small are left alone in a step: nearly all of them, nearly always. */
const NEGLIGIBLE = 1e-3

/**
 * Softmax regression by stochastic gradient descent with AdaGrad steps. Deterministic: the same examples in the same
 * order give the same weights.
 */
export function trainClassifier(examples: readonly Example[], classes: number): Classifier {
  const columns = sharedFeatures(examples)
  const rows = examples.map(({ vector }) => {
    const inputs = [...vector.weights].filter(([feature]) => columns.has(feature))
    return {
      at: Int32Array.from(inputs, ([feature]) => columns.get(feature) as number),
      values: Float32Array.from(inputs, ([, weight]) => weight * SCALE),
    }
  })
  const weights = new Float32Array(columns.size * classes)
  const squares = new Float32Array(columns.size)
  const bias = new Float32Array(classes)
  const scores = new Float32Array(classes)
  const moved = new Int32Array(classes)
  const order = shuffled(examples.length)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const i of order) {
      const { at, values } = rows[i] as (typeof rows)[number]
      scores.set(bias)
      for (let k = 0; k < at.length; k++) {
        const base = (at[k] as number) * classes
        const value = values[k] as number
        for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + value * (weights[base + c] as number)
      }
      softmax(scores)
      const label = (examples[i] as Example).label
      scores[label] = (scores[label] as number) - 1
      let count = 0
      for (let c = 0; c < classes; c++) if (Math.abs(scores[c] as number) > NEGLIGIBLE) moved[count++] = c
      for (let k = 0; k < at.length; k++) {
        const column = at[k] as number
        const value = values[k] as number
        squares[column] = (squares[column] as number) + value * value
        const step = (STEP / Math.sqrt(1 + (squares[column] as number))) * value
        const base = column * classes
        for (let m = 0; m < count; m++) {
          const c = moved[m] as number
          weights[base + c] = (weights[base + c] as number) - step * (scores[c] as number)
        }
      }
    }
  }
  return {
    probabilities(vector) {
      const result = new Float32Array(classes)
      result.set(bias)
      for (const [feature, value] of vector.weights) {
        const column = columns.get(feature)
        if (column === undefined) continue
        const base = column * classes
        for (let c = 0; c < classes; c++)
          result[c] = (result[c] as number) + value * SCALE * (weights[base + c] as number)
      }
      softmax(result)
      return result
    },
  }
}

/** The features that more than one example has, numbered: those of one alone teach nothing about others. */
function sharedFeatures(examples: readonly Example[]): Map<string, number> {
  const seen = new Set<string>()
  const columns = new Map<string, number>()
  for (const { vector } of examples)
    for (const feature of vector.weights.keys()) {
      if (seen.has(feature) && !columns.has(feature)) columns.set(feature, columns.size)
      seen.add(feature)
    }
  return columns
}

function softmax(scores: Float32Array): void {
  let highest = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > highest) highest = score
  let sum = 0
  for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp((scores[c] as number) - highest)
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] as number) / sum
}

/** A fixed shuffle (a full cycle of a linear congruential generator): neighbours in a file must not be learnt together. */
function shuffled(length: number): number[] {
  const keys = new Float64Array(length)
  let state = 1
  for (let i = 0; i < length; i++) {
    state = (state * 1103515245 + 12345) % 2147483648
    keys[i] = state
  }
  return Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number))
}
