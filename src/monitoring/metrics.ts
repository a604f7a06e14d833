/** What became of something that somebody sent. */
export type Fate =
  | 'done'
  /** A mistake of theirs, which they were told. */
  | 'mistake'
  | 'failed'
  /** More than one person or one server may send at a time. */
  | 'limited'
  /** More than this process can bear. */
  | 'shed'
  /** Discord had given up on it by then. */
  | 'late'
  /** Delivered before. */
  | 'repeated'

/** What is counted and timed while the bot runs. All times are in seconds. */
export interface Metrics {
  /** A question got its outcome: answer, suggestions or abstention. */
  answered(outcome: string, seconds: number): void
  /** A question that no fact answers was noted. */
  gap(): void
  /** Something was taken in, of a type such as `command` or `mention`, and dealt with. */
  handled(type: string, fate: Fate, seconds: number): void
  /** Discord has taken the first response to an interaction that was so old by then. */
  acknowledged(age: number): void
  /** A request to Discord got another status than success; 0 if it got none. */
  restFailed(status: number): void
  /** It is sent once more. */
  restRetried(): void
  gateway(shard: number, isUp: boolean): void
  /** The knowledge was read again: with so many faults, of which any keeps the old knowledge in place. */
  reloaded(faults: number): void
  /** The database could not do what it was asked to. */
  storeFailed(reason: string): void
  /** Lengths are asked for when somebody looks. */
  queue(name: string, length: () => number | Promise<number>): void
}

/** Where nobody looks, nothing is counted. */
export const NO_METRICS: Metrics = {
  answered() {},
  gap() {},
  handled() {},
  acknowledged() {},
  restFailed() {},
  restRetried() {},
  gateway() {},
  reloaded() {},
  storeFailed() {},
  queue() {},
}
