import { setTimeout as sleep } from 'node:timers/promises'
import { DefaultRestOptions, type RESTOptions } from 'discord.js'
import { RateLimiterMemory, RateLimiterQueue } from 'rate-limiter-flexible'
import type { Metrics } from '../monitoring/metrics.ts'
import type { Age } from './ages.ts'

type MakeRequest = RESTOptions['makeRequest']

/** Milliseconds for which answers are edited: Discord gives fifteen minutes, but whoever asked waits no longer. */
const FURTHER = 120_000
/** Who wrote a message, or is told something, waits for longer than for an interaction. */
const OTHER = 30_000
/** A single try takes no longer, where there is time for more than one. */
const ONCE = 10_000
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 5_000
/** Discord allows 50 requests a second with the bot's token; interactions are not among them. */
const PER_SECOND = 45

const CALLBACK = /\/interactions\/(\d+)\/[^/]+\/callback/

export interface TransportOptions {
  /** How old an interaction may be when its first response is there, in milliseconds. */
  readonly lateAfter: number
  readonly age: Age
  readonly elapsed: () => number
  readonly metrics: Metrics
  /** Where it is noted for which interactions a first response is on its way. */
  readonly responding?: Pick<Set<string>, 'add'>
  /** For how many milliseconds anything but interactions is tried. */
  readonly patience?: number
  /** Sends one request; discord.js's own way if not said. */
  readonly send?: MakeRequest
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

/**
 * Sends what discord.js asks for, again and again with growing pauses of random length while Discord or the network
 * fails, as long as anybody waits for it. (discord.js itself tries at once, four times.) Rate limits are discord.js's.
 */
export function createTransport({
  lateAfter,
  age,
  elapsed,
  metrics,
  responding,
  patience = OTHER,
  send = DefaultRestOptions.makeRequest,
  wait = sleep,
}: TransportOptions): MakeRequest {
  const ownPace = new RateLimiterQueue(new RateLimiterMemory({ points: PER_SECOND, duration: 1 }))

  return async (url, init) => {
    const interaction = CALLBACK.exec(url)?.[1]
    if (interaction) responding?.add(interaction)
    if (isByToken(init)) await ownPace.removeTokens(1)
    const whole = interaction ? timeLeft(lateAfter - age(interaction)) : url.includes('/webhooks/') ? FURTHER : patience
    const once = interaction ? whole : ONCE
    const end = elapsed() + whole
    for (let tries = 0; ; tries += 1) {
      const signal = AbortSignal.any(
        [init.signal, AbortSignal.timeout(once)].filter((one) => one instanceof AbortSignal),
      )
      const got = await send(url, { ...init, signal }).catch((error: unknown) => ({ error }))
      const status = 'error' in got ? 0 : got.status
      if (status >= 200 && status < 300 && interaction) metrics.acknowledged(age(interaction) / 1000)
      if (status === 0 || status >= 400) metrics.restFailed(status)
      const pause = Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE) * (0.5 + Math.random() / 2)
      const isHopeless = (status > 0 && status < 500) || init.signal?.aborted || elapsed() + pause > end
      if (!isHopeless) {
        metrics.restRetried()
        // Until it is read, its connection is taken.
        if (!('error' in got)) await got.text().catch(() => undefined)
        await wait(pause)
      } else if ('error' in got) throw got.error
      else return got
    }
  }
}

/** Something is tried in any case. */
function timeLeft(left: number): number {
  return Math.round(Math.max(left, 300))
}

function isByToken({ headers }: Parameters<MakeRequest>[1]): boolean {
  return Object.keys((headers ?? {}) as object).some((name) => name.toLowerCase() === 'authorization')
}
