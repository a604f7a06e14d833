import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { look, type Sighting } from './candidates.ts'
import { readKnowledge } from './reading.ts'

/** Whether the knowledge answers a question, has only something near it, or nothing at all to do with it. */
export type About = 'answered' | 'near' | 'nothing'

/** A question whose right facts are known, and what the engine saw when it was asked. */
export interface Case {
  readonly text: string
  /** Ids of the facts that answer it; none if none does. */
  readonly right: ReadonlySet<string>
  readonly about: About
  readonly sightings: readonly Sighting[]
}

const FOLDS = 6
/** Of the questions that were taken out, every so manieth is asked: neighbours in a list teach the same. */
const STEP = 6

/**
 * Asks the knowledge its own questions: in each fold some askedAs questions, some whole facts and some general talk
 * are taken out, and then asked. `kept`: how many questions each fact keeps at most, to play younger knowledge.
 */
export function* rehearse(snapshot: Snapshot, generalTalk: readonly string[], kept = Infinity): Generator<Case> {
  const all = [...snapshot.facts.values()]
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = (_: unknown, i: number) => i % FOLDS === fold
    const left = all.filter((fact, i) => !inFold(fact, i))
    const removed = new Set(left.flatMap(({ askedAs }) => askedAs.filter(inFold)))
    const facts = new Map(
      left.map((fact) => {
        const askedAs = fact.askedAs.filter((text) => !removed.has(text)).slice(0, kept)
        return [fact.id, { ...fact, askedAs }] as const
      }),
    )
    const talk = generalTalk.filter(inFold)
    const see = seer(
      { ...snapshot, facts },
      generalTalk.filter((text) => !talk.includes(text)),
    )
    const asked = [...removed].filter((_, i) => i % STEP === 0)
    for (const text of asked) yield see(text, idsAskedBy(text, left), 'answered')
    for (const text of withheld(all.filter(inFold), left)) yield see(text, new Set(), 'near')
    for (const text of talk) yield see(text, new Set(), 'nothing')
  }
}

/** Looks at questions with the whole knowledge, as the running engine would. */
export function seer(snapshot: Snapshot, generalTalk: readonly string[]) {
  const reading = readKnowledge(snapshot, generalTalk)
  return (text: string, right: ReadonlySet<string>, about: About): Case => ({
    text,
    right,
    about,
    sightings: look(text, reading).sightings,
  })
}

function idsAskedBy(text: string, facts: readonly Fact[]): Set<string> {
  return new Set(facts.filter(({ askedAs }) => askedAs.includes(text)).map(({ id }) => id))
}

/** Questions of the facts taken out, as far as no fact that is left was foreseen to answer them. */
function withheld(taken: readonly Fact[], left: readonly Fact[]): string[] {
  const answered = new Set(left.flatMap(({ askedAs }) => askedAs))
  return taken.flatMap(({ askedAs }) => askedAs.filter((text, i) => i % (2 * STEP) === 0 && !answered.has(text)))
}
