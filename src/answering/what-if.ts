import type { Day } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { alike } from './alike.ts'
import { createEngine, type Engine } from './engine.ts'
import type { Outcome } from './outcome.ts'

/** What changed knowledge would do with questions. */
export interface WhatIf {
  /** Questions of the fact that it would answer. */
  readonly answered: readonly string[]
  /** Those that it would not, and the fact that would be shown instead, if one would. */
  readonly missed: readonly { readonly question: string; readonly instead?: Fact }[]
  /** Questions of other facts that are answered by them today and would not be any more. */
  readonly moved: readonly { readonly question: string; readonly from: Fact; readonly to?: Fact }[]
  /** A fact that says nearly the same. */
  readonly double?: Fact
}

/** Whose questions are asked again, and how many of each. */
const MOST_NEIGHBOURS = 8
const MOST_QUESTIONS = 15
/** Above this share of words two statements say the same. */
const NEARLY_SAME = 0.8

/** Asks a fact's questions, and those of its neighbours, on changed knowledge: a second or so of work. */
export function whatIf(id: string, changed: Snapshot, today: Engine, now: Snapshot, asOf: Day): WhatIf {
  const fact = changed.facts.get(id)
  if (!fact) return { answered: [], missed: [], moved: [] }
  const engine = createEngine(changed)
  const answered: string[] = []
  const missed: { question: string; instead?: Fact }[] = []
  const neighbours = new Set<string>()
  for (const question of [fact.statement, ...fact.askedAs]) {
    const outcome = engine.ask(question, asOf)
    for (const candidate of outcome.why.candidates) neighbours.add(candidate.id)
    if (question === fact.statement) continue
    if (shows(outcome, id)) answered.push(question)
    else missed.push({ question, ...withFirst('instead', outcome) })
  }
  neighbours.delete(id)
  const moved = [...neighbours]
    .flatMap((other) => now.facts.get(other) ?? [])
    .slice(0, MOST_NEIGHBOURS)
    .flatMap((from) =>
      from.askedAs.slice(0, MOST_QUESTIONS).flatMap((question) => {
        if (!shows(today.ask(question, asOf), from.id)) return []
        const outcome = engine.ask(question, asOf)
        return shows(outcome, from.id) ? [] : [{ question, from, ...withFirst('to', outcome) }]
      }),
    )
  const double = [...now.facts.values()].find((other) => other.id !== id && isDouble(other, fact))
  return { answered, missed, moved, ...(double ? { double } : {}) }
}

function isDouble(other: Fact, { statement, supersedes }: Fact): boolean {
  return !supersedes.includes(other.id) && alike(other.statement, statement) >= NEARLY_SAME
}

function shows(outcome: Outcome, id: string): boolean {
  return outcome.kind === 'answer' && outcome.facts.some(({ fact }) => fact.id === id)
}

function withFirst<Key extends string>(key: Key, outcome: Outcome): { [K in Key]?: Fact } {
  const [first] = outcome.kind === 'answer' ? outcome.facts : []
  return (first ? { [key]: first.fact } : {}) as { [K in Key]?: Fact }
}
