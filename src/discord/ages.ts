import { SnowflakeUtil } from 'discord.js'

/** By how much clocks may drift apart: 200 millionths. */
const DRIFT = 0.0002

/** How old something of Discord's is, in milliseconds. */
export type Age = (id: string) => number

/**
 * Tells ages from ids, which carry Discord's own time (https://docs.discord.com/developers/reference#snowflakes). This
 * machine's clock may be off or be set, so it is not asked: what came fastest so far counts as new, and `elapsed`, in
 * milliseconds since any beginning, runs evenly.
 */
export function createAges(elapsed: () => number): Age {
  let fastest = Number.POSITIVE_INFINITY
  let before = elapsed()
  return (id) => {
    const now = elapsed()
    const lag = now - SnowflakeUtil.timestampFrom(id)
    fastest = Math.min(lag, fastest + (now - before) * DRIFT)
    before = now
    return lag - fastest
  }
}
