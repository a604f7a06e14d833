import type { Day } from '../knowledge/days.ts'
import type { Fact } from '../knowledge/snapshot.ts'
import { spanOf } from '../knowledge/status.ts'
import { type AskedTime, datesIn } from './dates.ts'
import type { TimeSaid } from './outcome.ts'

/** Days from one to another, both included; an open end is missing. */
export interface Span {
  readonly from?: Day
  readonly until?: Day
}

/** For which day a question is asked, and about which days. */
export interface TimeAsked {
  readonly asOf: Day
  /** What was said of it and how it was understood, if anything was. */
  readonly said?: TimeSaid
  /** Facts of these days are asked for. */
  readonly during?: Span
}

/**
 * What the dates in a question mean for its answer. “As of” a day is asked for that day. What lies ahead is asked for
 * its first day: how things stand then, as far as is known. What is over is asked for today, about those days. Several
 * times in one question cancel each other out, and a time that only names something (“the June call”) is none.
 */
export function timeAsked(text: string, today: Day): TimeAsked {
  const times = datesIn(text, today).filter((time) => !time.naming && !isToday(time, today))
  const time = times.find(({ kind }) => kind === 'as-of') ?? (times.length === 1 ? times[0] : undefined)
  if (!time) return { asOf: today }
  const { kind, from, until } = time
  const during = { ...(from && { from }), ...(until && { until }) }
  const said = { text: time.text, ...during }
  if (kind !== 'before' && from && from > today) return { asOf: from, said }
  if (kind === 'as-of' && until) return { asOf: until < today ? until : today, said }
  return { asOf: today, said, during }
}

/** Whether a fact that is dated lies wholly outside of the days asked for. */
export function isOutside(fact: Fact, during: Span | undefined): boolean {
  const span = during && datesOf(fact)
  return during !== undefined && span !== undefined && (isBefore(span, during) || isBefore(during, span))
}

/** Whether a fact is dated to the days asked for. */
export function isWithin(fact: Fact, during: Span | undefined): boolean {
  return during !== undefined && datesOf(fact) !== undefined && !isOutside(fact, during)
}

/** What a curator dated; that a lasting fact was known from some day on tells nothing of the days before. */
function datesOf(fact: Fact): Span | undefined {
  if (fact.kind === 'unknown') return undefined
  const isDated = fact.kind === 'event' || fact.period.from !== undefined || fact.period.until !== undefined
  return isDated ? spanOf(fact) : undefined
}

function isBefore({ until }: Span, { from }: Span): boolean {
  return until !== undefined && from !== undefined && until < from
}

function isToday({ from, until }: AskedTime, today: Day): boolean {
  return from === today && until === today
}
