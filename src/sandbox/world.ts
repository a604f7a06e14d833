/** What there is in the sandbox: guilds, people, a bot, their channels, and everything that happens there. */
import { EventEmitter } from 'node:events'
import type { APIApplicationCommand } from 'discord-api-types/v10'
import { type Actor, BOT_PERMISSIONS, JOINED, PEOPLE } from './actors.ts'
import { MessageStore, type StoredMessage } from './message-store.ts'
import { isHeard } from './permissions.ts'
import { awayGuild, type Channel, directMessages, furtherGuild, GUILD, type Guild, homeGuild, sees } from './places.ts'
import type { PageEvent, PageMessage, Refusal, UserKey } from './protocol.ts'
import { createSnowflakes } from './snowflakes.ts'

/** An event for the bot; `intents` of which it must have asked for at least one (0: always sent). */
export interface WireEvent {
  t: string
  d: object
  intents: number
  /** The guild that it is about, where the event itself does not tell it. */
  guild?: string
  /** Called when it has gone out on a connection with the bot, at once or when the bot resumes. */
  delivered?: () => void
}

export interface WorldOptions {
  botName: string
  now: () => number
  /** People who have installed the app for themselves. */
  userInstalls: UserKey[]
  /** Milliseconds that an interaction's token lives. */
  tokenLifetime: number
  /** By which the app knows what Discord has signed. */
  publicKey: string
  /** Where the app wants its interactions, if not by the gateway. */
  interactionsUrl?: string | undefined
  botPermissions?: bigint | undefined
  /** How many guilds the bot is in. */
  guilds?: number | undefined
  /** How many messages of a channel are kept. */
  keep?: number | undefined
}

/** More messages or refusals than anybody scrolls back, or a test looks at. */
const KEEP = 10_000

export class World {
  readonly botName: string
  readonly now: () => number
  readonly userInstalls: UserKey[]
  readonly tokenLifetime: number
  readonly publicKey: string
  readonly interactionsUrl: string | undefined
  readonly botPermissions: bigint
  readonly snowflake: () => string
  readonly guilds = new Map<string, Guild>()
  readonly channels: Channel[] = []
  readonly messages: MessageStore
  /** People of the crowd who were heard of lately, and their direct messages with the bot. */
  readonly strangers = new Map<string, Actor>()
  readonly doors = new Map<string, Channel>()
  readonly refusals: Refusal[] = []
  /** The language that each person has chosen for their client, where it is not English. */
  readonly locales = new Map<UserKey, string>()
  /** `page` carries what people see, with the people who see it if not all do; `wire` what the bot is told. */
  readonly events = new EventEmitter<{ page: [PageEvent, readonly UserKey[] | undefined]; wire: [WireEvent] }>()
  commands: APIApplicationCommand[] = []
  /** Where the sandbox is served, once it is. */
  origin = ''
  /** The shards as which the bot is connected. */
  shards: readonly number[] = []
  readonly #channels = new Map<string, Channel>()

  constructor(options: WorldOptions) {
    this.botPermissions = options.botPermissions ?? BOT_PERMISSIONS
    this.publicKey = options.publicKey
    this.interactionsUrl = options.interactionsUrl
    this.botName = options.botName
    this.now = options.now
    this.userInstalls = options.userInstalls
    this.tokenLifetime = options.tokenLifetime
    this.messages = new MessageStore(options.keep ?? KEEP, options.tokenLifetime, options.now)
    this.snowflake = createSnowflakes(options.now)
    this.#open(...homeGuild())
    for (let number = 2; number <= (options.guilds ?? 1); number++) this.#open(...furtherGuild(number))
    if (options.userInstalls.length > 0) this.#open(...awayGuild(options.userInstalls))
    for (const person of Object.values(PEOPLE)) this.#openChannel(directMessages(person, options.botName))
    // Every open page and every waiting test listens.
    this.events.setMaxListeners(0)
  }

  /** The people's guild; they are in the further ones as well. */
  get home(): Guild {
    return this.guilds.get(GUILD) as Guild
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id) ?? this.doors.get(id)
  }

  /** One of the people, or of the crowd. */
  actor(id: string): Actor | undefined {
    return Object.values(PEOPLE).find((person) => person.id === id) ?? this.strangers.get(id)
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
    const repliedTo = this.find(stored.message.message_reference?.message_id ?? '')
    if (repliedTo?.unseen) stored.unseen = true
    this.messages.add(stored)
    this.#tell('MESSAGE_CREATE', 'message-created', stored)
    repliedTo?.replied?.(stored)
  }

  /** Puts a message's new version in the place of the old one. */
  replace(stored: StoredMessage, message: PageMessage): void {
    this.messages.replace(stored, message)
    this.#tell('MESSAGE_UPDATE', 'message-updated', stored)
    for (const tell of stored.waiting?.splice(0) ?? []) tell()
  }

  remove(stored: StoredMessage): void {
    const { id, channel_id } = stored.message
    this.messages.remove(stored)
    if (!stored.unseen) this.page({ type: 'message-deleted', channel: channel_id, id }, stored.onlyFor?.key)
    if (!isHeard(this, stored.channel)) return
    const d = { id, channel_id, ...guildIn(stored) }
    this.events.emit('wire', { t: 'MESSAGE_DELETE', d, intents: intentsFor(stored) })
  }

  /** Notes what the bot was refused; of a flood of it, only the end. */
  refuse(refusal: Refusal): void {
    this.refusals.push(refusal)
    if (this.refusals.length > KEEP) this.refusals.shift()
    this.page({ type: 'refused', refusal })
  }

  /** Whether the bot is connected, as this shard or as any. */
  isOnline(shard?: number): boolean {
    return shard === undefined ? this.shards.length > 0 : this.shards.includes(shard)
  }

  setShards(shards: readonly number[]): void {
    this.shards = shards
    this.page({ type: 'online', online: this.isOnline() })
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

  #open(guild: Guild, channels: Channel[]): void {
    this.guilds.set(guild.id, guild)
    for (const channel of channels) this.#openChannel(channel)
  }

  #openChannel(channel: Channel): void {
    this.channels.push(channel)
    this.#channels.set(channel.id, channel)
  }

  #tell(t: string, type: 'message-created' | 'message-updated', stored: StoredMessage): void {
    if (!stored.unseen) this.page({ type, message: stored.message }, stored.onlyFor?.key)
    const { guild, type: channel_type } = stored.channel
    // Of a server that has not added it, or a channel that it may not view, the bot hears through interactions only.
    if (!isHeard(this, stored.channel)) return
    const { pings: _, ...message } = stored.message
    const author = this.actor(message.author.id)
    const roles = guild ? (author ? rolesIn(guild, author) : [guild.roles.bot]) : []
    const member = { roles, joined_at: JOINED, deaf: false, mute: false, flags: 0 }
    const place = guildIn(stored)
    const d = place ? { ...message, ...place, member } : message
    // Without its type the client drops messages in direct messages that it has not seen before.
    const { delivered } = stored
    const event = { t, d: { ...d, channel_type }, intents: intentsFor(stored) }
    this.events.emit('wire', { ...event, ...(delivered ? { delivered } : {}) })
  }
}

/** The roles that somebody has in a guild. */
export function rolesIn(guild: Guild, { isModerator }: Actor): string[] {
  return isModerator ? [guild.roles.moderators] : []
}

/** Discord sends ephemeral messages around the guild, as if they were direct ones. */
function guildIn({ channel, onlyFor }: StoredMessage): { guild_id: string } | undefined {
  return channel.guild && !onlyFor ? { guild_id: channel.guild.id } : undefined
}

function intentsFor(stored: StoredMessage): number {
  return guildIn(stored) ? 1 << 9 : 1 << 12
}
