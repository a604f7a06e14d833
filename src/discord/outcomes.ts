import { outcomeOfFact } from '../answering/chosen.ts'
import type { Outcome } from '../answering/outcome.ts'
import { UserError } from '../errors.ts'
import { type Day, isDay, isPartialDate } from '../knowledge/days.ts'
import type { Message } from '../render/components.ts'
import type { Presentation } from '../render/compose.ts'
import { asNoted } from '../render/custom-id.ts'
import { visible } from '../render/escape.ts'
import { renderOutcome } from '../render/message.ts'
import { en } from '../words/en.ts'
import type { Words } from '../words/languages.ts'
import type { Context, TracedContext } from './context.ts'
import { logFailure, soonOr } from './store-trouble.ts'

/** The outcome of what somebody typed: of a fact's id, as autocompletion gives it, or of a question in free text. */
export function outcomeOf(typed: string, asOf: Day, context: Context): Outcome {
  const fact = context.snapshot.facts.get(typed.trim())
  return fact ? outcomeOfFact(fact, asOf, context.snapshot) : context.engine.ask(typed, asOf)
}

/** No day is longer, whatever is around it. */
const LONGEST_DAY = 100

/** The day that somebody typed; today if they typed none. */
export function parseAsOf(typed: string | null, today: Day, words: Words = en): Day {
  const text = visible((typed ?? '').slice(0, LONGEST_DAY))
  if (text === '') return today
  if (isDay(text)) return text
  if (isPartialDate(text)) {
    throw new UserError(words.asOfWholeDay)
  }
  throw new UserError(words.asOfUnreadable)
}

/** What somebody asked with, whose question it is, and in which server; a message and an interaction tell all of it. */
export interface Asked {
  readonly id: string
  readonly guildId: string | null
  readonly user: { readonly id: string }
}

/**
 * Records a question that no fact answers, and gives the gap's number, for a button to be told of its answer. A store
 * that fails or is slow takes nothing from the outcome but that.
 */
export async function recordGap(
  outcome: Outcome,
  { id: delivery, guildId: guild, user }: Asked,
  context: Context,
): Promise<number | undefined> {
  if (outcome.kind !== 'abstention' || outcome.reason !== 'nothing-near') return undefined
  const gap = {
    question: asNoted(outcome.question),
    asOf: outcome.asOf,
    user: user.id,
    ...(guild ? { guild } : {}),
    at: context.now(),
    delivery,
  }
  const recorded = context.store.recordGap(gap).then(
    (id) => {
      context.metrics.gap()
      return id
    },
    (err) => {
      logFailure(err, 'a gap could not be recorded', context)
      return undefined
    },
  )
  return soonOr(recorded, undefined)
}

/** An outcome as a message. A question in vain is noted, with a button to hear when it is answered. */
export async function messageOf(
  outcome: Outcome,
  asked: Asked,
  context: TracedContext,
  presentation: Presentation = {},
): Promise<Message> {
  const { trace, metrics, elapsed } = context
  trace.outcome = outcome.kind
  metrics.answered(outcome.kind, (elapsed() - trace.began) / 1000)
  const gap = await recordGap(outcome, asked, context)
  const { snapshot, commandIds, words } = context
  return renderOutcome(outcome, snapshot, commandIds, { ...presentation, words, ...(gap === undefined ? {} : { gap }) })
}
