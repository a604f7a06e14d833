/** Guilds and channels. */
import type { Actor } from './actors.ts'
import { PEOPLE } from './actors.ts'
import type { UserKey } from './protocol.ts'

export const GUILD = '1100000000000000001'
/** A server that has not added the bot. */
const AWAY = '1100000000000000002'
export const BOT_ROLE = '1100000000000000031'
const MODERATOR_ROLE = '1100000000000000032'
const GENERAL = '1100000000000000041'

export interface Guild {
  id: string
  name: string
  roles: { moderators: string; bot: string }
  /** Unavailable: it cannot be reached. Away: the bot has not been added. */
  state: 'joined' | 'unavailable' | 'away'
}

export interface Channel {
  id: string
  name: string
  type: 0 | 1
  /** None for direct messages. */
  guild?: Guild
  /** Whose direct messages these are. */
  with?: Actor
  /** Only moderators see it. */
  forModerators?: true
  /** Of the three people only these see it. */
  only?: readonly UserKey[]
  /** What the bot may not do there. */
  denied?: bigint
}

/** The people's guild, and its channels. */
export function homeGuild(): [Guild, Channel[]] {
  const roles = { moderators: MODERATOR_ROLE, bot: BOT_ROLE }
  const guild: Guild = { id: GUILD, name: 'Sandbox', roles, state: 'joined' }
  return [
    guild,
    [
      { id: GENERAL, name: 'general', type: 0, guild },
      { id: '1100000000000000042', name: 'policy', type: 0, guild },
      { id: '1100000000000000043', name: 'moderators', type: 0, guild, forModerators: true },
    ],
  ]
}

/**
 * A further guild that the people are in, the second one by the number 2. All its ids are that many moments after those
 * of the first one, so that guilds fall on the shards by turns.
 */
export function furtherGuild(number: number): [Guild, Channel[]] {
  const later = (id: string) => String(BigInt(id) + (BigInt(number - 1) << 22n))
  const roles = { moderators: later(MODERATOR_ROLE), bot: later(BOT_ROLE) }
  const guild: Guild = { id: later(GUILD), name: `Sandbox ${number}`, roles, state: 'joined' }
  return [guild, [{ id: later(GENERAL), name: `general-${number}`, type: 0, guild }]]
}

/** A guild that has not added the bot; only those who have installed it for themselves can use it there. */
export function awayGuild(only: readonly UserKey[]): [Guild, Channel[]] {
  const guild = strangeGuild(AWAY)
  return [guild, [{ id: '1100000000000000044', name: 'elsewhere', type: 0, guild, only }]]
}

/** A guild of which the bot knows the id at most. */
export function strangeGuild(id: string): Guild {
  return { id, name: 'Elsewhere', roles: { moderators: after(id, 1), bot: after(id, 2) }, state: 'away' }
}

/** Another id of the same moment. */
export function after(id: string, steps: number): string {
  return String(BigInt(id) + BigInt(steps))
}

/** The channel in which somebody and the bot write each other. */
export function directMessages(actor: Actor, botName: string): Channel {
  return { id: actor.dm, name: botName, type: 1, with: actor }
}

export function isAway({ guild }: Channel): boolean {
  return guild?.state === 'away'
}

/** Whether this person sees a channel. */
export function sees(as: UserKey, channel: Channel): boolean {
  if (channel.guild?.state === 'unavailable') return false
  if (channel.with && channel.with.key !== as) return false
  return (!channel.forModerators || PEOPLE[as].isModerator === true) && (channel.only?.includes(as) ?? true)
}
