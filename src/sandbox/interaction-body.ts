/** What the bot is told of an interaction, and what the messages that answer one tell of it. */
import type { APIMessage } from 'discord-api-types/v10'
import { type Actor, BOT } from './actors.ts'
import { actorBody, channelBody, memberBody } from './bodies.ts'
import type { Interaction } from './interactions.ts'
import { botPermissionsIn } from './permissions.ts'
import { type Channel, isAway } from './places.ts'
import type { World } from './world.ts'

export function interactionBody(
  world: World,
  interaction: Interaction,
  data: Record<string, unknown>,
): Record<string, unknown> {
  const { id, type, token, by, channel, message } = interaction
  const { guild } = channel
  const permissions = String(by.permissions)
  const { pings: _, ...shown } = message?.message ?? { pings: undefined }
  return {
    id,
    application_id: BOT,
    type,
    token,
    version: 1,
    locale: (by.key && world.locales.get(by.key)) ?? by.locale ?? 'en-US',
    channel_id: channel.id,
    channel: { ...channelBody(world, channel), permissions },
    app_permissions: String(botPermissionsIn(world, channel)),
    entitlements: [],
    attachment_size_limit: 10_485_760,
    authorizing_integration_owners: owners(world, by, channel),
    context: guild ? 0 : 1,
    data,
    ...(message ? { message: shown } : {}),
    ...(guild
      ? {
          guild_id: guild.id,
          guild_locale: 'en-US',
          guild: { id: guild.id, locale: 'en-US', features: [] },
          member: { ...memberBody(guild, by), permissions },
        }
      : { user: actorBody(by) }),
    ...interaction.told,
  }
}

/** Where a response comes from, as its message tells. */
export function provenance(world: World, interaction: Interaction): Partial<APIMessage> {
  const { id, type, by, name, message, target, channel } = interaction
  const user = actorBody(by)
  const used = message ? { interacted_message_id: message.message.id } : {}
  const on = target ? { target_message_id: target } : {}
  const told = {
    type: target ? 23 : name ? 20 : 0,
    application_id: BOT,
    webhook_id: BOT,
    interaction_metadata: {
      id,
      type,
      user,
      authorizing_integration_owners: owners(world, by, channel),
      ...used,
      ...on,
    },
    ...(name ? { interaction: { id, type, name, user } } : {}),
  }
  return told as unknown as Partial<APIMessage>
}

/** A follow-up is shown as a reply to the response, where that is a message. */
export function provenanceOfFollowUp(world: World, interaction: Interaction): Partial<APIMessage> {
  const { interaction: _, ...told } = provenance(world, interaction)
  if (!interaction.original) return { ...told, type: 0 }
  const { pings, ...referenced_message } = interaction.original.message
  const message_reference = { type: 0, message_id: referenced_message.id, channel_id: interaction.channel.id }
  return { ...told, type: 19, message_reference, referenced_message }
}

/** By whom the bot was installed: 0 the server, 1 the person. */
function owners(world: World, by: Actor, channel: Channel): Record<string, string> {
  const hasInstalled = by.key ? world.userInstalls.includes(by.key) : by.hasInstalled
  const own = hasInstalled ? { 1: by.id } : {}
  // A server can have added the app's commands alone, without the bot.
  if (isAway(channel) && (by.key || hasInstalled)) return own
  return { 0: channel.guild?.id ?? '0', ...own }
}
