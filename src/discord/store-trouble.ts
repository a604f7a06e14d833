import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../log.ts'
import { StoreFailure } from '../store/failure.ts'
import type { Context } from './context.ts'

/** Milliseconds for which an answer waits for the store. */
const PATIENCE = 300
const MINUTE = 60_000
/** What has been said in a log within a minute. */
const said = new WeakMap<Log, Set<string>>()

/**
 * Logs what failed. That the database fails is a line for the operator, once a minute for each reason however many hit on
 * it; anything else is a fault of ours and comes with its stack.
 */
export function logFailure(
  err: unknown,
  what: string,
  { log, metrics }: Pick<Context, 'log' | 'metrics'>,
  about: object = {},
): void {
  if (!(err instanceof StoreFailure)) {
    log.error({ ...about, err }, what)
    return
  }
  const { reason, message } = err
  metrics.storeFailed(reason)
  const lately = said.get(log) ?? new Set()
  said.set(log, lately)
  if (lately.has(reason)) return
  lately.add(reason)
  setTimeout(() => lately.delete(reason), MINUTE).unref()
  log.error({ reason }, `${what}: ${message}`)
}

/** What the store gives, if it does so soon and does not fail: an answer does not wait for it. */
export async function soonOr<Result, Otherwise>(work: Promise<Result>, otherwise: Otherwise, milliseconds = PATIENCE) {
  const patience = new AbortController()
  try {
    return await Promise.race([work, wait(milliseconds, otherwise, { signal: patience.signal })])
  } finally {
    patience.abort()
  }
}
