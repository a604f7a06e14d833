import type { Day } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { standingOf } from '../knowledge/status.ts'
import type { StandingFact } from './outcome.ts'
import { type Ranked, trustIn, verdictOn, type Weights } from './ranking.ts'

/** What was calibrated: weights of both stages, and how sure is sure enough. */
export interface Calibration {
  readonly ranking: Weights
  readonly accepting: Weights
  /** Trust from which a fact is given as the answer. */
  readonly answerFrom: number
  /** Trust from which facts are offered as suggestions. */
  readonly suggestFrom: number
  /** Facts whose ranking score is this near the best one's are shown with it. */
  readonly together: number
}

/** The outcome in short: what to do with which facts, and why. */
export type Decision =
  | {
      readonly kind: 'answer'
      readonly facts: readonly StandingFact[]
      readonly further: readonly StandingFact[]
      readonly because: string
      readonly trust: number
    }
  | {
      readonly kind: 'suggestions'
      readonly facts: readonly StandingFact[]
      readonly because: string
      readonly trust: number
    }
  | { readonly kind: 'abstention'; readonly knownFrom?: Day; readonly because: string; readonly trust: number }

const MOST_TOGETHER = 3
const MOST_SHARING = 10
const MOST_OFFERED = 5

/** Does the best fact answer? Pure: everything it weighs comes in. */
export function decide(
  ranked: readonly Ranked[],
  offTopic: number,
  asOf: Day,
  snapshot: Snapshot,
  calibration: Calibration,
): Decision {
  const known = ranked.filter(({ indexed }) => indexed.fact.known <= asOf)
  const trustOf = (list: readonly Ranked[], place = 0) =>
    list.length > place ? trustIn(verdictOn(list, place, offTopic), calibration.accepting) : 0
  const overall = trustOf(ranked)
  const trust = trustOf(known)
  const standing = (list: readonly Ranked[]) => standingFacts(list, asOf, snapshot)
  const [best, top] = [ranked[0], known[0]]

  // The fact that would answer was not known yet: an older one may stand in for it only if it fits about as well.
  const early =
    best !== undefined && best !== top && (top === undefined || best.score - top.score > calibration.together)
  if (early && overall >= calibration.suggestFrom) {
    const knownFrom = ranked
      .filter(({ score }) => best.score - score <= calibration.together)
      .map(({ indexed }) => indexed.fact.known)
      .sort()[0]
    const because = `“${best.indexed.fact.id}” would answer, but was not known before ${best.indexed.fact.known}.`
    return { kind: 'abstention', ...(knownFrom === undefined ? {} : { knownFrom }), because, trust: overall }
  }
  if (top && trust >= calibration.answerFrom) {
    const shown = shownWith(top, known, calibration)
    const rest = known.filter(
      (next) =>
        !shown.includes(next) && top.score - next.score < 2 && next.indexed.fact.topic === top.indexed.fact.topic,
    )
    const because = `The best fact answers with a trust of ${trust.toFixed(2)}; ${calibration.answerFrom} is enough.`
    const facts = standing(shown)
    const further = standing(rest.slice(0, 3)).filter(({ fact }) => facts.every((other) => other.fact.id !== fact.id))
    return { kind: 'answer', facts, further, because, trust }
  }
  if (top && trust >= calibration.suggestFrom) {
    const because = `The best fact has a trust of ${trust.toFixed(2)}: below ${calibration.answerFrom}, so it is only offered.`
    return { kind: 'suggestions', facts: standing(known.slice(0, MOST_OFFERED)), because, trust }
  }
  return {
    kind: 'abstention',
    because: `No fact comes near: the best has a trust of ${trust.toFixed(2)}, below ${calibration.suggestFrom}.`,
    trust,
  }
}

/** The best fact with those that answer the same question, or that cannot be told apart from it. */
function shownWith(top: Ranked, known: readonly Ranked[], { together }: Calibration): Ranked[] {
  const near = known.filter(({ score }) => top.score - score <= together).slice(0, MOST_TOGETHER)
  const asked = top.likeliest?.text
  const sharing = known
    .filter(({ indexed }) => asked !== undefined && indexed.fact.askedAs.includes(asked))
    .slice(0, MOST_SHARING)
  return sharing.length > 1 ? sharing : near
}

/** Facts with their standing; a superseded one gives way to the newest that replaces it. */
export function standingFacts(list: readonly Ranked[], asOf: Day, snapshot: Snapshot): StandingFact[] {
  const facts = new Map<string, StandingFact>()
  for (const { indexed } of list) {
    const { supersededBy } = standingOf(snapshot, indexed.fact, asOf)
    const fact = supersededBy ?? indexed.fact
    if (!facts.has(fact.id)) facts.set(fact.id, { fact, standing: standingOf(snapshot, fact, asOf) })
  }
  return [...facts.values()]
}
