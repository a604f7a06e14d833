import type { FactIndex, IndexedFact, Vector } from './fact-index.ts'

const EPOCHS = 8
const STEP = 0.8
/** Vectors have length 1; scaled up, few passes suffice. */
const SCALE = 3

/**
 * Which of the candidates does the question sound like? A softmax regression that learns, at the moment of asking, to
 * tell the candidates' own texts apart by the question's features alone: a few hundred examples of a dozen features,
 * where learning all facts at the start would grow with the square of the knowledge.
 */
export function contest(vector: Vector, candidates: readonly IndexedFact[], index: FactIndex): Float32Array {
  const classes = candidates.length
  const columns = new Map([...vector.keys()].map((id, column) => [id, column]))
  const { at, values, ends, labels } = examplesOf(candidates, columns, index)
  const weights = new Float32Array(columns.size * classes)
  const squares = new Float32Array(columns.size)
  const bias = new Float32Array(classes)
  const scores = new Float32Array(classes)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    // A stride that no text count is a multiple of mixes the candidates' texts.
    for (let turn = 0, i = epoch; turn < ends.length; turn++, i = (i + STRIDE) % ends.length) {
      const from = i === 0 ? 0 : (ends[i - 1] as number)
      const to = ends[i] as number
      scores.set(bias)
      for (let k = from; k < to; k++) {
        const base = (at[k] as number) * classes
        const value = values[k] as number
        for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + value * (weights[base + c] as number)
      }
      softmax(scores)
      const label = labels[i] as number
      scores[label] = (scores[label] as number) - 1
      for (let k = from; k < to; k++) {
        const column = at[k] as number
        const value = values[k] as number
        squares[column] = (squares[column] as number) + value * value
        const step = (STEP / Math.sqrt(1 + (squares[column] as number))) * value
        const base = column * classes
        for (let c = 0; c < classes; c++)
          weights[base + c] = (weights[base + c] as number) - step * (scores[c] as number)
      }
    }
  }
  scores.set(bias)
  for (const [id, value] of vector) {
    const base = (columns.get(id) as number) * classes
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + value * SCALE * (weights[base + c] as number)
  }
  softmax(scores)
  return scores
}

const STRIDE = 7919

function examplesOf(candidates: readonly IndexedFact[], columns: ReadonlyMap<number, number>, index: FactIndex) {
  const at: number[] = []
  const values: number[] = []
  const ends: number[] = []
  const labels: number[] = []
  candidates.forEach(({ texts }, label) => {
    let i = 0
    for (const end of texts.ends) {
      const first = at.length
      let squares = 0
      for (; i < end; i++) {
        const id = texts.ids[i] as number
        const weight = (texts.weights[i] as number) * index.idf(id)
        squares += weight * weight
        const column = columns.get(id)
        if (column === undefined) continue
        at.push(column)
        values.push(weight)
      }
      if (at.length === first) continue
      const scale = SCALE / Math.sqrt(squares)
      for (let k = first; k < values.length; k++) values[k] = (values[k] as number) * scale
      ends.push(at.length)
      labels.push(label)
    }
  })
  return { at, values, ends, labels }
}

function softmax(scores: Float32Array): void {
  let highest = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > highest) highest = score
  let sum = 0
  for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp((scores[c] as number) - highest)
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] as number) / sum
}
