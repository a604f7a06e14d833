import { type Day, daysBetween, firstDay, lastDay, type PartialDate } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { type Standing, spanOf, standingOf } from '../knowledge/status.ts'
import { takenUp } from './taken-up.ts'

/** Something on a timeline, with the days that it takes up. */
export interface Dated {
  readonly fact: Fact
  readonly standing: Standing
  readonly from: Day
  /** The last day; missing where no end is known. */
  readonly until?: Day
  /** Whether the last day is a stated end or a planned date, which somebody may have to keep. */
  readonly isDeadline: boolean
  /** Known only to have happened by then. */
  readonly isBy: boolean
}

export interface Section {
  readonly topic?: string
  readonly from?: PartialDate
  readonly until?: PartialDate
}

/** What happened, holds, ends and is planned, as known on the as-of date, in order. */
export function timelineOf(snapshot: Snapshot, asOf: Day, { topic, from, until }: Section = {}): Dated[] {
  const [first, last] = [from && firstDay(from), until && lastDay(until)]
  return [...snapshot.facts.values()]
    .filter((fact) => topic === undefined || fact.topic === topic)
    .flatMap((fact) => datedOf(fact, snapshot, asOf) ?? [])
    .filter((one) => (first === undefined || (one.until ?? asOf) >= first) && (last === undefined || one.from <= last))
    .sort((one, other) => compare(one.from, other.from) || compare(one.until ?? '9', other.until ?? '9'))
}

/** The facts of a kind that happens, holds or is planned which have no day to stand at. */
export function undatedOf(snapshot: Snapshot, asOf: Day, topic?: string): Fact[] {
  return [...snapshot.facts.values()].filter(
    (fact) =>
      ['rule', 'plan'].includes(fact.kind) &&
      (topic === undefined || fact.topic === topic) &&
      fact.known <= asOf &&
      !datedOf(fact, snapshot, asOf),
  )
}

function datedOf(fact: Fact, snapshot: Snapshot, asOf: Day): Dated | undefined {
  const standing = standingOf(snapshot, fact, asOf)
  const { from, until } = fact.period
  const isDated = from !== undefined || until !== undefined
  // A lasting state has no place in time, unless it came in the place of another or gave way to one.
  const isReplacing = fact.supersedes.length > 0 || fact.supersededBy.length > 0
  if (standing.status === 'not-yet') return undefined
  if (fact.kind !== 'event' && !(['rule', 'plan'].includes(fact.kind) && (isDated || isReplacing))) return undefined
  const span = takenUp(fact, standing)
  return {
    fact,
    standing,
    ...span,
    isDeadline: fact.kind !== 'event' && span.until !== undefined && span.until === spanOf(fact).until,
    isBy: fact.kind === 'event' && !isDated,
  }
}

/** Something ahead: what ends, begins or is planned, and in how many days. */
export interface Ahead {
  readonly fact: Fact
  readonly standing: Standing
  readonly what: 'ends' | 'begins' | 'planned'
  readonly date: PartialDate
  /** To its first day; while it is under way, or may be, to its last one. */
  readonly days: number
  readonly isUnderWay: boolean
}

/** Deadlines, ends and plans from the as-of date on, the nearest first. */
export function aheadOf(snapshot: Snapshot, asOf: Day, topic?: string): Ahead[] {
  return [...snapshot.facts.values()]
    .filter((fact) => topic === undefined || fact.topic === topic)
    .flatMap((fact) => aheadOfFact(fact, snapshot, asOf))
    .sort((one, other) => one.days - other.days || compare(one.fact.id, other.fact.id))
}

function aheadOfFact(fact: Fact, snapshot: Snapshot, asOf: Day): Ahead[] {
  const standing = standingOf(snapshot, fact, asOf)
  const { from, until } = fact.period
  if (!['current', 'upcoming'].includes(standing.status)) return []
  const at = (what: Ahead['what'], date: PartialDate, day: Day, isUnderWay = false): Ahead => ({
    fact,
    standing,
    what,
    date,
    days: daysBetween(asOf, day),
    isUnderWay,
  })
  if (fact.kind === 'rule') {
    return [
      ...(from !== undefined && firstDay(from) > asOf ? [at('begins', from, firstDay(from))] : []),
      ...(until === undefined ? [] : [at('ends', until, lastDay(until))]),
    ]
  }
  const date = from ?? until
  if (date === undefined || (fact.kind !== 'plan' && fact.kind !== 'event')) return []
  if (fact.kind === 'event' && standing.status !== 'upcoming') return []
  const isUnderWay = firstDay(date) <= asOf
  return [at('planned', date, isUnderWay ? lastDay(until ?? date) : firstDay(date), isUnderWay)]
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
