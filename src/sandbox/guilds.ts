/** Takes guilds away from the bot and gives them back, and limits what it may do in their channels. */
import { VIEW_CHANNEL } from './actors.ts'
import { channelBody, guildBody } from './bodies.ts'
import { SEND_MESSAGES } from './permissions.ts'
import type { Channel, Guild } from './places.ts'
import type { World } from './world.ts'

const GUILDS = 1 << 0

export class Guilds {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** An outage: the guild is there, but cannot be reached by anybody. The people's guild, if no other one is said. */
  lose(id?: string): void {
    const guild = this.#settle(id, 'unavailable')
    this.#tell(guild, 'GUILD_DELETE', { id: guild.id, unavailable: true })
  }

  /** The end of the outage. */
  restore(id?: string): void {
    this.add(id)
  }

  /** Somebody removes the bot from the guild. */
  remove(id?: string): void {
    const guild = this.#settle(id, 'away')
    this.#tell(guild, 'GUILD_DELETE', { id: guild.id })
  }

  /** Somebody adds the bot to the guild (again). */
  add(id?: string): void {
    const guild = this.#settle(id, 'joined')
    this.#tell(guild, 'GUILD_CREATE', guildBody(this.#world, guild))
  }

  /** What the bot may do in a channel from now on: everything that is not said to be false. */
  permit(channel: Channel, { view = true, send = true }: { view?: boolean; send?: boolean }): void {
    channel.denied = (view ? 0n : VIEW_CHANNEL) | (send ? 0n : SEND_MESSAGES)
    if (channel.guild) this.#tell(channel.guild, 'CHANNEL_UPDATE', channelBody(this.#world, channel))
  }

  #settle(id: string | undefined, state: Guild['state']): Guild {
    const guild = id === undefined ? this.#world.home : this.#world.guilds.get(id)
    if (!guild) throw new Error(`There is no guild ${id}`)
    guild.state = state
    // Where the bot is decides which commands are offered.
    this.#world.page({ type: 'commands', commands: [] })
    return guild
  }

  #tell(guild: Guild, t: string, d: object): void {
    this.#world.events.emit('wire', { t, d, intents: GUILDS, guild: guild.id })
  }
}
