/** What the bot may do where. */
import { EVERYONE_PERMISSIONS, VIEW_CHANNEL } from './actors.ts'
import type { Channel } from './places.ts'
import type { World } from './world.ts'

export const SEND_MESSAGES = 1n << 11n
export const MANAGE_MESSAGES = 1n << 13n
export const ATTACH_FILES = 1n << 15n

/** What everybody may do, which is nothing that the bot is said not to. */
export function everyonePermissions(world: World): bigint {
  return EVERYONE_PERMISSIONS & world.botPermissions
}

/** A channel's exceptions from what roles may do, as Discord tells them. */
export function overwrites({ guild, forModerators, denied = 0n }: Channel) {
  if (!guild) return []
  const overwrite = (id: string, allow: bigint, deny: bigint) => ({
    id,
    type: 0,
    allow: String(allow & ~deny),
    deny: String(deny),
  })
  const seen = forModerators ? VIEW_CHANNEL : 0n
  return [
    ...(forModerators
      ? [overwrite(guild.id, 0n, VIEW_CHANNEL), overwrite(guild.roles.moderators, VIEW_CHANNEL, 0n)]
      : []),
    ...(seen | denied ? [overwrite(guild.roles.bot, seen, denied)] : []),
  ]
}

/** What the bot may do in a channel. */
export function botPermissionsIn(world: World, { denied = 0n }: Channel): bigint {
  return world.botPermissions & ~denied
}

/** Whether the bot is there, so that it is told what happens. */
export function isHeard(world: World, channel: Channel): boolean {
  if (!channel.guild) return true
  return channel.guild.state === 'joined' && (botPermissionsIn(world, channel) & VIEW_CHANNEL) !== 0n
}
