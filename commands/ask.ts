import { ApplicationCommandOptionType } from 'discord.js'
import { type Choice, factChoices } from '../src/discord/choices.ts'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import {
  askWhatIsWrong,
  recordWhatIsWrong,
  shareAnswer,
  showChosen,
  showFurther,
  showSources,
} from '../src/discord/controls.ts'
import { AS_OF_OPTION, asOfOption, PRIVATE_OPTION, privacyOf } from '../src/discord/options.ts'
import { messageOf, outcomeOf } from '../src/discord/outcomes.ts'
import { personIn } from '../src/discord/recollection.ts'
import { reply } from '../src/discord/replies.ts'
import type { Snapshot } from '../src/knowledge/snapshot.ts'
import { visible } from '../src/render/escape.ts'

/** Answers a question in free text; also everything that can be pressed on an answer. */
export const ask = {
  definition: {
    name: 'ask',
    description: 'Answers a question from curated, cited and dated facts',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'question',
        description: 'What you want to know',
        required: true,
        max_length: 2000,
        autocomplete: true,
      },
      AS_OF_OPTION,
      PRIVATE_OPTION,
    ],
    ...EVERYWHERE,
  },
  async execute(interaction, context) {
    const asOf = asOfOption(interaction, context)
    const outcome = outcomeOf(interaction.options.getString('question', true), asOf, context)
    const { channelId, user } = interaction
    context.recollection.remember(user.id, [personIn(channelId, user.id)], outcome, context.now())
    const privacy = await privacyOf(interaction, context)
    await reply(interaction, await messageOf(outcome, interaction, context, privacy), privacy.isPrivate)
  },
  complete({ value }, _interaction, { snapshot }) {
    return questionChoices(value, snapshot)
  },
  presses: { show: showChosen, further: showFurther, sources: showSources, wrong: askWhatIsWrong, share: shareAnswer },
  forms: { wrong: recordWhatIsWrong },
} satisfies Command

/** Of what is longer, hardly anything could be seen if it fitted. */
const LONGEST_TYPED = 400

/** What was typed comes first: Enter picks the first choice, and must not ask another question than the asker's own. */
function questionChoices(typed: string, snapshot: Snapshot): Choice[] {
  // Too long for a choice: without choices, Discord sends what was typed.
  if (typed.length > LONGEST_TYPED) return []
  const own = visible(typed)
  if (own === '') return factChoices('', snapshot)
  if (own.length > 100) return []
  return [{ name: own, value: own }, ...factChoices(own, snapshot)].slice(0, 25)
}
