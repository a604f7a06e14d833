import type { Outcome } from '../answering/outcome.ts'
import { UserError } from '../errors.ts'
import { type Day, isDay, isPartialDate } from '../knowledge/days.ts'
import type { Fact } from '../knowledge/snapshot.ts'
import { standingOf } from '../knowledge/status.ts'
import type { Message } from '../render/components.ts'
import type { Presentation } from '../render/compose.ts'
import { visible } from '../render/escape.ts'
import { renderOutcome } from '../render/message.ts'
import { en } from '../words/en.ts'
import type { Words } from '../words/languages.ts'
import type { Context } from './context.ts'

/** The outcome of what somebody typed: of a fact's id, as autocompletion gives it, or of a question in free text. */
export function outcomeOf(typed: string, asOf: Day, context: Context): Outcome {
  const fact = context.snapshot.facts.get(typed.trim())
  return fact ? outcomeOfFact(fact, asOf, context) : context.engine.ask(typed, asOf)
}

/** The outcome when somebody chose the fact, so that nothing is left to be unsure of. */
export function outcomeOfFact(fact: Fact, asOf: Day, { snapshot }: Pick<Context, 'snapshot'>): Outcome {
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
  context: Pick<Context, 'snapshot'>,
): Outcome {
  const outcomes = facts.map((fact) => outcomeOfFact(fact, asOf, context))
  const [first] = outcomes
  const answers = outcomes.filter((one) => one.kind === 'answer')
  if (first?.kind !== 'answer') return outcomeOfFact(facts[0], asOf, context)
  const shown = new Map(answers.flatMap((one) => one.facts).map((one) => [one.fact.id, one]))
  return { ...first, facts: [...shown.values()] }
}

/** The outcome where none of several facts was known yet. */
export function outcomeBefore(facts: readonly Fact[], asOf: Day): Outcome {
  const knownFrom = facts.map(({ known }) => known).reduce((a, b) => (a < b ? a : b))
  return { kind: 'abstention', reason: 'not-yet', knownFrom, question: '', asOf, why: CHOSEN }
}

/** The day that somebody typed; today if they typed none. */
export function parseAsOf(typed: string | null, today: Day, words: Words = en): Day {
  const text = visible(typed ?? '')
  if (text === '') return today
  if (isDay(text)) return text
  if (isPartialDate(text)) {
    throw new UserError(words.asOfWholeDay)
  }
  throw new UserError(words.asOfUnreadable)
}

/**
 * Records a question that no fact answers, and gives the gap's number, for a button to be told of its answer. A failure
 * takes nothing from the outcome but that.
 */
export async function recordGap(
  outcome: Outcome,
  guild: string | null,
  { store, log, now }: Context,
): Promise<number | undefined> {
  if (outcome.kind !== 'abstention' || outcome.reason !== 'nothing-near') return undefined
  try {
    const question = visible(outcome.question).slice(0, 500)
    return await store.recordGap({ question, asOf: outcome.asOf, ...(guild ? { guild } : {}), at: now() })
  } catch (err) {
    log.error({ err }, 'a gap could not be recorded')
    return undefined
  }
}

/** An outcome as a message. A question in vain is noted, with a button to hear when it is answered. */
export async function messageOf(
  outcome: Outcome,
  guild: string | null,
  context: Context,
  presentation: Presentation = {},
): Promise<Message> {
  const gap = await recordGap(outcome, guild, context)
  const { snapshot, commandIds, words } = context
  return renderOutcome(outcome, snapshot, commandIds, { ...presentation, words, ...(gap === undefined ? {} : { gap }) })
}

const CHOSEN = { decision: 'chosen by the asker', words: [], repaired: [], entities: [], candidates: [] }
