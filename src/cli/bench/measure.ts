import { performance } from 'node:perf_hooks'
import { createEngine } from '../../answering/engine.ts'
import type { Snapshot } from '../../knowledge/snapshot.ts'
import { ENGINES, finderOf } from './engines.ts'
import { synthetic, withOneChanged } from './synthetic.ts'

/** What one engine showed on one knowledge. Times in milliseconds, memory in MB, shares in percent. */
export interface Measured {
  readonly build: number
  readonly p50: number
  readonly p99: number
  /** What the engine holds on top of the knowledge itself, and all that the process holds. */
  readonly heap: number
  readonly total: number
  readonly right1: number
  readonly right3: number
  readonly asked: number
  /** The engine's answer to one changed fact, until the next engine is ready. */
  readonly replace?: number
}

const PROBES = 400
/** A slow engine is asked fewer questions. */
const SECONDS = 20
const LEAST = 10
/** Code that is not compiled yet is slow; a running bot has long answered some questions. */
const WARM_UP = 100
const WARM_UP_SECONDS = 2
const REPLACEMENTS = 15

/** Measures an engine by its name, in a process of its own that was started with `--expose-gc`. */
export function measure(name: string, facts: number, questions: number): Measured {
  const { snapshot, probes } = synthetic(facts, questions, PROBES)
  const before = held()
  const started = performance.now()
  const find = (ENGINES[name] as (snapshot: Snapshot) => (question: string) => readonly string[])(snapshot)
  const build = performance.now() - started
  const warm = performance.now() + WARM_UP_SECONDS * 1000
  for (const { text } of synthetic(50, 1, WARM_UP).probes) if (performance.now() < warm) find(text)
  const total = held()
  const times: number[] = []
  let right1 = 0
  let right3 = 0
  const deadline = performance.now() + SECONDS * 1000
  for (const { text, fact } of probes) {
    if (times.length >= LEAST && performance.now() > deadline) break
    const asked = performance.now()
    const found = find(text)
    times.push(performance.now() - asked)
    if (found[0] === fact) right1++
    if (found.slice(0, 3).includes(fact)) right3++
  }
  times.sort((a, b) => a - b)
  const percent = (count: number) => (100 * count) / times.length
  return {
    build,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    heap: total - before,
    total,
    right1: percent(right1),
    right3: percent(right3),
    asked: times.length,
    ...(name === 'footnote' ? { replace: replacing(snapshot) } : {}),
  }
}

/** Of sorted numbers the one below which such a share of them lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function replacing(snapshot: Snapshot): number {
  let engine = createEngine(snapshot)
  let knowledge = snapshot
  const times: number[] = []
  for (let i = 0; i < REPLACEMENTS; i++) {
    knowledge = withOneChanged(knowledge, (i * 7919) % snapshot.facts.size)
    const started = performance.now()
    engine = engine.updated(knowledge)
    times.push(performance.now() - started)
    finderOf(engine)('was it confirmed')
  }
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  )
}

function held(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}
