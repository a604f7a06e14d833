import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { prepare } from './engine.ts'
import { readQuestion } from './question.ts'
import { sightingsOf } from './ranking.ts'
import type { Sighting } from './signals.ts'

/** Whether the knowledge answers a question, is silent on it but near, or has nothing to do with it. */
export type About = 'answered' | 'near' | 'nothing'

/** A question whose right answers are known, as the engine sees it before it weighs anything. */
export interface Case {
  readonly text: string
  /** Ids of the facts that answer; none when no fact does. */
  readonly right: ReadonlySet<string>
  readonly about: About
  readonly sightings: readonly Sighting[]
  readonly offTopic: number
}

const FOLDS = 6
/** Of a withheld fact every third question is tried, so that they do not outnumber the others. */
const WITHHELD_STEP = 3
/** Every so many-th kept question is asked again word for word. */
const AGAIN_STEP = 60

/**
 * The knowledge as its own teacher. In each fold some askedAs questions are taken out and asked again, as if strangers
 * had worded them, and some facts are taken out whole with their questions, as if nobody had written them: these are
 * near misses that must be declined. With few questions kept a fact, the knowledge plays a younger one.
 */
export function* rehearse(
  snapshot: Snapshot,
  generalTalk: readonly string[],
  questionsKept = Number.POSITIVE_INFINITY,
): Generator<Case> {
  for (let fold = 0; fold < FOLDS; fold++) {
    const withheld = [...snapshot.facts.values()].filter((_, i) => i % FOLDS === fold)
    const asked = new Map<string, Set<string>>()
    const facts = new Map<string, Fact>()
    for (const fact of snapshot.facts.values()) {
      if (withheld.includes(fact)) continue
      fact.askedAs.forEach((text, i) => {
        if (i % FOLDS === fold) asked.set(text, new Set([...(asked.get(text) ?? []), fact.id]))
      })
      facts.set(fact.id, fact)
    }
    for (const { askedAs } of withheld) {
      askedAs.forEach((text, i) => {
        if (i % WITHHELD_STEP === 0) asked.set(text, new Set())
      })
    }
    const talk = generalTalk.filter((_, i) => i % FOLDS === fold)
    for (const text of talk) asked.set(text, new Set())
    for (const [id, fact] of facts) {
      const kept = fact.askedAs.filter((text) => !asked.has(text)).slice(0, questionsKept)
      for (const text of fact.askedAs) if (asked.get(text)?.size) asked.get(text)?.add(id)
      facts.set(id, { ...fact, askedAs: kept })
    }
    // Some are asked again word for word, so that this is learnt to be the best of reasons.
    const again = [...facts.values()].flatMap(({ id, askedAs }) =>
      askedAs.filter((_, i) => i % AGAIN_STEP === fold).map((text) => ({ id, text })),
    )
    const rest = generalTalk.filter((text) => !talk.includes(text))
    const see = seer({ ...snapshot, facts }, rest)
    for (const [text, right] of asked) {
      yield see(text, right, right.size > 0 ? 'answered' : talk.includes(text) ? 'nothing' : 'near')
    }
    for (const { id, text } of again) yield see(text, new Set([id]), 'answered')
  }
}

/** Looks at questions with the whole knowledge, as the running engine would. */
export function seer(snapshot: Snapshot, generalTalk: readonly string[]) {
  const { lexicon, index, classifier } = prepare(snapshot, generalTalk)
  return (text: string, right: ReadonlySet<string>, about: About): Case => {
    const question = readQuestion(text, lexicon)
    const probabilities = classifier.probabilities(index.vectorOf(question))
    return {
      text,
      right,
      about,
      sightings: sightingsOf(question, index, probabilities),
      offTopic: probabilities.at(-1) ?? 0,
    }
  }
}
