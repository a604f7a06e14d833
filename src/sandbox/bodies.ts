/** The world's things in the shapes of Discord's API. */
import { type APIApplicationCommand, type APIUser, ChannelType } from 'discord-api-types/v10'
import { type Actor, BOT, JOINED, OWNER, PEOPLE } from './actors.ts'
import { everyonePermissions, overwrites } from './permissions.ts'
import type { Channel, Guild } from './places.ts'
import { rolesIn, type World } from './world.ts'

export function actorBody({ id, username, name }: Actor): APIUser {
  return { id, username, discriminator: '0', global_name: name, avatar: null, bot: false }
}

export function botBody(world: World): APIUser {
  return { id: BOT, username: world.botName, discriminator: '0000', global_name: null, avatar: null, bot: true }
}

/** A person, the bot, or nobody. */
export function userBody(world: World, id: string): APIUser | undefined {
  if (id === BOT) return botBody(world)
  if (id === OWNER) return { id, username: 'owner', discriminator: '0', global_name: 'Owner', avatar: null }
  const actor = world.actor(id)
  return actor && actorBody(actor)
}

export function memberBody(guild: Guild, actor: Actor): Record<string, unknown> {
  return member(actorBody(actor), rolesIn(guild, actor))
}

/** A person or the bot in a guild, or nobody. */
export function memberById(world: World, guild: Guild, id: string): Record<string, unknown> | undefined {
  if (id === BOT) return member(botBody(world), [guild.roles.bot])
  const actor = world.actor(id)
  if (actor) return memberBody(guild, actor)
  const user = userBody(world, id)
  return user && member(user, [])
}

function member(user: APIUser, roles: string[]): Record<string, unknown> {
  return { user, nick: null, avatar: null, roles, joined_at: JOINED, deaf: false, mute: false, flags: 0 }
}

export function roleBodies(world: World, guild: Guild): Array<Record<string, unknown>> {
  const role = (id: string, name: string, permissions: bigint, position: number) => ({
    id,
    name,
    permissions: String(permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  })
  return [
    role(guild.id, '@everyone', everyonePermissions(world), 0),
    role(guild.roles.moderators, 'Moderators', PEOPLE.moderator.permissions, 1),
    { ...role(guild.roles.bot, world.botName, world.botPermissions, 2), managed: true, tags: { bot_id: BOT } },
  ]
}

export function channelBody(world: World, channel: Channel): Record<string, unknown> {
  const last_message_id = world.messages.in(channel.id).at(-1)?.message.id ?? null
  const { guild } = channel
  if (!guild) {
    const recipients = channel.with ? [actorBody(channel.with)] : []
    return { id: channel.id, type: ChannelType.DM, last_message_id, recipients }
  }
  return {
    id: channel.id,
    type: ChannelType.GuildText,
    name: channel.name,
    guild_id: guild.id,
    position: 0,
    permission_overwrites: overwrites(channel),
    last_message_id,
    nsfw: false,
    topic: null,
    parent_id: null,
    rate_limit_per_user: 0,
  }
}

export function guildBody(world: World, guild: Guild): Record<string, unknown> {
  const members = [...Object.values(PEOPLE).map(({ id }) => id), BOT].map((id) => memberById(world, guild, id))
  return {
    id: guild.id,
    name: guild.name,
    owner_id: OWNER,
    icon: null,
    roles: roleBodies(world, guild),
    emojis: [],
    stickers: [],
    features: [],
    channels: world.channels.filter((each) => each.guild === guild).map((channel) => channelBody(world, channel)),
    members,
    member_count: members.length,
    threads: [],
    presences: [],
    voice_states: [],
    preferred_locale: 'en-US',
    joined_at: JOINED,
    large: false,
    unavailable: false,
    premium_tier: 0,
    verification_level: 0,
  }
}

export function applicationBody(world: World): Record<string, unknown> {
  return {
    id: BOT,
    name: world.botName,
    description: '',
    icon: null,
    flags: 0,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: world.publicKey,
    interactions_endpoint_url: world.interactionsUrl ?? null,
    owner: userBody(world, OWNER),
    bot: botBody(world),
    approximate_guild_count: 1,
  }
}

/** A command as Discord gives it back: with all that was left out filled in. */
export function commandBody(id: string, version: string, given: Partial<APIApplicationCommand>, guild?: string) {
  const permissions = given.default_member_permissions
  return {
    type: 1,
    description: '',
    name_localizations: null,
    description_localizations: null,
    dm_permission: guild ? false : (given.contexts?.includes(1) ?? true),
    contexts: null,
    integration_types: [0],
    nsfw: false,
    ...given,
    default_member_permissions: permissions === undefined || permissions === null ? null : String(permissions),
    id,
    application_id: BOT,
    version,
    ...(guild ? { guild_id: guild } : {}),
  } as APIApplicationCommand
}
