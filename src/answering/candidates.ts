import { contest } from './contest.ts'
import { QUESTION_WORDS } from './english.ts'
import { cosine, type FactIndex, type IndexedFact, type Vector } from './fact-index.ts'
import { UNSEEN } from './features.ts'
import { type Question, readQuestion, type Unit, WEIGHT } from './question.ts'
import type { Reading } from './reading.ts'

/** What the engine knows of a question before it looks at any fact closely. */
interface Asked {
  readonly question: Question
  /** The highest BM25 score among the candidates. */
  readonly bestBm25: number
  /** How alike the question is to what people say to any bot, 0 to 1. */
  readonly talk: number
  /** Words of the question that the whole knowledge never uses. */
  readonly foreign: readonly Unit[]
}

/** What the engine knows of one candidate when it ranks it. */
export interface Sighting extends Asked {
  readonly indexed: IndexedFact
  readonly bm25: number
  /** Its chance in the contest of the best candidates. */
  readonly chance: number
  /** Cosine of the question with the statement. */
  readonly statement: number
  /** Cosines of the question with the fact's askedAs questions, best first. */
  readonly likenesses: readonly number[]
  /** The same, in the order of the fact's askedAs questions. */
  readonly byQuestion: readonly number[]
  /** The askedAs question most like the question, by its place; none if the fact has none. */
  readonly likeliest: number | undefined
  /** The share of that question's telling words that the asker did not say. */
  readonly excess: number
  /** How usual the asker's question words are in its askedAs questions, 0 to 1. */
  readonly manner: number
}

/** How many candidates are looked at closely. */
const CANDIDATES = 30
/** How many of them compete: more make it slower, not better. */
const COMPETING = 10
/** What {@link Sighting.manner} is where the question has no question word: neither for nor against. */
const NO_MANNER = 0.3

/** A question, and the facts that may answer it as the index finds them, those that share most with it first. */
export function look(text: string, { lexicon, asking: features, index, talk }: Reading) {
  const question = readQuestion(text, lexicon, features)
  const vector = index.vectorOf(question)
  const found = index.candidates(question, CANDIDATES)
  const asked: Asked = {
    question,
    bestBm25: found[0]?.bm25 ?? 0,
    talk: Math.max(0, ...talk.map((said) => cosine(vector, said))),
    foreign: question.units.filter((unit) => !unit.features.some((id) => index.knows(id))),
  }
  const asking = question.tokens
    .filter(({ word }) => QUESTION_WORDS.has(word))
    .map(({ stem }) => features.word(stem))
    .filter((id) => id !== UNSEEN)
  const competing = found.slice(0, COMPETING).map(({ indexed }) => indexed)
  const chances = contest(vector, competing, index)
  const sightings = found.map(({ indexed, bm25 }, i) => {
    const [statement = 0, ...byQuestion] = index.likenesses(vector, indexed)
    const highest = Math.max(...byQuestion)
    const likeliest = highest > 0 ? byQuestion.indexOf(highest) : undefined
    return {
      ...asked,
      excess: excessOf(indexed, likeliest, vector, index),
      manner: mannerOf(indexed, asking),
      indexed,
      bm25,
      chance: chances[i] ?? 0,
      statement,
      likeliest,
      byQuestion,
      likenesses: byQuestion.toSorted((a, b) => b - a),
    }
  })
  return { question, sightings }
}

function excessOf({ texts }: IndexedFact, likeliest: number | undefined, vector: Vector, index: FactIndex): number {
  if (likeliest === undefined) return 1
  let all = 0
  let more = 0
  for (let i = texts.ends[likeliest] as number; i < (texts.ends[likeliest + 1] as number); i++) {
    if ((texts.weights[i] as number) < WEIGHT.asking) continue
    const id = texts.ids[i] as number
    const weight = index.idf(id)
    all += weight
    if (!vector.has(id)) more += weight
  }
  return all === 0 ? 0 : more / all
}

function mannerOf({ features, counts, texts }: IndexedFact, asking: readonly number[]): number {
  if (asking.length === 0) return NO_MANNER
  const uses = asking.map((id) => {
    const at = features.indexOf(id)
    return at < 0 ? 0 : Math.min(1, (counts[at] as number) / WEIGHT.asking / texts.ends.length)
  })
  return uses.reduce((sum, use) => sum + use, 0) / uses.length
}
