import { isDeepStrictEqual } from 'node:util'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { FactIndex, type IndexedFact, type Vector } from './fact-index.ts'
import { createFeatures, type FeatureNumbers, type Features, UNSEEN } from './features.ts'
import { createLexicon, type Lexicon } from './lexicon.ts'
import { readText, type Text } from './question.ts'
import { tokensOf } from './tokens.ts'

/** A snapshot as the engine has read it: all that it asks. */
export interface Reading {
  readonly snapshot: Snapshot
  readonly lexicon: Lexicon
  readonly features: FeatureNumbers
  /** The numbers for a question: of what some fact or general talk has, and so the same however often texts came and went. */
  readonly asking: Features
  readonly index: FactIndex
  /** What people say to a bot that no knowledge would answer. */
  readonly talk: readonly Vector[]
}

/**
 * Reads all texts of a snapshot. With what was read `before` it, only facts whose texts have changed are read; what was
 * read before must then not be asked any more, as it shares its words with what follows.
 */
export function readKnowledge(snapshot: Snapshot, generalTalk: readonly string[], before?: Reading): Reading {
  const shared = before && isDeepStrictEqual(namesOf(before.snapshot), namesOf(snapshot)) ? before : undefined
  const lexicon = shared?.lexicon ?? createLexicon(snapshot)
  const features = shared?.features ?? createFeatures()
  const gone = new Map(shared?.index.facts.map((indexed) => [indexed.fact.id, indexed]))
  const context = contextReader(lexicon, features)
  const facts = [...snapshot.facts.values()].map((fact): IndexedFact => {
    const known = gone.get(fact.id)
    const about = contextOf(fact, snapshot)
    if (shared && known && isSame(known.fact, fact) && isSameList(contextOf(known.fact, shared.snapshot), about)) {
      gone.delete(fact.id)
      return { ...known, fact }
    }
    const texts = textsOf(fact).map((text, i) => {
      const tokens = tokensOf(text)
      lexicon.learn(tokens, i === 0)
      return readText(tokens, lexicon, features.learning)
    })
    return indexed(fact, texts, about.map(context))
  })
  for (const { fact } of gone.values())
    textsOf(fact).forEach((text, i) => {
      lexicon.unlearn(tokensOf(text), i === 0)
    })
  const talk = generalTalk.map((text) => readText(tokensOf(text), lexicon, features.learning))
  const index = new FactIndex(facts, features.size())
  const said = new Set(talk.flatMap(({ ids }) => ids))
  const asking = only(features.reading, (id) => index.knows(id) || said.has(id))
  return { snapshot, lexicon, features, asking, index, talk: talk.map((text) => index.vectorOf(text)) }
}

function only({ word, neighbours, pair }: Features, isUsed: (id: number) => boolean): Features {
  const used = (id: number) => (isUsed(id) ? id : UNSEEN)
  return {
    word: (key) => used(word(key)),
    neighbours: (first, second) => used(neighbours(first, second)),
    pair: (first, second) => used(pair(first, second)),
  }
}

function namesOf({ entities, glossary }: Snapshot) {
  return { entities: [...entities.values()], glossary }
}

/** The statement with its quote, then the questions. */
function textsOf({ statement, quote, askedAs }: Fact): string[] {
  return [quote ? `${statement} ${quote.text}` : statement, ...askedAs]
}

function contextOf({ topic, entities }: Fact, snapshot: Snapshot): string[] {
  return [snapshot.topics.get(topic)?.title ?? '', ...entities.map((id) => snapshot.entities.get(id)?.name ?? '')]
}

function isSame(a: Fact, b: Fact): boolean {
  return a === b || (a.statement === b.statement && a.quote?.text === b.quote?.text && isSameList(a.askedAs, b.askedAs))
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((text, i) => text === b[i]))
}

/** Reads titles and names, each but once. */
function contextReader(lexicon: Lexicon, { learning }: FeatureNumbers): (text: string) => Text {
  const read = new Map<string, Text>()
  return (text) => {
    const known = read.get(text) ?? readText(tokensOf(text), lexicon, learning)
    read.set(text, known)
    return known
  }
}

function indexed(fact: Fact, texts: readonly Text[], context: readonly Text[]): IndexedFact {
  const counts = new Map<number, number>()
  for (const text of [...texts, ...context])
    text.ids.forEach((id, i) => {
      counts.set(id, (counts.get(id) ?? 0) + (text.weights[i] as number))
    })
  const features = Uint32Array.from(counts.keys()).sort()
  let end = 0
  return {
    fact,
    features,
    counts: Float32Array.from(features, (id) => counts.get(id) as number),
    size: [...counts.values()].reduce((sum, count) => sum + count, 0),
    texts: {
      ids: Uint32Array.from(texts.flatMap(({ ids }) => ids)),
      weights: Float32Array.from(texts.flatMap(({ weights }) => weights)),
      ends: Uint32Array.from(texts, ({ ids }) => (end += ids.length)),
    },
  }
}
