import type { Previous } from '../answering/follow-up.ts'
import type { Outcome } from '../answering/outcome.ts'

const MINUTES = 10 * 60_000
/** Of all places together; the oldest goes first. */
const MOST = 5_000

/** What people asked last, in memory only and for ten minutes, so that “and until when?” can be understood. */
export interface Recollection {
  /** `keys` are where it may be asked on: by the same person in the same channel, or in reply to a message. */
  remember(user: string, keys: readonly string[], outcome: Outcome, now: Date): void
  /** What was asked last under the first of the keys that anything is known of. */
  recall(keys: readonly string[], now: Date): Previous | undefined
  /** The questions of one person that are remembered, the newest first. */
  questionsOf(user: string, now: Date): string[]
  /** Forgets all that one person asked. */
  forget(user: string): void
}

export function createRecollection(): Recollection {
  const known = new Map<string, { user: string; previous: Previous; until: number }>()
  let last = 0
  /** A clock that is set back makes nobody's ten minutes longer. */
  function follow(now: number): void {
    if (now < last) for (const one of known.values()) one.until -= last - now
    last = now
  }
  return {
    remember(user, keys, outcome, now) {
      follow(now.getTime())
      const { question, asOf } = outcome
      const facts = outcome.kind === 'answer' ? outcome.facts.map(({ fact }) => fact) : []
      for (const key of keys) {
        known.delete(key)
        known.set(key, { user, previous: { question, asOf, facts }, until: now.getTime() + MINUTES })
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
    questionsOf(user, now) {
      const theirs = [...known.values()].filter((one) => one.user === user && one.until > now.getTime())
      return [...new Set(theirs.reverse().map(({ previous }) => previous.question))]
    },
    forget(user) {
      for (const [key, one] of known) if (one.user === user) known.delete(key)
    },
  }
}

/** One person in one channel. */
export function personIn(channel: string, user: string): string {
  return `${channel} ${user}`
}
