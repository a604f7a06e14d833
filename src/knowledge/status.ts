import { type Day, firstDay, lastDay } from './days.ts'
import type { Fact, Period, Snapshot } from './snapshot.ts'

/** What a fact is on the as-of date: see the words in CONTRIBUTING.md. */
export type Status = 'current' | 'upcoming' | 'past' | 'expired' | 'superseded' | 'not-yet'

/** What may be said of a fact on the as-of date. */
export interface Standing {
  readonly status: Status
  /** Its review-by day has gone by, so nobody has looked whether it still holds. */
  readonly unverified: boolean
  /** The newest fact that replaces it, when it is superseded. */
  readonly supersededBy?: Fact
}

/** What a fact is on the as-of date, and whether it is still verified. */
export function standingOf(snapshot: Pick<Snapshot, 'facts'>, fact: Fact, asOf: Day): Standing {
  const unverified = asOf > fact.reviewBy
  if (asOf < fact.known) return { status: 'not-yet', unverified }
  const supersededBy = newestSuccessor(snapshot, fact, asOf)
  if (supersededBy) return { status: 'superseded', unverified, supersededBy }
  return { status: statusByPeriod(fact, asOf), unverified }
}

function statusByPeriod(fact: Fact, asOf: Day): Status {
  const { from, until } = spanOf(fact)
  if (from !== undefined && asOf < from) return 'upcoming'
  if (until === undefined || asOf <= until) return fact.kind === 'plan' && from === undefined ? 'upcoming' : 'current'
  // An event is over and done; of a rule or plan nobody recorded what came after its stated end.
  return fact.kind === 'rule' || fact.kind === 'plan' ? 'expired' : 'past'
}

/** The period as it is meant: an event or plan with one date takes place on it. */
export function statedPeriod({ kind, period }: Fact): Period {
  if (kind !== 'event' && kind !== 'plan') return period
  const start = period.from ?? period.until
  return start === undefined ? {} : { from: start, until: period.until ?? start }
}

/** First and last day on which a fact holds or takes place; an end that is open is missing. */
export function spanOf(fact: Fact): { from?: Day; until?: Day } {
  const { from, until } = fact.period
  if (fact.kind === 'event') {
    const start = from ?? until ?? fact.known
    return { from: firstDay(start), until: lastDay(until ?? start) }
  }
  if (fact.kind === 'plan') {
    // A plan with one date takes place on it; a plan without is still to come.
    const start = from ?? until
    return start === undefined ? {} : { from: firstDay(start), until: lastDay(until ?? start) }
  }
  return {
    from: from === undefined ? fact.known : firstDay(from),
    ...(until === undefined ? {} : { until: lastDay(until) }),
  }
}

/** Follows the chain of supersession to the newest fact that is known and has begun on the as-of date. */
function newestSuccessor(snapshot: Pick<Snapshot, 'facts'>, fact: Fact, asOf: Day): Fact | undefined {
  for (const id of fact.supersededBy) {
    const next = snapshot.facts.get(id)
    if (!next || asOf < next.known) continue
    const { from } = spanOf(next)
    if (from !== undefined && asOf < from) continue
    return newestSuccessor(snapshot, next, asOf) ?? next
  }
  return undefined
}
