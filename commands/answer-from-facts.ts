import { ApplicationCommandType } from 'discord.js'
import { type Command, EVERYWHERE } from '../src/discord/command.ts'
import { isWithBot } from '../src/discord/options.ts'
import { messageOf } from '../src/discord/outcomes.ts'
import { reply } from '../src/discord/replies.ts'

/** Answers somebody's message, in private: whoever wrote it did not ask for a public answer. */
export const answerFromFacts = {
  definition: { type: ApplicationCommandType.Message, name: 'Answer from facts', ...EVERYWHERE },
  async executeOn(interaction, context) {
    const { id, guildId, targetMessage } = interaction
    const outcome = context.engine.ask(targetMessage.content, context.today())
    const presentation = { isShareable: !isWithBot(interaction) }
    // What is kept of it are the words of whoever wrote them.
    const asked = { id, guildId, user: targetMessage.author }
    await reply(interaction, await messageOf(outcome, asked, context, presentation), true)
  },
} satisfies Command
