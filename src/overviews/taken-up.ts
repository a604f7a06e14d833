import { type Day, shiftDay } from '../knowledge/days.ts'
import type { Fact } from '../knowledge/snapshot.ts'
import { type Standing, spanOf } from '../knowledge/status.ts'

/** The days that a fact takes up in an overview: until its own end, or until the day before what has replaced it began. */
export function takenUp(fact: Fact, { supersededBy }: Standing): { from: Day; until?: Day } {
  const { from = fact.known, until } = spanOf(fact)
  if (!supersededBy) return { from, ...(until === undefined ? {} : { until }) }
  const last = shiftDay(spanOf(supersededBy).from ?? supersededBy.known, -1)
  const replaced = last < from ? from : last
  return { from, until: until === undefined || replaced < until ? replaced : until }
}
