import { ApplicationCommandType } from 'discord.js'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { isWithBot } from '../src/discord/options.ts'
import { messageOf } from '../src/discord/outcomes.ts'
import { reply } from '../src/discord/replies.ts'

/** Answers somebody's message, in private: whoever wrote it did not ask for a public answer. */
export const answerFromFacts = {
  definition: { type: ApplicationCommandType.Message, name: 'Answer from facts', ...EVERYWHERE },
  async executeOn(interaction, context) {
    const outcome = context.engine.ask(interaction.targetMessage.content, context.today())
    const presentation = { isShareable: !isWithBot(interaction) }
    await reply(interaction, await messageOf(outcome, interaction.guildId, context, presentation), true)
  },
} satisfies Command
