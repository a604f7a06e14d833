import { cosine, type IndexedFact, type Vector } from './fact-index.ts'
import type { Question, Unit } from './question.ts'

/** What the engine knows of one candidate when it ranks it. */
export interface Sighting {
  readonly question: Question
  readonly vector: Vector
  readonly indexed: IndexedFact
  readonly bm25: number
  /** The highest BM25 score among the candidates. */
  readonly bestBm25: number
  /** The classifier's probability for this fact. */
  readonly probability: number
  /** The askedAs question most like the question; none if the fact has none. */
  readonly likeliest: Vector | undefined
  /** Cosines of the question with the fact's askedAs questions, best first. */
  readonly likenesses: readonly number[]
}

const REACH = 1e-4

/** Reasons for a fact, each a number that grows with its fitness. To add one, add it here and calibrate. */
export const RANKING_SIGNALS = {
  /** Shares rare words with the question, in any of its texts. */
  bm25: ({ bm25, bestBm25 }: Sighting) => bm25 / (bestBm25 || 1),
  /** The classifier, which learnt from all askedAs questions, points to it. */
  learnt: ({ probability }: Sighting) => Math.log(probability + REACH) - Math.log(REACH),
  /** Somebody was foreseen to ask almost this. */
  bestQuestion: ({ likenesses }: Sighting) => likenesses[0] ?? 0,
  /** Somebody was foreseen to ask just this. */
  foreseen: ({ likenesses }: Sighting) => ((likenesses[0] ?? 0) > 0.97 ? 1 : 0),
  /** Several foreseen questions resemble it: less of an accident than one. */
  goodQuestions: ({ likenesses }: Sighting) => ((likenesses[0] ?? 0) + (likenesses[1] ?? 0) + (likenesses[2] ?? 0)) / 3,
  /** The statement itself speaks of it. */
  statement: ({ vector, indexed }: Sighting) => cosine(vector, indexed.statement),
  /** Its texts use the question's words, the rare ones above all. */
  coverage: ({ question, indexed }: Sighting) => share(question.units, (unit) => covers(indexed, unit), telling),
  /** The names in the question are its names. */
  names: ({ question, indexed }: Sighting) => share(question.entities, (id) => indexed.counts.has(`@${id}`)),
  /** Figures in the question stand in it (or in a question that it corrects). */
  figures: ({ question, indexed }: Sighting) => share(question.numbers, (number) => indexed.counts.has(number)),
  /** It holds the type of thing asked for. */
  wanted: ({ question, indexed }: Sighting) => (gives(indexed, question.wanted) ? 1 : 0),
  /** It says that something is not known. */
  unknown: ({ indexed }: Sighting) => (indexed.fact.kind === 'unknown' ? 1 : 0),
  /** Who says little wants what is known first. */
  unknownToFew: ({ question, indexed }: Sighting) =>
    indexed.fact.kind === 'unknown' ? 1 / (1 + question.units.length) : 0,
} satisfies Record<string, (sighting: Sighting) => number>

/** What is known of the best candidate when it is decided whether it answers at all. */
export interface Verdict extends Sighting {
  /** Its ranking score, and that of the best candidate that asks for another thing. */
  readonly score: number
  readonly runnerUp: number
  /** The classifier's probability that the question is about something else altogether. */
  readonly offTopic: number
}

/** Reasons to trust the best fact or not. To add one, add it here and calibrate. */
export const ACCEPTING_SIGNALS = {
  ...RANKING_SIGNALS,
  /** It stands out from the next one. */
  margin: ({ score, runnerUp }: Verdict) => Math.min(6, score - runnerUp),
  score: ({ score }: Verdict) => score,
  /** General talk that no knowledge would answer. */
  offTopic: ({ offTopic }: Verdict) => offTopic,
  /** A telling word of the question that it lacks. */
  worstGap: ({ question, indexed }: Verdict) => Math.max(0, ...gaps(question, indexed).map((unit) => unit.rarity)),
  /** A name that it lacks. */
  nameGap: ({ question, indexed }: Verdict) =>
    Math.min(3, gaps(question, indexed).filter((unit) => unit.capital).length),
  /** Words that the whole knowledge never uses. */
  foreign: ({ question }: Verdict) =>
    Math.min(
      4,
      question.units.reduce((sum, unit) => sum + (unit.foreign ? unit.rarity : 0), 0),
    ),
  /** The most alike askedAs question covers the asker's words, too. */
  bestQuestionGap,
  /** Little was said. */
  brevity: ({ question }: Verdict) => 1 / (1 + question.units.length),
} satisfies Record<string, (verdict: Verdict) => number>

/** Whether any text of the fact uses this word or name, or one that means the same. */
export function covers({ counts }: IndexedFact, unit: Unit): boolean {
  return unit.features.some((feature) => counts.has(feature))
}

function gaps(question: Question, indexed: IndexedFact): Unit[] {
  return question.units.filter((unit) => !covers(indexed, unit))
}

const telling = (unit: Unit) => 0.2 + unit.rarity

function share<T>(list: readonly T[], test: (item: T) => boolean, weight: (item: T) => number = () => 1): number {
  let all = 0
  let held = 0
  for (const item of list) {
    all += weight(item)
    if (test(item)) held += weight(item)
  }
  // Nothing to cover is neither for nor against.
  return all === 0 ? 0.5 : held / all
}

/** Share of the question's words that the most alike askedAs question lacks. */
function bestQuestionGap({ question, likeliest }: Sighting): number {
  return 1 - share(question.units, (unit) => unit.features.some((feature) => likeliest?.weights.has(feature)), telling)
}

function gives({ fact }: IndexedFact, wanted: Question['wanted']): boolean {
  if (wanted === 'when')
    return fact.period.from !== undefined || fact.period.until !== undefined || /\b\d{4}\b/.test(fact.statement)
  if (wanted === 'number') return fact.measure !== undefined || /\d/.test(fact.statement)
  if (wanted === 'who') return fact.speaker !== undefined || /\p{L} \p{Lu}/u.test(fact.statement)
  return true
}
