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
import type { Context } from './context.ts'

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
    return await store.recordGap({
      question: asNoted(outcome.question),
      asOf: outcome.asOf,
      ...(guild ? { guild } : {}),
      at: now(),
    })
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
