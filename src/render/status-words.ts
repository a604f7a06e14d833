import type { StandingFact } from '../answering/outcome.ts'
import { type Day, dateInWords, daysBetween, firstDay, lastDay, type PartialDate } from '../knowledge/days.ts'
import type { Fact, Period, Snapshot } from '../knowledge/snapshot.ts'
import type { Standing } from '../knowledge/status.ts'
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
export function statusInWords({ fact, standing }: StandingFact, asOf: Day, snapshot: Snapshot): string {
  const day = dateInWords(asOf)
  if (standing.status === 'not-yet') return `Not yet known as of ${day}: recorded from ${dateInWords(fact.known)} on.`
  if (standing.supersededBy) {
    return `Superseded: as of ${day} a newer fact replaces it: “${standing.supersededBy.statement}”`
  }
  switch (fact.kind) {
    case 'rule':
      return ruleInWords(fact, standing, asOf)
    case 'event':
      return eventInWords(fact, standing.status)
    case 'plan':
      return planInWords(fact, standing, asOf)
    case 'unknown':
      return `Not recorded: as of ${day} the sources on record leave this open.`
    default:
      return claimInWords(fact, standing.status, snapshot)
  }
}

/** When somebody last checked it, and whether that was too long ago. */
export function verificationInWords({ fact, standing }: StandingFact): string {
  const verified = `Last verified ${dateInWords(fact.verified)}.`
  if (!standing.unverified) return verified
  const since = `Not verified since its review fell due on ${dateInWords(fact.reviewBy)}`
  // What has ended or been replaced says already that nothing newer is known, or what is.
  const ended = ['expired', 'superseded', 'past'].includes(standing.status)
  return `${verified} ${since}${ended ? '.' : '; nothing newer is recorded, so this may have changed.'}`
}

/** `from 1 May 2025 until 10 November 2025`, `on 19 September 2025`, `in April 2025`; empty when no end is known. */
export function periodInWords({ from, until }: Period): string {
  if (from !== undefined && from === until) return at(from)
  return [from && `from ${dateInWords(from)}`, until && `until ${dateInWords(until)}`].filter(Boolean).join(' ')
}

function ruleInWords({ period, verified }: Fact, { status, unverified }: Standing, asOf: Day): string {
  const day = dateInWords(asOf)
  const { from, until } = period
  if (status === 'upcoming') {
    return `Upcoming: not yet in force as of ${day}, but ${periodInWords(period)}, in ${daysApart(asOf, firstDay(from ?? day))}.`
  }
  if (status === 'expired') {
    const ago = daysApart(lastDay(until ?? ''), asOf)
    return `Expired: its stated end, ${dateInWords(until ?? '')}, has passed as of ${day}, by ${ago}, and nothing newer is recorded.`
  }
  // Without a stated end, only somebody who looks can say that it still holds.
  if (unverified && until === undefined) {
    return `Recorded as holding on ${dateInWords(verified)}; whether it still does as of ${day} is not recorded.`
  }
  const since = from === undefined ? '' : `, since ${dateInWords(from)}`
  // A rule without an end is often a lasting state, such as who owns what, and that is not "in force".
  return until === undefined
    ? `Holds as of ${day}${since}; no end is recorded.`
    : `In force as of ${day}${since}, until ${dateInWords(until)}: ${left(asOf, lastDay(until))}.`
}

function eventInWords({ period, known, stated }: Fact, status: string): string {
  const { from = period.until, until = from } = period
  // Without a date of its own it is only known to have happened by the day it was told.
  if (from === undefined) return `Past: recorded as having happened by ${dateInWords(stated ?? known)}.`
  const when = from === until ? at(from) : `from ${dateInWords(from)} until ${dateInWords(until ?? from)}`
  if (status === 'upcoming') return `Upcoming: set to happen ${when}.`
  return status === 'past' ? `Past: happened ${when}.` : `Dated to the as-of date: happens ${when}.`
}

function planInWords({ period, known, stated }: Fact, { status, unverified }: Standing, asOf: Day): string {
  const day = dateInWords(asOf)
  const { from = period.until, until = from } = period
  const announced = `as announced by ${dateInWords(stated ?? known)}`
  const open = `whether it has taken place as of ${day} is not recorded`
  if (from === undefined) {
    return unverified
      ? `Planned, ${announced}, without a date; ${open}.`
      : `Upcoming: planned, ${announced}; no date is recorded for it.`
  }
  const when = from === until ? at(from) : `from ${dateInWords(from)} until ${dateInWords(until ?? from)}`
  if (status === 'expired') {
    const ago = daysApart(lastDay(until ?? from), asOf)
    return `Expired: planned to happen ${when}; its date has passed as of ${day}, by ${ago}; whether it took place is not recorded.`
  }
  if (status === 'upcoming') {
    return `Upcoming as of ${day}: planned to happen ${when}, in ${daysApart(asOf, firstDay(from))}, ${announced}.`
  }
  return `Planned to happen ${when}, ${announced}; ${open}.`
}

/** A position or an estimate: whose it is, and when it was told. */
function claimInWords(fact: Fact, status: string, snapshot: Snapshot): string {
  const what = fact.kind === 'position' ? 'Position' : 'Estimate'
  const speaker = fact.speaker && snapshot.entities.get(fact.speaker)?.name
  const whose = speaker ? `${what} of ${cutAtWord(speaker, 80)}` : what
  const told =
    fact.stated === undefined ? `as reported ${at(reported(fact, snapshot))}` : `as stated ${at(fact.stated)}`
  const held = periodInWords(fact.period)
  if (status === 'past') return `Past: ${whose.replace(/^./, (first) => first.toLowerCase())} ${held}, ${told}.`
  if (status === 'upcoming') return `Upcoming: ${whose} ${held}, ${told}.`
  return `${[whose, held].filter(Boolean).join(', ')}, ${told}.`
}

/** The date of the source that first told it, as that gives it. */
function reported({ known, citations }: Fact, { sources }: Snapshot): PartialDate {
  const dates = citations.map(({ source }) => sources.get(source)?.date)
  return dates.find((date) => date !== undefined && lastDay(date) === known) ?? known
}

/** `51 days left`; the end itself is included. */
function left(asOf: Day, until: Day): string {
  return asOf === until ? 'its last day' : `${daysApart(asOf, until)} left`
}

/** `1 day`, `51 days`. */
function daysApart(from: Day, to: Day): string {
  const days = daysBetween(from, to)
  return `${days} ${days === 1 ? 'day' : 'days'}`
}

function at(date: PartialDate): string {
  return `${date.length === 10 ? 'on' : 'in'} ${dateInWords(date)}`
}
