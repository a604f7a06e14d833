import type { Engine } from '../answering/engine.ts'
import type { Keeper } from '../editing/keeper.ts'
import type { Day } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../monitoring/metrics.ts'
import type { Painter } from '../pictures/painter.ts'
import type { CommandIds } from '../render/message.ts'
import type { Store } from '../store/store.ts'
import type { Words } from '../words/languages.ts'
import type { Trace } from './intake.ts'
import type { Recollection } from './recollection.ts'

/**
 * What every handler works with. The knowledge is the newest there is: whoever needs it to be the same throughout takes
 * it out once. The clock stays at the edge: handlers are told the day and the moment.
 */
export interface Context {
  readonly snapshot: Snapshot
  readonly engine: Engine
  readonly store: Store
  readonly log: Log
  readonly metrics: Metrics
  /** Ids of the registered commands; empty until they are known. */
  readonly commandIds: CommandIds
  readonly painter: Painter
  readonly recollection: Recollection
  /** For how many days gaps and complaints are kept. */
  readonly retentionDays: number
  /** The bot's own words, in the language of whoever it talks to. */
  readonly words: Words
  /** Who changes the knowledge; missing where nobody may. */
  readonly keeper?: Keeper
  /** The guild whose moderators may. */
  readonly moderatorsGuild?: string
  /** Registers the commands again where they changed, as they do with the settings of moderators. */
  register(): Promise<void>
  now(): Date
  /** Milliseconds since any beginning, by a clock that is never set. */
  elapsed(): number
  today(): Day
}

/** The same for one thing that somebody sent. */
export interface TracedContext extends Context {
  readonly trace: Trace
}

/** The same in another language; what changes in the context changes in this one too. */
export function speaking(words: Words, context: Context): Context {
  return Object.create(context, { words: { value: words } }) as Context
}

/** The same for one thing that somebody sent, in their language. */
export function tracing(trace: Trace, words: Words, context: Context): TracedContext {
  return Object.create(context, { words: { value: words }, trace: { value: trace } }) as TracedContext
}
