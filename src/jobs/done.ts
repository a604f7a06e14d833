import { type Day, daysBetween } from '../knowledge/days.ts'

/** A clock that was so far ahead had never been right. */
const MOST_AHEAD = 31

/**
 * Whether the day on which something was done is this one, or one that is still to come because the clock was set back:
 * until it has come again, it is not done again.
 */
export function isDone(day: Day | undefined, today: Day): boolean {
  return day !== undefined && day >= today && daysBetween(today, day) <= MOST_AHEAD
}
