import type { Day } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { standingOf } from '../knowledge/status.ts'
import type { Outcome } from './outcome.ts'

/** The outcome when somebody chose the fact, so that nothing is left to be unsure of. */
export function outcomeOfFact(fact: Fact, asOf: Day, snapshot: Pick<Snapshot, 'facts'>): Outcome {
  const standing = standingOf(snapshot, fact, asOf)
  const told = { question: fact.askedAs[0] ?? fact.statement, asOf, why: CHOSEN }
  if (standing.status === 'not-yet') {
    return { kind: 'abstention', reason: 'not-yet', knownFrom: fact.known, ...told }
  }
  const newer = standing.supersededBy
  // A fact that was replaced gives way, wherever it was chosen.
  const shown = newer ? { fact: newer, standing: standingOf(snapshot, newer, asOf) } : { fact, standing }
  return { kind: 'answer', facts: [shown], further: [], unanswered: [], ...told }
}

/** The answer that consists of these facts, or of what has replaced them. */
export function outcomeOfFacts(
  facts: readonly [Fact, ...Fact[]],
  asOf: Day,
  snapshot: Pick<Snapshot, 'facts'>,
): Outcome {
  const first = outcomeOfFact(facts[0], asOf, snapshot)
  if (first.kind !== 'answer') return first
  const all = facts
    .map((fact) => outcomeOfFact(fact, asOf, snapshot))
    .flatMap((one) => (one.kind === 'answer' ? one.facts : []))
  // Two facts may have been replaced by the same newer one.
  return { ...first, facts: [...new Map(all.map((one) => [one.fact.id, one])).values()] }
}

/** The outcome where none of several facts was known yet. */
export function outcomeBefore(facts: readonly Fact[], asOf: Day): Outcome {
  const knownFrom = facts.map(({ known }) => known).reduce((a, b) => (a < b ? a : b))
  return { kind: 'abstention', reason: 'not-yet', knownFrom, question: '', asOf, why: CHOSEN }
}

const CHOSEN = { decision: 'chosen by the asker', words: [], repaired: [], entities: [], candidates: [] }
