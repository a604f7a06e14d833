import { setTimeout as wait } from 'node:timers/promises'
import { isLocked } from './failure.ts'

/** Milliseconds of waiting in all, and the longest and shortest at a time. */
const PATIENCE = 2_000
const LONGEST = 100
const SHORTEST = 2

/**
 * Tries again for a while what another program's lock keeps from being done. SQLite would wait by itself, but nobody else
 * would be served meanwhile.
 */
export async function patiently<Result>(attempt: () => Result | Promise<Result>): Promise<Result> {
  for (let waited = 0, longest = SHORTEST; ; longest = Math.min(longest * 2, LONGEST)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isLocked(error) || waited >= PATIENCE) throw error
      // Two that wait for each other should not come back together.
      const milliseconds = longest * (0.5 + Math.random() / 2)
      waited += milliseconds
      await wait(milliseconds)
    }
  }
}
