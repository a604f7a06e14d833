import { cosine, type FactIndex } from './fact-index.ts'
import type { Question } from './question.ts'
import { ACCEPTING_SIGNALS, RANKING_SIGNALS, type Sighting, type Verdict } from './signals.ts'

/** A weight for each signal, and a constant. */
export interface Weights {
  readonly bias: number
  readonly signals: Readonly<Record<string, number>>
}

export interface Ranked extends Sighting {
  readonly score: number
}

/** How many candidates are looked at closely. */
const CANDIDATES = 30
const MOST_SHARING = 10
const MOST_TOGETHER = 3
/** From this cosine on, an askedAs question is taken for the asker's own. */
const ALIKE = 0.3
/** How far below the best score the known companion of an unknown fact may lie. */
const COMPANION = 2

/** The facts that may answer, as the index finds them, with everything that the signals need. */
export function sightingsOf(question: Question, index: FactIndex, probabilities: ArrayLike<number>): Sighting[] {
  const vector = index.vectorOf(question)
  const found = index.candidates(question, CANDIDATES)
  const bestBm25 = found[0]?.bm25 ?? 0
  return found.map(({ indexed, bm25 }) => {
    const likenesses = indexed.questions.map((asked) => cosine(vector, asked))
    const likeliest = indexed.questions[likenesses.indexOf(Math.max(...likenesses))]
    likenesses.sort((a, b) => b - a)
    return {
      question,
      vector,
      indexed,
      bm25,
      bestBm25,
      probability: probabilities[indexed.at] ?? 0,
      likeliest,
      likenesses,
    }
  })
}

/** Which fact? The sightings by their weighted signals, best first. */
export function rank(sightings: readonly Sighting[], weights: Weights): Ranked[] {
  return sightings
    .map((sighting) => ({ ...sighting, score: weigh(RANKING_SIGNALS, sighting, weights) }))
    .sort((a, b) => b.score - a.score)
}

/**
 * The facts to show if the best one is right: those that a curator put the same question under, for it asks for all of
 * them; else those whose score is so near the best that they cannot be told apart from it. Where all of these say that
 * something is not known, the nearest known fact of the same topic comes along: the asker learns both sides of the line.
 */
export function shownOf(ranked: readonly Ranked[], together: number): Ranked[] {
  const [top] = ranked
  if (!top) return []
  const alike = (top.likenesses[0] ?? 0) >= ALIKE ? top.likeliest?.text : undefined
  const sharing = ranked.filter(({ indexed }) => alike !== undefined && indexed.fact.askedAs.includes(alike))
  if (sharing.length > 1) return sharing.slice(0, MOST_SHARING)
  const near = ranked.filter(({ score }) => top.score - score <= together).slice(0, MOST_TOGETHER)
  if (near.some(({ indexed }) => indexed.fact.kind !== 'unknown')) return near
  const told = ranked.find(
    ({ indexed: { fact }, score }) =>
      fact.kind !== 'unknown' && fact.topic === top.indexed.fact.topic && top.score - score <= COMPANION,
  )
  return told ? [...near.slice(0, MOST_TOGETHER - 1), told] : near
}

/** What the acceptor looks at: the best fact, measured against the first one that would not be shown with it. */
export function verdictOn(ranked: readonly Ranked[], shown: readonly Ranked[], offTopic: number): Verdict {
  const runnerUp = ranked.find((next) => !shown.includes(next))?.score ?? 0
  return { ...(ranked[0] as Ranked), runnerUp, offTopic }
}

/** Does it answer at all? The probability that this fact answers the question, 0 to 1. */
export function trustIn(verdict: Verdict, weights: Weights): number {
  return 1 / (1 + Math.exp(-weigh(ACCEPTING_SIGNALS, verdict, weights)))
}

function weigh<T>(signals: Record<string, (of: T) => number>, of: T, { bias, signals: weights }: Weights): number {
  let sum = bias
  for (const [name, signal] of Object.entries(signals)) sum += (weights[name] ?? 0) * signal(of)
  return sum
}
