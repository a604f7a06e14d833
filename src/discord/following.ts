import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js'
import { UserError } from '../errors.ts'
import type { Context } from './context.ts'
import { isInstalledForPerson } from './options.ts'

/** The option for a topic to follow. */
export const FOLLOWED_OPTION = {
  type: ApplicationCommandOptionType.String,
  name: 'topic',
  description: 'The topic',
  required: true,
  autocomplete: true,
} as const

/** The place to be told in: direct messages with the bot, or a channel that the asker may manage and the bot may write in. */
export function placeOf(interaction: ChatInputCommandInteraction, { words }: Context): string {
  const { channelId, memberPermissions, appPermissions } = interaction
  if (interaction.context === InteractionContextType.BotDM) return channelId
  if (isInstalledForPerson(interaction) || !interaction.inCachedGuild()) throw new UserError(words.follow.needsBot)
  if (!memberPermissions?.has(PermissionFlagsBits.ManageChannels)) throw new UserError(words.follow.needsPermission)
  const speak = interaction.channel?.isThread()
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages
  if (!appPermissions.has([PermissionFlagsBits.ViewChannel, speak])) throw new UserError(words.follow.cannotWrite)
  return channelId
}
