import { isOutside, isWithin, type Span } from './asked-time.ts'
import type { Sighting } from './candidates.ts'
import type { Unit } from './question.ts'
import { ACCEPTING_SIGNALS, covers, RANKING_SIGNALS, type Verdict } from './signals.ts'

/** A weight for each signal, and a constant. */
export interface Weights {
  readonly bias: number
  readonly signals: Readonly<Record<string, number>>
}

export interface Ranked extends Sighting {
  readonly score: number
  /** It is dated, and not to the days asked for (“in April”; “before April” says too little to be sure). */
  readonly outside: boolean
}

/** How much it raises a fact's score to be dated to the days asked for, and lowers it not to be. */
const IN_TIME = 1
const MOST_SHARING = 10
const MOST_TOGETHER = 3
/** From this cosine on, an askedAs question is taken for the asker's own. */
const ALIKE = 0.3
/** A question for several facts is preferred to one for a single fact if it is this much as alike, or more. */
const SEVERAL_ALIKE = 0.6
const SEVERAL_WITHIN = 1.5
/** Who asks for several is shown facts this far below the best one. */
const SEVERAL_TOGETHER = 1.5
/** How far below the best score the known companion of an unknown fact may lie. */
const COMPANION = 2
/** How far below it an unknown fact may lie to be said first, and how far if it has a word that the best fact lacks. */
const LIMIT = 1
const TELLING_LIMIT = 2.5
/** A word this rare in English tells which of two facts is meant. */
const TELLING = 0.15

/** Which fact? The sightings by their weighted signals, best first; `during`: the days asked for. */
export function rank(sightings: readonly Sighting[], weights: Weights, during?: Span): Ranked[] {
  return sightings
    .map((sighting) => {
      const { fact } = sighting.indexed
      const isOut = isOutside(fact, during)
      const inTime = isOut ? -IN_TIME : isWithin(fact, during) ? IN_TIME : 0
      const outside = isOut && during?.from !== undefined && during.until !== undefined
      return { ...sighting, outside, score: weigh(RANKING_SIGNALS, sighting, weights) + inTime }
    })
    .sort((a, b) => b.score - a.score)
}

/**
 * The facts to show if the best one is right: those that a curator put the same question under, for it asks for all of
 * them; else those whose score is so near the best that they cannot be told apart from it. What is known and what is
 * not known go together, so that the asker learns both sides of the line; what is not known is said first, for an
 * answer to a neighbouring question misleads.
 */
export function shownOf(ranked: readonly Ranked[], together: number): Ranked[] {
  const [top] = ranked
  if (!top) return []
  const alike = (top.likenesses[0] ?? 0) >= ALIKE ? top.indexed.fact.askedAs[top.likeliest ?? 0] : undefined
  const sharing = alike === undefined ? [] : askedBy(alike, ranked)
  if (sharing.length > 1) return sharing.slice(0, MOST_SHARING)
  const several = top.question.several ? severalOf(ranked, top) : []
  if (several.length > 1) return several.slice(0, MOST_SHARING)
  const within = top.question.several ? Math.max(together, SEVERAL_TOGETHER) : together
  const near = ranked.filter(({ score }) => top.score - score <= within).slice(0, MOST_TOGETHER)
  const limits = near.filter(isUnknown)
  const known = near.filter((one) => !isUnknown(one))
  if (limits.length === 0) limits.push(...ranked.filter((next) => isUnknown(next) && mayBeMeant(next, top)).slice(0, 1))
  if (known.length === 0) known.push(...ranked.filter((next) => !isUnknown(next) && accompanies(next, top)).slice(0, 1))
  const shown = [...limits, ...known].slice(0, MOST_TOGETHER)
  return top.outside ? shown : shown.filter(({ outside }) => !outside)
}

/** The facts that a curator put a question under that asks for several of them, if it is nearly as alike as any. */
function severalOf(ranked: readonly Ranked[], top: Ranked): Ranked[] {
  const least = SEVERAL_ALIKE * (top.likenesses[0] ?? 0)
  let best: { text: string; likeness: number } | undefined
  for (const { indexed, score, byQuestion } of ranked) {
    if (top.score - score > SEVERAL_WITHIN) break
    byQuestion.forEach((likeness, i) => {
      const text = indexed.fact.askedAs[i] as string
      if (likeness > Math.max(least, best?.likeness ?? 0) && askedBy(text, ranked).length > 1) best = { text, likeness }
    })
  }
  return best ? askedBy(best.text, ranked) : []
}

function askedBy(text: string, ranked: readonly Ranked[]): Ranked[] {
  return ranked.filter(({ indexed }) => indexed.fact.askedAs.includes(text))
}

function isUnknown({ indexed }: Ranked): boolean {
  return indexed.fact.kind === 'unknown'
}

function mayBeMeant(next: Ranked, top: Ranked): boolean {
  const below = top.score - next.score
  if (below <= LIMIT) return true
  const tells = (unit: Unit) => unit.rarity > TELLING && covers(next.indexed, unit) && !covers(top.indexed, unit)
  return below <= TELLING_LIMIT && top.question.units.some(tells)
}

function accompanies(next: Ranked, top: Ranked): boolean {
  return next.indexed.fact.topic === top.indexed.fact.topic && top.score - next.score <= COMPANION
}

/** What the acceptor looks at: the best fact, measured against the first one that would not be shown with it. */
export function verdictOn(ranked: readonly Ranked[], shown: readonly Ranked[]): Verdict {
  const rivals = ranked.filter((next) => !shown.includes(next))
  const hedged = shown.some(isUnknown) && !isUnknown(shown.at(-1) as Ranked)
  return { ...(ranked[0] as Ranked), runnerUp: rivals[0]?.score ?? 0, rivals, hedged }
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
