import { ApplicationCommandOptionType } from 'discord.js'
import { sourceChoices } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { PRIVATE_OPTION, privacyOf } from '../src/discord/options.ts'
import { reply } from '../src/discord/replies.ts'
import { UserError } from '../src/errors.ts'
import { composeSource, composeSourceList } from '../src/render/cards.ts'
import { renderFirstFitting } from '../src/render/message.ts'

/** Lists the documents that facts cite, or shows one of them. */
export const sources = {
  definition: {
    name: 'sources',
    description: 'Lists the documents that the facts cite',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'source',
        description: 'Only this one, with the facts that cite it',
        autocomplete: true,
      },
      PRIVATE_OPTION,
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const { snapshot, words, today } = context
    const typed = interaction.options.getString('source')?.trim()
    // Free text works too: the nearest source is as good as the one chosen from the list.
    const id = typed && (snapshot.sources.has(typed) ? typed : sourceChoices(typed, snapshot)[0]?.value)
    const source = id ? snapshot.sources.get(id) : undefined
    if (typed && !source) throw new UserError(words.sources.none)
    const views = source ? [composeSource(source, today(), snapshot, words)] : composeSourceList(snapshot, words)
    await reply(interaction, renderFirstFitting(views), (await privacyOf(interaction, context)).isPrivate)
  },
  complete({ value }, _interaction, { snapshot }) {
    return sourceChoices(value, snapshot)
  },
} satisfies Command
