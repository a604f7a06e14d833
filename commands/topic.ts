import { ApplicationCommandOptionType } from 'discord.js'
import { outcomeBefore } from '../src/answering/chosen.ts'
import { factChoices } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { AS_OF_OPTION, asOfOption, PRIVATE_OPTION, privacyOf } from '../src/discord/options.ts'
import { messageOf, outcomeOf } from '../src/discord/outcomes.ts'
import { reply } from '../src/discord/replies.ts'
import type { Topic } from '../src/knowledge/snapshot.ts'
import { composeTopic } from '../src/render/cards.ts'
import { cutAtWord, visible } from '../src/render/escape.ts'
import { renderOutcome, renderView } from '../src/render/message.ts'

/** The command of a topic: shows one of its facts, or all of them to choose from. */
export function topicCommand({ name: topic, title, description }: Topic) {
  return {
    definition: {
      name: topic,
      description: cutAtWord(visible(description) || visible(title) || topic, 100),
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'fact',
          description: 'Type a few words and choose, or ask a question',
          autocomplete: true,
        },
        AS_OF_OPTION,
        PRIVATE_OPTION,
      ],
      ...EVERYWHERE,
    },
    async execute(interaction, context) {
      const asOf = asOfOption(interaction, context)
      const privacy = await privacyOf(interaction, context)
      const typed = interaction.options.getString('fact')
      const current = context.snapshot.topics.get(topic)
      if (!typed && current) {
        const facts = current.facts.filter(({ known }) => known <= asOf)
        const { snapshot, commandIds, words } = context
        const message =
          facts.length > 0
            ? renderView(composeTopic({ ...current, facts }, asOf, words))
            : renderOutcome(outcomeBefore(current.facts, asOf), snapshot, commandIds, { words })
        await reply(interaction, message, privacy.isPrivate)
        return
      }
      const outcome = outcomeOf(typed ?? '', asOf, context)
      await reply(interaction, await messageOf(outcome, interaction, context, privacy), privacy.isPrivate)
    },
    complete({ value }, _interaction, { snapshot }) {
      return factChoices(value, snapshot, topic)
    },
  } satisfies Command
}
