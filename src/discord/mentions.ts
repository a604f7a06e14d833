import type { Client, Message } from 'discord.js'
import type { Context } from './context.ts'
import { messageOf } from './outcomes.ts'
import { PINGING_NOBODY, toOptions } from './replies.ts'

/** Answers questions that are put as plain messages: by mentioning the bot or its role, by replying to it, in a DM. */
export async function answerMessage(message: Message, context: Context): Promise<void> {
  // Two bots that answer each other would never stop; a malformed message has no author.
  if (!message.author || message.author.bot || message.webhookId || message.system) return
  const addressed = addressedText(message)
  if (addressed === undefined) return
  if (addressed === '') {
    const isByRole = !message.mentions.users.has(message.client.user.id) && message.inGuild()
    await message.reply({ content: isByRole ? context.words.roleHint : context.words.mentionHint, ...PINGING_NOBODY })
    return
  }
  const outcome = context.engine.ask(addressed, context.today())
  await message.reply({
    ...toOptions(await messageOf(outcome, message.guildId, context)),
    ...PINGING_NOBODY,
    failIfNotExists: false,
  })
}

/** The message without the mention of the bot; undefined when it is not for the bot. */
function addressedText(message: Message): string | undefined {
  const me = message.client.user.id
  const role = ownRole(message)
  const mine = new RegExp(`<@!?${me}>${role ? `|<@&${role}>` : ''}`, 'g')
  const isMentioned = message.mentions.users.has(me) || (role !== undefined && message.mentions.roles.has(role))
  if (!message.channel.isDMBased() && !isMentioned && !mine.test(message.content)) return undefined
  return message.content.replace(mine, ' ').trim()
}

/** The role that Discord made for the bot: its picker often offers that instead of the bot itself. */
function ownRole(message: Message): string | undefined {
  const me = (message.client as Client<true>).user
  return message.guild?.roles.botRoleFor(me)?.id
}
