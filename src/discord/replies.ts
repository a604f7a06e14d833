import {
  type Message as ChannelMessage,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type InteractionReplyOptions,
  type MessageComponentInteraction,
  MessageFlags,
  type MessageReplyOptions,
} from 'discord.js'
import type { Message } from '../render/components.ts'
import { asContent } from '../render/escape.ts'

const ALREADY_ACKNOWLEDGED = 40060

/**
 * Replies to a message: not even whoever is replied to is pinged. The reply goes under the number of what it answers, so
 * that Discord has it once, however often it is sent.
 */
export function replyTo(message: ChannelMessage, options: MessageReplyOptions): Promise<ChannelMessage> {
  return message.reply({
    ...options,
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: false,
    nonce: message.id,
    enforceNonce: true,
  })
}

/** Replies with a plain line. */
export function replyLine(message: ChannelMessage, text: string): Promise<ChannelMessage> {
  return replyTo(message, { content: asContent(text) })
}

/** Anything that can be replied to, once. */
type Repliable = Pick<ChatInputCommandInteraction, 'reply'>

/** Replies with a message, in private if only the person who asked should see it. */
export async function reply(interaction: Repliable, message: Message, isPrivate: boolean): Promise<void> {
  await interaction.reply(privately(toOptions(message), isPrivate)).catch(unlessAcknowledged)
}

/** Gains time for a reply, which is edited later. */
export async function deferReply(interaction: Deferrable<'deferReply'>, { isPrivate = false } = {}): Promise<void> {
  await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {}).catch(unlessAcknowledged)
  // Also where it was refused as acknowledged already: discord.js would not edit it otherwise.
  interaction.deferred = true
}

/** Gains time for a change of the message that something was pressed under. */
export async function deferUpdate(interaction: Deferrable<'deferUpdate'>): Promise<void> {
  await interaction.deferUpdate().catch(unlessAcknowledged)
  interaction.deferred = true
}

type Deferrable<How extends 'deferReply' | 'deferUpdate'> = Pick<MessageComponentInteraction, How | 'deferred'>

/** When the answer to an acknowledgement was lost on its way, it is sent again and refused: it has had its effect. */
export function unlessAcknowledged(error: unknown): void {
  if (!isAcknowledged(error)) throw error
}

/** Whether Discord refused because the interaction has been acknowledged already. */
export function isAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === ALREADY_ACKNOWLEDGED
}

/** A message in the words of discord.js, for new messages and edits alike. */
export function toOptions({ components }: Message) {
  return { components, flags: MessageFlags.IsComponentsV2, allowedMentions: { parse: [] } } as const
}

/** A plain line, seen only by the person it is for. */
export function privateLine(text: string): InteractionReplyOptions {
  return { content: asContent(text), flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } }
}

function privately(options: ReturnType<typeof toOptions>, isPrivate: boolean): InteractionReplyOptions {
  return isPrivate ? { ...options, flags: [options.flags, MessageFlags.Ephemeral] } : options
}
