import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import type { Lexicon } from './lexicon.ts'
import { type Question, readQuestion } from './question.ts'

/** One of a fact's texts as weighted features, of length 1. */
export interface Vector {
  readonly text: string
  readonly weights: ReadonlyMap<string, number>
}

/** A fact as the engine sees it. */
export interface IndexedFact {
  readonly fact: Fact
  /** Its place among all facts. */
  readonly at: number
  /** How often each feature stands in any of its texts. */
  readonly counts: ReadonlyMap<string, number>
  /** Number of features in all its texts. */
  readonly size: number
  readonly questions: readonly Vector[]
  readonly statement: Vector
}

/** Inverted index over facts: features of statements, askedAs questions, names and topic. */
export interface FactIndex {
  readonly facts: readonly IndexedFact[]
  /** Rarity of a feature among the facts; rarest for one that no fact has. */
  idf(feature: string): number
  /** The question's features, weighted by rarity, of length 1. */
  vectorOf(question: Question): Vector
  /** The facts that share most with the question, best first, with their BM25 score. */
  candidates(question: Question, most: number): { indexed: IndexedFact; bm25: number }[]
}

/**
 * BM25's parameters: saturation of repeated words, and how much a long text counts less. Both differ from the usual
 * 1.2 and 0.75, which suit prose: here a word that many askedAs questions of a fact share is no accident.
 */
const K1 = 5
const B = 0.2

export function createFactIndex(snapshot: Snapshot, lexicon: Lexicon): FactIndex {
  const read = [...snapshot.facts.values()].map((fact) => {
    const names = fact.entities.map((id) => snapshot.entities.get(id)?.name ?? '').join(', ')
    return {
      fact,
      statement: readQuestion([fact.statement, fact.quote?.text ?? ''].join(' '), lexicon),
      questions: fact.askedAs.map((text) => readQuestion(text, lexicon)),
      context: readQuestion(`${names}. ${snapshot.topics.get(fact.topic)?.title ?? ''}`, lexicon),
    }
  })
  const counted = read.map(({ statement, questions, context }) => {
    const counts = new Map<string, number>()
    for (const text of [statement, context, ...questions])
      for (const [feature, weight] of text.features) counts.set(feature, (counts.get(feature) ?? 0) + weight)
    return counts
  })
  const frequency = new Map<string, number>()
  for (const counts of counted)
    for (const feature of counts.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1)
  const idf = (feature: string) => {
    const df = frequency.get(feature) ?? 0
    return Math.log(1 + (counted.length - df + 0.5) / (df + 0.5))
  }
  const vectorOf = ({ text, features }: Question): Vector => {
    const weights = new Map<string, number>()
    let squares = 0
    for (const [feature, base] of features) {
      const weight = base * idf(feature)
      weights.set(feature, weight)
      squares += weight * weight
    }
    const length = Math.sqrt(squares) || 1
    for (const [feature, weight] of weights) weights.set(feature, weight / length)
    return { text, weights }
  }
  const facts = read.map(({ fact, statement, questions }, i): IndexedFact => {
    const counts = counted[i] ?? new Map()
    const size = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return { fact, at: i, counts, size, questions: questions.map(vectorOf), statement: vectorOf(statement) }
  })
  const averageSize = facts.reduce((sum, { size }) => sum + size, 0) / (facts.length || 1)
  const postings = new Map<string, { at: number; score: number }[]>()
  facts.forEach(({ counts, size }, at) => {
    for (const [feature, count] of counts) {
      const score = (idf(feature) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * size) / averageSize))
      const list = postings.get(feature)
      if (list) list.push({ at, score })
      else postings.set(feature, [{ at, score }])
    }
  })
  return {
    facts,
    idf,
    vectorOf,
    candidates(question, most) {
      const scores = new Map<number, number>()
      for (const [feature, base] of question.features)
        for (const { at, score } of postings.get(feature) ?? []) scores.set(at, (scores.get(at) ?? 0) + base * score)
      return [...scores]
        .sort((a, b) => b[1] - a[1])
        .slice(0, most)
        .map(([at, bm25]) => ({ indexed: facts[at] as IndexedFact, bm25 }))
    },
  }
}

/** How alike two vectors are, 0 to 1. */
export function cosine(a: Vector, b: Vector): number {
  const [small, large] = a.weights.size < b.weights.size ? [a, b] : [b, a]
  let sum = 0
  for (const [feature, weight] of small.weights) sum += weight * (large.weights.get(feature) ?? 0)
  return sum
}
