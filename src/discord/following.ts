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
export async function placeOf(interaction: ChatInputCommandInteraction, { words }: Context): Promise<string> {
  const { channelId, memberPermissions, appPermissions, client } = interaction
  if (interaction.context === InteractionContextType.BotDM) return channelId
  if (isInstalledForPerson(interaction)) throw new UserError(words.follow.needsBot)
  if (!memberPermissions?.has(PermissionFlagsBits.ManageChannels)) throw new UserError(words.follow.needsPermission)
  // Over HTTP nothing is known of servers; and some have added the commands, but not the bot.
  const channel =
    interaction.channel ?? (await client.channels.fetch(channelId, { allowUnknownGuild: true }).catch(() => null))
  if (!channel) throw new UserError(words.follow.needsBot)
  const speak = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages
  if (!appPermissions.has([PermissionFlagsBits.ViewChannel, speak])) throw new UserError(words.follow.cannotWrite)
  return channelId
}
