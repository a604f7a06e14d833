import type { Fact } from '../knowledge/snapshot.ts'
import { UNSEEN } from './features.ts'
import type { Text } from './question.ts'

/** A fact as the engine sees it. Its texts are the statement with its quote, then its askedAs questions in order. */
export interface IndexedFact {
  readonly fact: Fact
  /** Features in any of its texts, its names and its topic's title, ascending, and how often each occurs. */
  readonly features: Uint32Array
  readonly counts: Float32Array
  /** Sum of the counts. */
  readonly size: number
  /** The features of all texts, one text after the other; text i ends before `ends[i]`. */
  readonly texts: { readonly ids: Uint32Array; readonly weights: Float32Array; readonly ends: Uint32Array }
}

/** A question's features weighted by rarity, so that all together have length 1. */
export type Vector = ReadonlyMap<number, number>

/**
 * BM25's parameters: saturation of repeated words, and how much a long text counts less. Both differ from the usual
 * 1.2 and 0.75, which suit prose: here a word that many askedAs questions of a fact share is no accident.
 */
const K1 = 5
const B = 0.2

/** Inverted index over facts: features of statements, askedAs questions, names and topic. Never changes. */
export class FactIndex {
  readonly facts: readonly IndexedFact[]
  /** For each feature the facts that have it and how often, as a range of the two arrays after it. */
  private readonly starts: Uint32Array
  private readonly places: Uint32Array
  private readonly counts: Float32Array
  private readonly lengths: Float32Array
  private readonly idfs: Float32Array

  /** `features`: how many numbers were given out. */
  constructor(facts: readonly IndexedFact[], features: number) {
    this.facts = facts
    const starts = new Uint32Array(features + 2)
    for (const fact of facts) for (const id of fact.features) starts[id + 2] = (starts[id + 2] as number) + 1
    for (let i = 2; i < starts.length; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number)
    this.places = new Uint32Array(starts.at(-1) ?? 0)
    this.counts = new Float32Array(this.places.length)
    facts.forEach((fact, at) => {
      for (let i = 0; i < fact.features.length; i++) {
        const id = fact.features[i] as number
        const slot = starts[id + 1] as number
        starts[id + 1] = slot + 1
        this.places[slot] = at
        this.counts[slot] = fact.counts[i] as number
      }
    })
    this.starts = starts
    this.idfs = new Float32Array(features)
    for (let id = 0; id < features; id++)
      this.idfs[id] = this.rarity((starts[id + 1] as number) - (starts[id] as number))
    const average = facts.reduce((sum, { size }) => sum + size, 0) / (facts.length || 1)
    this.lengths = Float32Array.from(facts, ({ size }) => K1 * (1 - B + (B * size) / average))
  }

  /** Rarity of a feature among the facts; rarest for one that no fact has. */
  idf(id: number): number {
    return this.idfs[id] ?? this.rarity(0)
  }

  /** Whether any fact has the feature. */
  knows(id: number): boolean {
    return (this.starts[id + 1] ?? 0) > (this.starts[id] ?? 0)
  }

  private rarity(frequency: number): number {
    return Math.log(1 + (this.facts.length - frequency + 0.5) / (frequency + 0.5))
  }

  /** The features that the knowledge has, by rarity; those it lacks count in the length. */
  vectorOf({ ids, weights }: Text): Vector {
    const vector = new Map<number, number>()
    let squares = 0
    ids.forEach((id, i) => {
      const weight = (weights[i] as number) * this.idf(id)
      squares += weight * weight
      if (id !== UNSEEN) vector.set(id, weight)
    })
    const length = Math.sqrt(squares) || 1
    for (const [id, weight] of vector) vector.set(id, weight / length)
    return vector
  }

  /** The facts that share most with the question, best first, with their BM25 score. */
  candidates({ ids, weights }: Text, most: number): { indexed: IndexedFact; bm25: number }[] {
    const scores = new Float32Array(this.facts.length)
    ids.forEach((id, i) => {
      if (id === UNSEEN) return
      const factor = (weights[i] as number) * this.idf(id) * (K1 + 1)
      const end = this.starts[id + 1] as number
      for (let slot = this.starts[id] as number; slot < end; slot++) {
        const place = this.places[slot] as number
        const count = this.counts[slot] as number
        scores[place] = (scores[place] as number) + (factor * count) / (count + (this.lengths[place] as number))
      }
    })
    return best(scores, most).map((at) => ({ indexed: this.facts[at] as IndexedFact, bm25: scores[at] as number }))
  }

  /** How alike the question is to each of the fact's texts, 0 to 1. */
  likenesses(vector: Vector, { texts: { ids, weights, ends } }: IndexedFact): Float32Array {
    const result = new Float32Array(ends.length)
    let i = 0
    for (let text = 0; text < ends.length; text++) {
      let shared = 0
      let squares = 0
      for (const end = ends[text] as number; i < end; i++) {
        const id = ids[i] as number
        const weight = (weights[i] as number) * (this.idfs[id] as number)
        squares += weight * weight
        shared += weight * (vector.get(id) ?? 0)
      }
      result[text] = squares === 0 ? 0 : shared / Math.sqrt(squares)
    }
    return result
  }
}

/** How alike two vectors are, 0 to 1. */
export function cosine(a: Vector, b: Vector): number {
  let sum = 0
  for (const [id, weight] of a) sum += weight * (b.get(id) ?? 0)
  return sum
}

/** Places of the highest scores above 0, best first. */
function best(scores: Float32Array, most: number): number[] {
  const top: number[] = []
  let least = 0
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] as number
    if (score <= least) continue
    if (top.length === most) top.pop()
    let i = top.length
    while (i > 0 && (scores[top[i - 1] as number] as number) < score) i--
    top.splice(i, 0, at)
    if (top.length === most) least = scores[top[most - 1] as number] as number
  }
  return top
}

/** Whether any of the fact's texts has the feature. */
export function has({ features }: IndexedFact, id: number): boolean {
  let low = 0
  let high = features.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((features[middle] as number) < id) low = middle + 1
    else high = middle
  }
  return features[low] === id
}
