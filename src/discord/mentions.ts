import { type Client, type Message, PermissionFlagsBits } from 'discord.js'
import { answerFollowUp } from '../answering/follow-up.ts'
import { wordsFor } from '../words/languages.ts'
import { type Context, type TracedContext, tracing } from './context.ts'
import { tellMessageFailure } from './failures.ts'
import type { Intake } from './intake.ts'
import { messageOf } from './outcomes.ts'
import { personIn } from './recollection.ts'
import { replyLine, replyTo, toOptions } from './replies.ts'

/** Discord's limit for those who pay; more is not looked at. */
const LONGEST = 4_000

/** Answers questions that are put as plain messages: by mentioning the bot or its role, by replying to it, in a DM. */
export async function hearMessage(message: Message, shared: Context, intake: Intake): Promise<void> {
  // Two bots that answer each other would never stop; a malformed message has no author.
  if (!message.author || message.author.bot || message.webhookId || message.system) return
  const addressed = addressedText(message)
  if (addressed === undefined || !mayReply(message)) return
  // Discord tells nobody's language with a message, but that of a server.
  const words = wordsFor(message.guild?.preferredLocale)
  const { id, author, guildId: guild } = message
  await intake.take(
    { id, type: 'message', user: author.id, guild },
    {
      async deal(trace) {
        const context = tracing(trace, words, shared)
        try {
          await answerMessage(message, addressed, context)
          return 'done'
        } catch (error) {
          return tellMessageFailure(error, message, context)
        }
      },
      async refuse(refusal) {
        // One short reply, then silence: each would only be one more message.
        if (refusal.fate === 'limited' && refusal.isFirst) await replyLine(message, words.tooMuch(refusal.seconds))
        return refusal.fate
      },
    },
  )
}

async function answerMessage(message: Message, addressed: string, context: TracedContext): Promise<void> {
  if (addressed === '') {
    const isByRole = !message.mentions.users.has(message.client.user.id) && message.inGuild()
    await replyLine(message, isByRole ? context.words.roleHint : context.words.mentionHint)
    return
  }
  const { engine, snapshot, recollection, now, today } = context
  const { id, author, guildId } = message
  const asker = personIn(message.channelId, author.id)
  const repliedTo = message.reference?.messageId
  const previous = recollection.recall([...(repliedTo ? [repliedTo] : []), asker], now())
  const followed = previous && answerFollowUp(addressed, previous, engine, snapshot, today())
  const outcome = followed?.outcome ?? engine.ask(addressed, today())
  const presentation = followed ? { about: followed.about } : {}
  recollection.remember(author.id, [asker], outcome, now())
  const asked = { id, guildId, user: author }
  const reply = await replyTo(message, toOptions(await messageOf(outcome, asked, context, presentation)))
  recollection.remember(author.id, [reply.id], outcome, now())
}

/** Where the bot may not write, there is nobody to tell. */
function mayReply({ channel, client }: Message): boolean {
  if (channel.isDMBased()) return true
  const permissions = channel.permissionsFor(client.user)
  const speak = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages
  return permissions === null || permissions.has([PermissionFlagsBits.ViewChannel, speak])
}

/** The message without the mention of the bot; undefined when it is not for the bot. */
function addressedText(message: Message): string | undefined {
  const me = message.client.user.id
  const role = ownRole(message)
  const mine = new RegExp(`<@!?${me}>${role ? `|<@&${role}>` : ''}`, 'g')
  const isMentioned = message.mentions.users.has(me) || (role !== undefined && message.mentions.roles.has(role))
  if (!message.channel.isDMBased() && !isMentioned && !mine.test(message.content)) return undefined
  return message.content.slice(0, LONGEST).replace(mine, ' ').trim()
}

/** The role that Discord made for the bot: its picker often offers that instead of the bot itself. */
function ownRole(message: Message): string | undefined {
  const me = (message.client as Client<true>).user
  return message.guild?.roles.botRoleFor(me)?.id
}
