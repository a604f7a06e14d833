import { randomInt } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Log } from '../log.ts'
import type { Fate, Metrics } from '../monitoring/metrics.ts'
import type { Age } from './ages.ts'
import { createLimiter, type Excess, type Limits } from './limits.ts'

/** Something that a person sent, as far as it matters for whether it is taken in. */
export interface Sent {
  readonly id: string
  readonly type: 'command' | 'autocomplete' | 'press' | 'form' | 'message'
  /** The command's name, for the log. */
  readonly name?: string
  readonly user: string
  readonly guild: string | null
}

/** What is known of one thing while it is dealt with. */
export interface Trace {
  /** What people are told, for finding it in the log. */
  readonly reference: string
  /** When it began, by the clock that is never set. */
  readonly began: number
  /** Milliseconds from then until Discord gives up on it. */
  readonly left: number
  /** What a question got. */
  outcome?: string
}

/** Why it is not dealt with, where whoever sent it should hear of it. */
export type Refusal = { readonly fate: 'shed' } | ({ readonly fate: 'limited' } & Excess)

export interface Handling {
  /** Deals with it, and tells what became of it. */
  deal(trace: Trace): Promise<Fate>
  /** Says so, and tells what became of it. */
  refuse(refusal: Refusal, trace: Trace): Promise<Fate>
}

/** Where everything comes in: it looks at what can be dealt with, and knows what is under way. */
export interface Intake {
  /** Never rejects. */
  take(sent: Sent, handling: Handling): Promise<void>
  /** How many things are under way. */
  size(): number
  /** Resolves when the thing with this id is not under way any more. */
  ended(id: string): Promise<void>
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>
}

export interface IntakeOptions {
  readonly limits: Limits
  readonly age: Age
  readonly elapsed: () => number
  readonly metrics: Metrics
  readonly log: Log
}

/** With messages Discord never gives up, but nobody waits for an answer for longer than so many milliseconds. */
const FORGOTTEN = 60_000
/** More is not begun: each takes memory until it ends. */
const MOST_AT_ONCE = 2_000
/** Discord may deliver again what came last when a connection is taken up anew. */
const REMEMBERED = 20_000
// Without letters and digits that look alike, because people read it out or copy it by hand.
const REFERENCE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

export function createIntake({ limits, age, elapsed, metrics, log }: IntakeOptions): Intake {
  const seen = new Set<string>()
  const underWay = new Map<string, Promise<void>>()
  const excessOf = createLimiter(limits)
  let dealtWith = 0
  metrics.queue('under way', () => underWay.size)

  function isRepeated(id: string): boolean {
    if (seen.has(id)) return true
    seen.add(id)
    const [oldest] = seen
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest)
    return false
  }

  async function judge(sent: Sent): Promise<Refusal | { fate: 'repeated' | 'late' } | undefined> {
    if (isRepeated(sent.id)) return { fate: 'repeated' }
    const excess = await excessOf(sent)
    await turn()
    const isMessage = sent.type === 'message'
    const old = age(sent.id)
    if (old > (isMessage ? FORGOTTEN : limits.lateAfter)) return { fate: 'late' }
    if (excess) return { fate: 'limited', ...excess }
    return (!isMessage && old > limits.busyAfter) || dealtWith >= MOST_AT_ONCE ? { fate: 'shed' } : undefined
  }

  let last: Promise<unknown> = Promise.resolve()
  /** Much may come in at once: only one thing is begun in a turn of the event loop, so that answers go out meanwhile. */
  function turn(): Promise<unknown> {
    last = last.then(() => nextTurn())
    return last
  }

  async function begin(deal: Handling['deal'], trace: Trace): Promise<Fate> {
    dealtWith += 1
    try {
      return await deal(trace)
    } finally {
      dealtWith -= 1
    }
  }

  async function handle(sent: Sent, { deal, refuse }: Handling): Promise<void> {
    const old = age(sent.id)
    const trace: Trace = { reference: newReference(), began: elapsed(), left: limits.lateAfter - old }
    let fate: Fate = 'failed'
    try {
      const refusal = await judge(sent)
      if (!refusal) fate = await begin(deal, trace)
      else {
        fate = refusal.fate
        if (refusal.fate === 'limited' || refusal.fate === 'shed') fate = await refuse(refusal, trace)
      }
    } catch (err) {
      log.error({ reference: trace.reference, err }, 'what came in could not be dealt with')
    }
    const took = elapsed() - trace.began
    metrics.handled(sent.type, fate, took / 1000)
    const { type, name, guild, id } = sent
    const { reference, outcome } = trace
    log.info({ type, name, guild, id, fate, outcome, reference, ms: Math.round(took), age: Math.round(old) }, 'handled')
  }

  return {
    take(sent, handling) {
      // What is delivered again ends with what it repeats.
      const work = Promise.all([underWay.get(sent.id), handle(sent, handling)]).then(() => {
        if (underWay.get(sent.id) === work) underWay.delete(sent.id)
      })
      underWay.set(sent.id, work)
      return work
    },
    size: () => underWay.size,
    ended: (id) => underWay.get(id) ?? Promise.resolve(),
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay.values())
    },
  }
}

function newReference(): string {
  return Array.from({ length: 6 }, () => REFERENCE_LETTERS[randomInt(REFERENCE_LETTERS.length)]).join('')
}
