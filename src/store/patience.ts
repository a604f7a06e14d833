import { setTimeout as wait } from 'node:timers/promises'
import { isLocked } from './failure.ts'

/** Milliseconds of trying again in all, from when it was asked for, and the longest and shortest pause. */
const PATIENCE = 1_500
const LONGEST = 100
const SHORTEST = 2

/**
 * Tries again for a while what will soon be possible, such as what another program's lock keeps from being done. SQLite
 * would wait for that by itself, but nobody else would be served meanwhile.
 */
export async function patiently<Result>(
  attempt: () => Result | Promise<Result>,
  isPassing: (error: unknown) => boolean = isLocked,
  since = performance.now(),
): Promise<Result> {
  const until = since + PATIENCE
  for (let longest = SHORTEST; ; longest = Math.min(longest * 2, LONGEST)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error) || performance.now() >= until) throw error
      // Two that wait for each other should not come back together.
      await wait(longest * (0.5 + Math.random() / 2))
    }
  }
}
