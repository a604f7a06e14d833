/** Discord's limit of requests a second to all routes together. */
import { performance } from 'node:perf_hooks'
import { type Effect, rateLimit } from './faults.ts'

/** What was sent a second later may arrive a little sooner than that. */
const WINDOW = 980

/** A request that was one too many. */
export interface Excess {
  method: string
  path: string
  at: number
}

export class GlobalLimit {
  readonly exceeded: Excess[] = []
  readonly #perSecond: number
  readonly #now: () => number
  #since = Number.NEGATIVE_INFINITY
  #count = 0

  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond
    this.#now = now
  }

  /** Counts a request; the answer to it, if it is one too many. */
  take(method: string, path: string): Extract<Effect, { kind: 'answer' }> | undefined {
    const moment = performance.now()
    if (moment - this.#since >= WINDOW) {
      this.#since = moment
      this.#count = 0
    }
    if (++this.#count <= this.#perSecond) return undefined
    this.exceeded.push({ method, path, at: this.#now() })
    return rateLimit((this.#since + WINDOW - moment) / 1000, true)
  }
}
