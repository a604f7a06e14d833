/** Makes the sandbox misbehave as networks and Discord do. */
import { setTimeout as wait } from 'node:timers/promises'

export interface Match {
  method?: string
  /** Matches the path below `/api/v10`. */
  path?: RegExp
  /** How many requests it befalls; 1 if not said. */
  times?: number
}

export type Fault =
  /** Discord's rate limit, of the route or of everything. Seconds. */
  | { kind: 'rate-limit'; retryAfter: number; global?: boolean }
  /** An error without the request having had any effect. */
  | { kind: 'error'; status: number }
  /** The request has its effect, but the answer is an error. */
  | { kind: 'lose'; status: number }
  /** The connection is cut instead of an answer. */
  | { kind: 'cut' }
  /** The request is taken only after so many milliseconds. */
  | { kind: 'delay'; milliseconds: number }

export type Effect =
  | { kind: 'answer'; status: number; body: unknown; headers: Record<string, string> }
  | { kind: 'lose'; status: number }
  | { kind: 'cut' }

export class Faults {
  /** Milliseconds by which every request is taken later. */
  delay = 0
  #waiting: Array<{ match: Match; fault: Fault; left: number }> = []

  /** The next request that matches is befallen by the fault. */
  next(match: Match, fault: Fault): void {
    this.#waiting.push({ match, fault, left: match.times ?? 1 })
  }

  clear(): void {
    this.#waiting = []
    this.delay = 0
  }

  /** What happens to a request, after the delay that happens to it. */
  async take(method: string, path: string): Promise<Effect | undefined> {
    if (this.delay > 0) await wait(this.delay)
    const found = this.#waiting.find(
      ({ match }) => (match.method ?? method) === method && (match.path?.test(path) ?? true),
    )
    if (!found) return undefined
    found.left--
    if (found.left <= 0) this.#waiting.splice(this.#waiting.indexOf(found), 1)
    return effect(found.fault)
  }
}

async function effect(fault: Fault): Promise<Effect | undefined> {
  if (fault.kind === 'rate-limit') return rateLimit(fault.retryAfter, fault.global ?? false)
  if (fault.kind === 'error')
    return { kind: 'answer', status: fault.status, body: { message: `${fault.status}: Error`, code: 0 }, headers: {} }
  if (fault.kind !== 'delay') return fault
  await wait(fault.milliseconds)
  return undefined
}

/** Discord's answer to requests that are too many. */
export function rateLimit(retryAfter: number, global: boolean): Extract<Effect, { kind: 'answer' }> {
  const headers: Record<string, string> = {
    'retry-after': String(Math.ceil(retryAfter)),
    'x-ratelimit-scope': global ? 'global' : 'user',
    'x-ratelimit-reset-after': String(retryAfter),
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-bucket': 'sandbox',
    ...(global ? { 'x-ratelimit-global': 'true' } : {}),
  }
  const body = { message: 'You are being rate limited.', retry_after: retryAfter, global }
  return { kind: 'answer', status: 429, body, headers }
}
