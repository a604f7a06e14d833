/** What there is in the sandbox: one guild, three people, a bot, their channels, and everything that happens there. */
import { EventEmitter } from 'node:events'
import type { APIApplicationCommand } from 'discord-api-types/v10'
import { MessageStore, type StoredMessage } from './message-store.ts'
import type { PageEvent, PageMessage, Refusal, UserKey } from './protocol.ts'
import { createSnowflakes } from './snowflakes.ts'

export const GUILD = '1100000000000000001'
/** A server that has not added the bot. */
export const AWAY = '1100000000000000002'
export const BOT = '1100000000000000021'
export const BOT_ROLE = '1100000000000000031'
export const MODERATOR_ROLE = '1100000000000000032'
export const OWNER = '1100000000000000013'

export interface Person {
  key: UserKey
  id: string
  username: string
  name: string
  permissions: bigint
  roles: string[]
  dm: string
}

export interface Channel {
  id: string
  name: string
  type: 0 | 1
  /** Whose direct messages these are. */
  with?: UserKey
  /** Only moderators see it. */
  forModerators?: true
  /** It is in a server that has not added the bot; these have installed it for themselves. */
  away?: readonly UserKey[]
}

/** An event for the bot; `intents` of which it must have asked for at least one (0: always sent). */
export interface WireEvent {
  t: string
  d: object
  intents: number
}

const VIEW = (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 15n) | (1n << 16n) | (1n << 31n) | (1n << 6n)
const MODERATE =
  (1n << 1n) | (1n << 2n) | (1n << 4n) | (1n << 5n) | (1n << 7n) | (1n << 13n) | (1n << 17n) | (1n << 40n)
export const EVERYONE_PERMISSIONS = VIEW
export const BOT_PERMISSIONS = VIEW | (1n << 13n) | (1n << 38n)
export const MENTION_EVERYONE = 1n << 17n
export const ADMINISTRATOR = 1n << 3n

export const PEOPLE: Record<UserKey, Person> = {
  member: {
    key: 'member',
    id: '1100000000000000011',
    username: 'member',
    name: 'You (member)',
    permissions: VIEW,
    roles: [],
    dm: '1100000000000000051',
  },
  moderator: {
    key: 'moderator',
    id: '1100000000000000012',
    username: 'moderator',
    name: 'You (moderator)',
    permissions: VIEW | MODERATE,
    roles: [MODERATOR_ROLE],
    dm: '1100000000000000052',
  },
  colleague: {
    key: 'colleague',
    id: '1100000000000000014',
    username: 'colleague',
    name: 'You (second moderator)',
    permissions: VIEW | MODERATE,
    roles: [MODERATOR_ROLE],
    dm: '1100000000000000053',
  },
}

/** Whether this person sees a channel. */
export function sees(as: UserKey, channel: Channel): boolean {
  const { with: whose = as, forModerators, away } = channel
  return whose === as && (!forModerators || PEOPLE[as].roles.includes(MODERATOR_ROLE)) && (away?.includes(as) ?? true)
}

export function guildOf({ away }: Channel): string {
  return away ? AWAY : GUILD
}

export interface WorldOptions {
  botName: string
  now: () => number
  /** People who have installed the app for themselves. */
  userInstalls: UserKey[]
  botPermissions?: bigint
  /** How many messages of a channel are kept. */
  keep?: number
}

/** More messages or refusals than anybody scrolls back, or a test looks at. */
const KEEP = 10_000

export class World {
  readonly botName: string
  readonly now: () => number
  readonly userInstalls: UserKey[]
  readonly botPermissions: bigint
  readonly snowflake: () => string
  readonly guildName = 'Sandbox'
  readonly channels: Channel[]
  readonly messages: MessageStore
  readonly refusals: Refusal[] = []
  /** The language that each person has chosen for their client, where it is not English. */
  readonly locales = new Map<UserKey, string>()
  /** `page` carries what people see, with the people who see it if not all do; `wire` what the bot is told. */
  readonly events = new EventEmitter<{ page: [PageEvent, readonly UserKey[] | undefined]; wire: [WireEvent] }>()
  commands: APIApplicationCommand[] = []
  /** Where the sandbox is served, once it is. */
  origin = ''
  online = false

  constructor({ botName, now, userInstalls, botPermissions = BOT_PERMISSIONS, keep = KEEP }: WorldOptions) {
    this.messages = new MessageStore(keep)
    this.botPermissions = botPermissions
    this.botName = botName
    this.now = now
    this.userInstalls = userInstalls
    this.snowflake = createSnowflakes(now)
    this.channels = [
      { id: '1100000000000000041', name: 'general', type: 0 },
      { id: '1100000000000000042', name: 'policy', type: 0 },
      { id: '1100000000000000043', name: 'moderators', type: 0, forModerators: true },
      ...(userInstalls.length > 0
        ? [{ id: '1100000000000000044', name: 'elsewhere', type: 0 as const, away: userInstalls }]
        : []),
      ...Object.values(PEOPLE).map(({ key, dm }) => ({ id: dm, name: botName, type: 1 as const, with: key })),
    ]
    // Every open page and every waiting test listens.
    this.events.setMaxListeners(0)
  }

  channel(id: string): Channel | undefined {
    return this.channels.find((channel) => channel.id === id)
  }

  find(message: string): StoredMessage | undefined {
    return this.messages.find(message)
  }

  /** The message that the bot sent to a channel under a nonce, if that is no longer ago than so many milliseconds. */
  byNonce(channel: string, nonce: string | number | undefined, life: number): StoredMessage | undefined {
    const found = nonce === undefined ? undefined : this.messages.byNonce(channel, nonce)
    return found && this.now() - Date.parse(found.message.timestamp) <= life ? found : undefined
  }

  add(stored: StoredMessage): void {
    this.messages.add(stored)
    this.#tell('MESSAGE_CREATE', 'message-created', stored)
  }

  /** Puts a message's new version in the place of the old one. */
  replace(stored: StoredMessage, message: PageMessage): void {
    this.messages.replace(stored, message)
    this.#tell('MESSAGE_UPDATE', 'message-updated', stored)
  }

  remove(stored: StoredMessage): void {
    const { id, channel_id } = stored.message
    this.messages.remove(stored)
    this.page({ type: 'message-deleted', channel: channel_id, id }, stored.onlyFor)
    if (this.channel(channel_id)?.away) return
    const d = { id, channel_id, ...(this.#inGuild(stored) ? { guild_id: GUILD } : {}) }
    this.events.emit('wire', { t: 'MESSAGE_DELETE', d, intents: this.#intents(stored) })
  }

  /** Notes what the bot was refused; of a flood of it, only the end. */
  refuse(refusal: Refusal): void {
    this.refusals.push(refusal)
    if (this.refusals.length > KEEP) this.refusals.shift()
    this.page({ type: 'refused', refusal })
  }

  setOnline(online: boolean): void {
    if (online === this.online) return
    this.online = online
    this.page({ type: 'online', online })
  }

  /** Tells people; direct messages only concern the one who has them. */
  page(event: PageEvent, onlyFor?: UserKey): void {
    const channel = 'message' in event ? event.message.channel_id : 'channel' in event ? event.channel : ''
    const found = this.channel(channel)
    const readers = onlyFor
      ? [onlyFor]
      : found && Object.values(PEOPLE).flatMap(({ key }) => (sees(key, found) ? [key] : []))
    this.events.emit('page', event, readers)
  }

  #tell(t: string, type: 'message-created' | 'message-updated', stored: StoredMessage): void {
    this.page({ type, message: stored.message }, stored.onlyFor)
    // Of a server that has not added it, the bot hears through interactions only.
    if (this.channel(stored.message.channel_id)?.away) return
    const { pings: _, ...message } = stored.message
    const author = Object.values(PEOPLE).find(({ id }) => id === message.author.id)
    const roles = author ? author.roles : [BOT_ROLE]
    const member = { roles, joined_at: JOINED, deaf: false, mute: false, flags: 0 }
    const d = this.#inGuild(stored) ? { ...message, guild_id: GUILD, member } : message
    // Without its type the client drops messages in direct messages that it has not seen before.
    const channel_type = this.channel(message.channel_id)?.type
    this.events.emit('wire', { t, d: { ...d, channel_type }, intents: this.#intents(stored) })
  }

  /** Discord sends ephemeral messages around the guild, as if they were direct ones. */
  #inGuild({ message, onlyFor }: StoredMessage): boolean {
    return !onlyFor && this.channel(message.channel_id)?.type === 0
  }

  #intents(stored: StoredMessage): number {
    return this.#inGuild(stored) ? 1 << 9 : 1 << 12
  }
}

export const JOINED = '2025-01-01T00:00:00.000000+00:00'
