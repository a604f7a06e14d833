import type { Client } from 'discord.js'
import { outcomeOfFact } from '../answering/chosen.ts'
import type { Outcome } from '../answering/outcome.ts'
import { type Day, dateInWords, lastDay, shiftDay } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { escaped } from '../render/escape.ts'
import { renderOutcome } from '../render/message.ts'
import type { Context } from './context.ts'
import { toOptions } from './replies.ts'

/** One question of the knowledge's own, on two days. */
export interface Showcase {
  readonly question: string
  readonly outcomes: readonly Outcome[]
}

/**
 * What shows best that an answer depends on the day: a rule with an end, asked the day after its source came out and
 * today. Undefined if the knowledge has no such rule.
 */
export function chooseShowcase(context: Pick<Context, 'snapshot' | 'engine' | 'today'>): Showcase | undefined {
  const rules = rulesThatEnd(context.snapshot)
  const daysFor = (fact: Fact) => [...new Set([shiftDay(sourceDay(fact, context.snapshot), 1), context.today()])]
  for (const fact of rules) {
    const question = fact.askedAs[0]
    if (question === undefined) continue
    const outcomes = daysFor(fact).map((day) => context.engine.ask(question, day))
    if (outcomes.every((outcome) => outcome.kind === 'answer')) return { question, outcomes }
  }
  const [first] = rules
  if (!first) return undefined
  return {
    question: first.askedAs[0] ?? first.statement,
    outcomes: daysFor(first).map((day) => outcomeOfFact(first, day, context.snapshot)),
  }
}

/** Posts the showcase, so that somebody who opens an empty sandbox sees at once what an answer is. */
export async function postShowcase(client: Client<true>, channelName: string, context: Context): Promise<void> {
  const showcase = chooseShowcase(context)
  const channel = client.channels.cache.find((one) => one.isSendable() && 'name' in one && one.name === channelName)
  if (!showcase || !channel?.isSendable()) return
  const days = showcase.outcomes.map(({ asOf }) => dateInWords(asOf)).join(', then as of ')
  await channel.send(`**${escaped(showcase.question)}** Asked as of ${days}:`)
  for (const outcome of showcase.outcomes) {
    await channel.send(toOptions(renderOutcome(outcome, context.snapshot, context.commandIds)))
  }
}

/** Rules with a stated end after their source, the nearest end first. */
function rulesThatEnd(snapshot: Snapshot): Fact[] {
  const endOf = ({ period }: Fact) => (period.until === undefined ? '' : lastDay(period.until))
  return [...snapshot.facts.values()]
    .filter((fact) => fact.kind === 'rule' && endOf(fact) > sourceDay(fact, snapshot) && fact.supersededBy.length === 0)
    .sort((one, other) => endOf(one).localeCompare(endOf(other)))
}

function sourceDay({ citations, known }: Fact, { sources }: Snapshot): Day {
  const date = sources.get(citations[0]?.source ?? '')?.date
  return date === undefined ? known : lastDay(date)
}
