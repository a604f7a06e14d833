import type { Engine } from '../answering/engine.ts'
import type { Day } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { Log } from '../log.ts'
import type { CommandIds } from '../render/message.ts'
import type { Store } from '../store/store.ts'

/** What every handler works with. The clock stays at the edge: handlers are told the day and the moment. */
export interface Context {
  readonly snapshot: Snapshot
  readonly engine: Engine
  readonly store: Store
  readonly log: Log
  /** Ids of the registered commands; empty until they are known. */
  readonly commandIds: CommandIds
  now(): Date
  today(): Day
}
