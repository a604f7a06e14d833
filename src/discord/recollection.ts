import type { Previous } from '../answering/follow-up.ts'
import type { Outcome } from '../answering/outcome.ts'

const MINUTES = 10 * 60_000
/** Of all places together; the oldest goes first. */
const MOST = 5_000

/** What people asked last, in memory only and for ten minutes, so that “and until when?” can be understood. */
export interface Recollection {
  /** `keys` are where it may be asked on: by the same person in the same channel, or in reply to a message. */
  remember(keys: readonly string[], outcome: Outcome, now: Date): void
  /** What was asked last under the first of the keys that anything is known of. */
  recall(keys: readonly string[], now: Date): Previous | undefined
}

export function createRecollection(): Recollection {
  const known = new Map<string, { previous: Previous; until: number }>()
  let last = 0
  /** A clock that is set back makes nobody's ten minutes longer. */
  function follow(now: number): void {
    if (now < last) for (const one of known.values()) one.until -= last - now
    last = now
  }
  return {
    remember(keys, outcome, now) {
      follow(now.getTime())
      const { question, asOf } = outcome
      const facts = outcome.kind === 'answer' ? outcome.facts.map(({ fact }) => fact) : []
      for (const key of keys) {
        known.delete(key)
        known.set(key, { previous: { question, asOf, facts }, until: now.getTime() + MINUTES })
      }
      for (const [key, { until }] of known) {
        if (known.size <= MOST && until > now.getTime()) break
        known.delete(key)
      }
    },
    recall(keys, now) {
      follow(now.getTime())
      const found = keys.map((key) => known.get(key)).find((one) => one && one.until > now.getTime())
      return found?.previous
    },
  }
}

/** One person in one channel. */
export function personIn(channel: string, user: string): string {
  return `${channel} ${user}`
}
