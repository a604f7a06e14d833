import type { Day } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { standingOf } from '../knowledge/status.ts'
import type { StandingFact } from './outcome.ts'
import { type Ranked, shownOf, trustIn, verdictOn, type Weights } from './ranking.ts'
import { covers } from './signals.ts'

/** What was calibrated: weights of both stages, and how sure is sure enough. */
export interface Calibration {
  readonly ranking: Weights
  readonly accepting: Weights
  /** Trust from which a fact is given as the answer. */
  readonly answerFrom: number
  /** Like `accepting`, but for the weaker claim that the question is about these facts at all. */
  readonly offering: Weights
  /** Nearness from which facts are offered as suggestions. */
  readonly offerFrom: number
  /** Facts whose ranking score is this near the best one's are shown with it. */
  readonly together: number
}

interface Decided {
  /** One sentence for moderators. */
  readonly because: string
  /** How sure the engine is that the best fact answers, 0 to 1. */
  readonly trust: number
}

/** The outcome in short: what to do with which facts, and why. */
export type Decision =
  | ({ readonly kind: 'answer'; readonly facts: StandingFact[]; readonly further: StandingFact[] } & Decided)
  | ({ readonly kind: 'suggestions'; readonly facts: StandingFact[] } & Decided)
  | ({ readonly kind: 'abstention'; readonly knownFrom?: Day } & Decided)

/** Facts in an offer; calibration counts a fact as within a click if it is among them. */
export const MOST_OFFERED = 5
const MOST_FURTHER = 3
/** Facts further than this below the best one are no help to an asker who got an answer. */
const FURTHER_WITHIN = 2

/**
 * Does the best fact answer? Pure: everything that it weighs comes in. Facts are told as they stand on `asOf`, of those
 * that were known by then, or by an earlier day (`knownBy`) if `asOf` lies ahead of it.
 */
export function decide(
  ranked: readonly Ranked[],
  { asOf, knownBy = asOf }: { asOf: Day; knownBy?: Day },
  snapshot: Snapshot,
  calibration: Calibration,
): Decision {
  const { accepting, answerFrom, offering, offerFrom, together } = calibration
  const measure = (weights: Weights, list: readonly Ranked[], shown: readonly Ranked[]) =>
    list.length === 0 ? 0 : trustIn(verdictOn(list, shown), weights)
  const standing = (list: readonly Ranked[]) => standingFacts(list, asOf, snapshot)

  const [best] = ranked
  const known = ranked.filter(({ indexed }) => indexed.fact.known <= knownBy)
  const [top] = known
  const shown = shownOf(known, together)
  const trust = measure(accepting, known, shown)
  const near = shownOf(ranked, together)
  // What would answer was not known yet: an older fact may stand in for it only if it would be shown with it, or
  // answers with as much trust by itself.
  if (best && trust < answerFrom && !near.some((one) => known.includes(one))) {
    if (measure(offering, ranked, near) >= offerFrom) {
      const knownFrom = near.map(({ indexed }) => indexed.fact.known).reduce((a, b) => (a < b ? a : b))
      const because = `“${best.indexed.fact.id}” is nearest, but nothing of it was known before ${knownFrom}.`
      return { kind: 'abstention', knownFrom, because, trust }
    }
  }

  const measured = `The best fact has a trust of ${trust.toFixed(2)}`
  if (top && trust >= answerFrom && !top.outside) {
    const further = known.filter(
      (next) =>
        !shown.includes(next) &&
        top.score - next.score < FURTHER_WITHIN &&
        next.indexed.fact.topic === top.indexed.fact.topic,
    )
    const because = `${measured}; ${answerFrom} is enough to answer.`
    const facts = standing(shown)
    // A superseded fact stands for the one that replaces it, which may be shown already.
    const others = standing(further).filter(({ fact }) => !facts.some((shown) => shown.fact.id === fact.id))
    return { kind: 'answer', facts, further: others.slice(0, MOST_FURTHER), because, trust }
  }
  const nearness = measure(offering, known, shown)
  if (top && (nearness >= offerFrom || isKeyword(top))) {
    const because = top.outside
      ? `The best fact is dated outside of the days asked for, so it is only offered.`
      : `${measured}: less than the ${answerFrom} that an answer needs, so it is only offered.`
    return { kind: 'suggestions', facts: standing(known).slice(0, MOST_OFFERED), because, trust }
  }
  const because = `The question is about these facts with a chance of ${nearness.toFixed(2)}, less than the ${offerFrom} that an offer needs.`
  return { kind: 'abstention', because, trust }
}

/** A bare word or name of its own: too little to be sure what is asked, enough to offer what is near. */
function isKeyword({ question: { tokens, units }, indexed }: Ranked): boolean {
  return tokens.length <= 2 && units.length > 0 && units.every((unit) => covers(indexed, unit))
}

/** Facts with their standing; a superseded one gives way to the newest that replaces it. */
function standingFacts(list: readonly Ranked[], asOf: Day, snapshot: Snapshot): StandingFact[] {
  const facts = new Map<string, StandingFact>()
  for (const { indexed } of list) {
    const fact = standingOf(snapshot, indexed.fact, asOf).supersededBy ?? indexed.fact
    if (!facts.has(fact.id)) facts.set(fact.id, { fact, standing: standingOf(snapshot, fact, asOf) })
  }
  return [...facts.values()]
}
