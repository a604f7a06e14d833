import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Sent } from './intake.ts'

/** How much one person and one server may send in so many seconds; typing asks for choices at every letter. */
export interface Limits {
  /** Milliseconds after which interactions are not answered but told to come again: what follows would be too late. */
  readonly busyAfter: number
  /** Milliseconds after which Discord has given up on an interaction, less a little. */
  readonly lateAfter: number
  readonly seconds: number
  readonly person: number
  readonly server: number
  readonly personTyping: number
  readonly serverTyping: number
}

export const LIMITS: Limits = {
  busyAfter: 1_500,
  lateAfter: 2_900,
  seconds: 10,
  person: 20,
  server: 300,
  personTyping: 60,
  serverTyping: 1_500,
}

/** What is beyond the limits: for how many seconds, and whether this is the first of it. */
export interface Excess {
  readonly seconds: number
  readonly isFirst: boolean
}

/** Counts what persons and servers send, and tells when it is too much. */
export function createLimiter({ seconds, person, server, personTyping, serverTyping }: Limits) {
  const counter = (points: number) => new RateLimiterMemory({ points, duration: seconds })
  const asking = { person: counter(person), server: counter(server) }
  const typing = { person: counter(personTyping), server: counter(serverTyping) }

  return async ({ type, user, guild }: Sent): Promise<Excess | undefined> => {
    const counters = type === 'autocomplete' ? typing : asking
    // What one person sends beyond their own limit takes nothing from their server's.
    return (await excess(counters.person, user)) ?? (guild === null ? undefined : await excess(counters.server, guild))
  }
}

async function excess(counter: RateLimiterMemory, key: string): Promise<Excess | undefined> {
  try {
    await counter.consume(key)
    return undefined
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    return { seconds: Math.ceil(error.msBeforeNext / 1000), isFirst: error.consumedPoints === counter.points + 1 }
  }
}
