import { setTimeout as wait } from 'node:timers/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from './metrics.ts'

/** Fine below the three seconds that Discord waits, where an operator has to see a change. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3]

/** Milliseconds for telling how long a queue is. */
const PATIENCE = 1_000

/** Metrics in the words of Prometheus, with what Node tells of itself. */
export function createPrometheus(): { metrics: Metrics; registry: Registry } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: `footnote_${name}`, help, labelNames, registers: [registry] })
  const histogram = (name: string, help: string, ...labelNames: string[]) =>
    new Histogram({ name: `footnote_${name}`, help, labelNames, buckets: SECONDS, registers: [registry] })
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `footnote_${name}`, help, labelNames, registers: [registry] })

  const questions = counter('questions_total', 'Questions by their outcome', 'outcome')
  const answer = histogram('answer_seconds', 'Time to find an outcome')
  const gaps = counter('gaps_total', 'Questions without an answer that were noted')
  const handled = counter('handled_total', 'What was taken in, by type and by what became of it', 'type', 'fate')
  const handling = histogram('handling_seconds', 'Time to deal with what was taken in', 'type')
  const acknowledged = histogram('acknowledgement_age_seconds', 'Age of interactions when Discord took the response')
  const errors = counter('rest_errors_total', 'Requests to Discord without success, by status (0: no answer)', 'status')
  const retries = counter('rest_retries_total', 'Requests to Discord that were sent once more')
  const gateway = gauge('gateway_up', 'Whether a shard is connected', 'shard')
  const reloads = counter('reloads_total', 'Times that the knowledge was read again', 'result')
  const faults = gauge('knowledge_faults', 'Faults in the knowledge files, which keep the last good ones in force')
  const store = counter('store_failures_total', 'What the database could not do, by reason', 'reason')
  const lengths = new Map<string, () => number | Promise<number>>()
  new Gauge({
    name: 'footnote_queue_length',
    help: 'What waits or is under way',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      for (const [queue, length] of lengths) {
        const known = await Promise.race([length(), wait(PATIENCE, undefined, { ref: false })]).catch(() => undefined)
        // Of a queue in a database that is away, nothing is known.
        if (known === undefined) this.remove({ queue })
        else this.set({ queue }, known)
      }
    },
  })

  return {
    registry,
    metrics: {
      answered(outcome, seconds) {
        questions.inc({ outcome })
        answer.observe(seconds)
      },
      gap: () => gaps.inc(),
      handled(type, fate, seconds) {
        handled.inc({ type, fate })
        handling.observe({ type }, seconds)
      },
      acknowledged: (age) => acknowledged.observe(age),
      restFailed: (status) => errors.inc({ status }),
      restRetried: () => retries.inc(),
      gateway: (shard, isUp) => gateway.set({ shard }, isUp ? 1 : 0),
      reloaded(count) {
        reloads.inc({ result: count === 0 ? 'taken up' : 'faulty' })
        faults.set(count)
      },
      storeFailed: (reason) => store.inc({ reason }),
      queue: (name, length) => void lengths.set(name, length),
    },
  }
}
