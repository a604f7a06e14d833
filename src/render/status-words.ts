import type { StandingFact } from '../answering/outcome.ts'
import { type Day, daysBetween, firstDay, lastDay, type PartialDate } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { type Standing, statedPeriod } from '../knowledge/status.ts'
import { type Claim, en } from '../words/en.ts'
import type { Words } from '../words/languages.ts'
import { cutAtWord } from './escape.ts'

/** What a message's colour says; its words say the same. */
export type Tone = 'holds' | 'ahead' | 'over' | 'ended' | 'doubtful' | 'open' | 'neutral'

/** The tone of one fact; several facts share a tone or have none. */
export function toneOf(facts: readonly StandingFact[]): Tone {
  const tones = new Set(facts.map(toneOfOne))
  return tones.size === 1 ? ([...tones][0] ?? 'neutral') : 'neutral'
}

function toneOfOne({ fact, standing }: StandingFact): Tone {
  const { status, unverified } = standing
  if (status === 'expired' || status === 'superseded') return 'ended'
  if (status === 'past') return 'over'
  if (fact.kind === 'unknown' || status === 'not-yet') return 'open'
  if (unverified) return 'doubtful'
  return status === 'upcoming' ? 'ahead' : 'holds'
}

/** Whether the statement, in the present tense as it is, might mislead whoever reads no further. */
export function noLongerHolds({ fact, standing }: StandingFact): boolean {
  const { status } = standing
  const unsure = standing.unverified && fact.kind === 'rule' && fact.period.until === undefined
  return unsure || status === 'expired' || status === 'superseded' || (status === 'past' && fact.kind !== 'event')
}

/** What the fact is on the as-of date, as one or two sentences. */
export function statusInWords(
  { fact, standing }: StandingFact,
  asOf: Day,
  snapshot: Snapshot,
  { status: words }: Words = en,
): string {
  if (standing.status === 'not-yet') return words.notYet(asOf, fact.known)
  if (standing.supersededBy) return words.superseded(asOf, standing.supersededBy.statement)
  switch (fact.kind) {
    case 'rule':
      return ruleInWords(fact, standing, asOf, words)
    case 'event':
      return eventInWords(fact, standing.status, words)
    case 'plan':
      return planInWords(fact, standing, asOf, words)
    case 'unknown':
      return words.unknown(asOf)
    default:
      return words.claim(claimOf(fact, fact.kind, standing.status, snapshot))
  }
}

/** When somebody last checked it, and whether that was too long ago. */
export function verificationInWords({ fact, standing }: StandingFact, { status: words }: Words = en): string {
  const verified = words.verified(fact.verified)
  if (!standing.unverified) return verified
  // What has ended or been replaced says already that nothing newer is known, or what is.
  const ended = ['expired', 'superseded', 'past'].includes(standing.status)
  return `${verified} ${(ended ? words.reviewDue : words.reviewDueOpen)(fact.reviewBy)}`
}

type StatusWords = Words['status']

function ruleInWords({ period, verified }: Fact, { status, unverified }: Standing, asOf: Day, words: StatusWords) {
  const { from, until } = period
  if (status === 'upcoming') return words.ruleUpcoming(asOf, period, daysBetween(asOf, firstDay(from ?? asOf)))
  if (status === 'expired' && until !== undefined) {
    return words.ruleExpired(asOf, until, daysBetween(lastDay(until), asOf))
  }
  // Without a stated end, only somebody who looks can say that it still holds.
  if (unverified && until === undefined) return words.ruleUnverified(asOf, verified)
  return until === undefined
    ? words.ruleHolds(asOf, from)
    : words.ruleInForce(asOf, until, daysBetween(asOf, lastDay(until)), from)
}

function eventInWords(fact: Fact, status: string, words: StatusWords): string {
  const when = wholePeriod(fact)
  // Without a date of its own it is only known to have happened by the day it was told.
  if (!when) return words.eventUndated(fact.stated ?? fact.known)
  if (status === 'upcoming') return words.eventUpcoming(when)
  return status === 'past' ? words.eventPast(when) : words.eventNow(when)
}

function planInWords(fact: Fact, { status, unverified }: Standing, asOf: Day, words: StatusWords): string {
  const when = wholePeriod(fact)
  const announced = fact.stated ?? fact.known
  if (!when) return unverified ? words.planUndatedUnverified(asOf, announced) : words.planUndated(announced)
  if (status === 'expired') return words.planExpired(asOf, when, daysBetween(lastDay(when.until), asOf))
  if (status === 'upcoming') {
    return words.planUpcoming(asOf, when, daysBetween(asOf, firstDay(when.from)), announced)
  }
  return words.planNow(asOf, when, announced)
}

/** Undefined for an event or plan without a date. */
function wholePeriod(fact: Fact): { from: PartialDate; until: PartialDate } | undefined {
  const { from, until } = statedPeriod(fact)
  return from === undefined || until === undefined ? undefined : { from, until }
}

/** A position or an estimate: whose it is, and when it was told. */
function claimOf(fact: Fact, kind: Claim['kind'], status: Standing['status'], snapshot: Snapshot): Claim {
  const speaker = fact.speaker && snapshot.entities.get(fact.speaker)?.name
  return {
    kind,
    ...(speaker ? { speaker: cutAtWord(speaker, 80) } : {}),
    held: fact.period,
    ...tellingOf(fact, snapshot),
    status,
  }
}

/** When it was told: on the day that its file states, else that of the source that first reported it. */
export function tellingOf(fact: Fact, { sources }: Snapshot): { told: PartialDate; isReported: boolean } {
  if (fact.stated !== undefined) return { told: fact.stated, isReported: false }
  const dates = fact.citations.map(({ source }) => sources.get(source)?.date)
  return {
    told: dates.find((date) => date !== undefined && lastDay(date) === fact.known) ?? fact.known,
    isReported: true,
  }
}
