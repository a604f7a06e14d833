import { ApplicationCommandOptionType } from 'discord.js'
import type { Outcome } from '../src/answering/outcome.ts'
import { factChoices } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import type { Context } from '../src/discord/context.ts'
import { AS_OF_OPTION, asOfOption, PRIVATE_OPTION, type Privacy, privacyOf } from '../src/discord/options.ts'
import { messageOf, outcomeOf } from '../src/discord/outcomes.ts'
import { reply } from '../src/discord/replies.ts'
import type { Day } from '../src/knowledge/days.ts'
import type { Fact } from '../src/knowledge/snapshot.ts'
import { standingOf } from '../src/knowledge/status.ts'
import { composeFact } from '../src/render/cards.ts'
import { renderFirstFitting, renderOutcome } from '../src/render/message.ts'

/** Shows one fact with all that is recorded of it: also one that a newer fact has replaced. */
export const fact = {
  definition: {
    name: 'fact',
    description: 'Shows one fact with its sources, its period and what it replaces',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'fact',
        description: 'Type a few words and choose',
        required: true,
        autocomplete: true,
      },
      AS_OF_OPTION,
      PRIVATE_OPTION,
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const asOf = asOfOption(interaction, context)
    const typed = interaction.options.getString('fact', true)
    const outcome = outcomeOf(typed, asOf, context)
    const privacy = await privacyOf(interaction, context)
    const meant = context.snapshot.facts.get(typed.trim()) ?? onlyFact(outcome)
    const message = meant
      ? factMessage(meant, asOf, outcome, context, privacy)
      : await messageOf(outcome, interaction, context, privacy)
    await reply(interaction, message, privacy.isPrivate)
  },
  complete({ value }, _interaction, { snapshot }) {
    return factChoices(value, snapshot)
  },
} satisfies Command

function factMessage(meant: Fact, asOf: Day, outcome: Outcome, context: Context, { isShareable }: Privacy) {
  const { snapshot, commandIds, words } = context
  const standing = standingOf(snapshot, meant, asOf)
  // What nobody could know on that day is not shown for it.
  if (standing.status === 'not-yet') return outcomeMessage(outcome, context)
  return renderFirstFitting(composeFact({ fact: meant, standing }, asOf, snapshot, { words, isShareable }), commandIds)
}

function outcomeMessage(outcome: Outcome, { snapshot, commandIds, words }: Context) {
  return renderOutcome(outcome, snapshot, commandIds, { words })
}

/** The fact that a question in free text surely means. */
function onlyFact(outcome: Outcome): Fact | undefined {
  return outcome.kind === 'answer' && outcome.facts.length === 1 ? outcome.facts[0]?.fact : undefined
}
