import type { Client, Message } from 'discord.js'
import { answerFollowUp } from '../answering/follow-up.ts'
import { asContent } from '../render/escape.ts'
import { wordsFor } from '../words/languages.ts'
import { type Context, speaking } from './context.ts'
import { messageOf } from './outcomes.ts'
import { personIn } from './recollection.ts'
import { PINGING_NOBODY, toOptions } from './replies.ts'

/** Answers questions that are put as plain messages: by mentioning the bot or its role, by replying to it, in a DM. */
export async function answerMessage(message: Message, shared: Context): Promise<void> {
  // Two bots that answer each other would never stop; a malformed message has no author.
  if (!message.author || message.author.bot || message.webhookId || message.system) return
  // Discord tells nobody's language with a message, but that of a server.
  const context = speaking(wordsFor(message.guild?.preferredLocale), shared)
  const addressed = addressedText(message)
  if (addressed === undefined) return
  if (addressed === '') {
    const isByRole = !message.mentions.users.has(message.client.user.id) && message.inGuild()
    const { roleHint, mentionHint } = context.words
    const content = asContent(isByRole ? roleHint : mentionHint)
    await message.reply({ content, ...PINGING_NOBODY, failIfNotExists: false })
    return
  }
  const { engine, snapshot, recollection, now, today } = context
  const asker = personIn(message.channelId, message.author.id)
  const repliedTo = message.reference?.messageId
  const previous = recollection.recall([...(repliedTo ? [repliedTo] : []), asker], now())
  const followed = previous && answerFollowUp(addressed, previous, engine, snapshot, today())
  const outcome = followed?.outcome ?? engine.ask(addressed, today())
  const presentation = followed ? { about: followed.about } : {}
  recollection.remember([asker], outcome, now())
  const reply = await message.reply({
    ...toOptions(await messageOf(outcome, message.guildId, context, presentation)),
    ...PINGING_NOBODY,
    failIfNotExists: false,
  })
  recollection.remember([reply.id], outcome, now())
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
