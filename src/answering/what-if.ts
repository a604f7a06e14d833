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

/**
 * Asks a fact's questions, and those of its neighbours, on changed knowledge: a second or so of work, in which others get
 * their turn. `today` has to answer from the newest knowledge whenever it is asked.
 */
export async function whatIf(
  id: string,
  changed: Snapshot,
  today: Pick<Engine, 'ask'>,
  now: Snapshot,
  asOf: Day,
): Promise<WhatIf> {
  const fact = changed.facts.get(id)
  if (!fact) return { answered: [], missed: [], moved: [] }
  const engine = createEngine(changed)
  const answered: string[] = []
  const missed: WhatIf['missed'][number][] = []
  const neighbours = new Set<string>()
  for (const question of [fact.statement, ...fact.askedAs]) {
    await othersTurn()
    const outcome = engine.ask(question, asOf)
    for (const candidate of outcome.why.candidates) neighbours.add(candidate.id)
    if (question === fact.statement) continue
    if (shows(outcome, id)) answered.push(question)
    else missed.push({ question, ...withFirst('instead', outcome) })
  }
  // What the fact replaces is meant to give way to it.
  for (const expected of [id, ...fact.supersedes]) neighbours.delete(expected)
  const moved: WhatIf['moved'][number][] = []
  for (const from of [...neighbours].flatMap((other) => now.facts.get(other) ?? []).slice(0, MOST_NEIGHBOURS)) {
    for (const question of from.askedAs.slice(0, MOST_QUESTIONS)) {
      await othersTurn()
      if (!shows(today.ask(question, asOf), from.id)) continue
      const outcome = engine.ask(question, asOf)
      if (!shows(outcome, from.id)) moved.push({ question, from, ...withFirst('to', outcome) })
    }
  }
  const double = [...now.facts.values()].find((other) => other.id !== id && isDouble(other, fact))
  return { answered, missed, moved, ...(double ? { double } : {}) }
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
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
