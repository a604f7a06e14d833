/** Made-up people, any number of them, in guilds made up or not: what they send is real, but no page shows it. */
import { performance } from 'node:perf_hooks'
import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10'
import { type Actor, BOT, EVERYONE_PERMISSIONS } from './actors.ts'
import { actorBody } from './bodies.ts'
import { menuData, optionAt, slashData } from './command-data.ts'
import { modalData, pressData } from './component-data.ts'
import { Expiring } from './expiring.ts'
import { AUTOCOMPLETE, COMMAND, COMPONENT, type Interactions, MODAL_SUBMIT, type Start } from './interactions.ts'
import type { StoredMessage } from './message-store.ts'
import { newMessage } from './messages.ts'
import { PersonError } from './person-error.ts'
import { after, type Channel, directMessages, strangeGuild } from './places.ts'
import type { OptionValue, Outcome, PageMessage } from './protocol.ts'
import { readable } from './readable.ts'
import { EPHEMERAL, LOADING } from './rules-messages.ts'
import { shardOf } from './snowflakes.ts'
import type { World } from './world.ts'

interface Sender {
  /** Somebody's id; if not said, it is somebody new. */
  user?: string
  /**
   * A guild's id: one that the bot is in, or any other one, as if it had added the app's commands alone. Null for direct
   * messages. If not said, a new guild; with a mention, the people's guild.
   */
  guild?: string | null
  locale?: string
  permissions?: bigint
  /** Has installed the app for themselves: in a guild that has not added it, nobody else has. */
  hasInstalled?: boolean
  /** Milliseconds to wait for what follows a deferral; without it, the deferral is the answer. */
  patience?: number
}

/** As it came with an answer, or any that has this id. */
type Given = { id: string } | undefined

export type CrowdRequest = Sender &
  (
    | { kind: 'command'; name: string; options?: Record<string, OptionValue> }
    | { kind: 'autocomplete'; name: string; options: Record<string, OptionValue>; focused: string }
    /** A command on a message that somebody else has written. */
    | { kind: 'menu'; name: string; content: string }
    /** The message is one that the bot sent to the crowd, or to a channel. */
    | { kind: 'button'; message: Given; customId: string }
    | { kind: 'select'; message: Given; customId: string; values: string[] }
    /** `modal` is the `id` that came with an answer. */
    | { kind: 'modal'; modal: Given; user: string; fields: Record<string, string | string[]> }
    /** A message that mentions the bot, which can be heard where the bot is only. */
    | { kind: 'mention'; content: string; replyTo?: Given }
  )

export interface CrowdAnswer {
  /** What no bot was there to hear of in time is undelivered. */
  outcome: 'answered' | 'unanswered' | 'undelivered'
  /** Until the bot's response, or until it was waited for no longer. */
  milliseconds: number
  /** Until what followed a deferral, if that was waited for and came. */
  finished?: number
  isPrivate: boolean
  /** All that can be read in the answer: a message's text, the names of choices, a modal's title. */
  text: string
  message?: PageMessage
  choices?: APIApplicationCommandOptionChoice[]
  modal?: { id: string; title: string }
}

export class Crowd {
  readonly #world: World
  readonly #interactions: Interactions
  readonly #ackTimeout: number
  readonly #lately: Expiring<Actor>

  constructor(world: World, interactions: Interactions, ackTimeout: number) {
    this.#world = world
    this.#interactions = interactions
    this.#ackTimeout = ackTimeout
    this.#lately = new Expiring(world.tokenLifetime, world.now, (actor) => {
      // Who was heard of since is another one by the same id.
      if (world.strangers.get(actor.id) !== actor) return
      world.strangers.delete(actor.id)
      world.doors.delete(actor.dm)
    })
  }

  /** The id of a new guild that falls on a shard. */
  guild(shard = 0, shards = 1): string {
    const id = this.#world.snowflake()
    const steps = (shardOf(id, shards) - shard + shards) % shards
    return String(BigInt(id) - (BigInt(steps) << 22n))
  }

  /** Sends it, and resolves with what the bot made of it. */
  async send(request: CrowdRequest): Promise<CrowdAnswer> {
    const by = this.#actor(request)
    const since = performance.now()
    if (request.kind === 'mention') return this.#mention(request, by, since)
    const start = this.#start(request, by)
    const outcome = await this.#interactions.start(start)
    const answer: CrowdAnswer = { ...told(outcome, start.message), milliseconds: performance.now() - since }
    const stored = outcome.kind === 'message' ? this.#world.find(outcome.message.id) : start.message
    if (!isDeferral(outcome) || !stored || request.patience === undefined) return answer
    const isDone = await changed(stored, request.patience)
    return isDone ? { ...answer, ...messageTold(stored), finished: performance.now() - since } : answer
  }

  #start(request: Exclude<CrowdRequest, { kind: 'mention' }>, by: Actor): Start {
    const world = this.#world
    if (request.kind === 'modal') {
      const open = this.#interactions.modals.get(request.modal?.id ?? '')
      if (open?.interaction.by.id !== by.id) throw new PersonError('That modal is not open')
      const { channel, message } = open.interaction
      const data = modalData(world, channel.guild, open.modal, request.fields)
      this.#interactions.modals.delete(open.interaction.id)
      return { type: MODAL_SUBMIT, by, channel, data, ...(message ? { message } : {}) }
    }
    if (request.kind === 'button' || request.kind === 'select') {
      const message = world.find(request.message?.id ?? '') ?? raise('There is no such message')
      const { channel } = message
      const values = request.kind === 'select' ? request.values : []
      const data = pressData(world, channel.guild, message.message, request.customId, values)
      return { type: COMPONENT, by, channel, data, message }
    }
    const channel = this.#channel(request.guild === undefined ? this.guild() : request.guild, by)
    const [name = '', ...path] = request.kind === 'menu' ? [request.name] : request.name.split(' ')
    const command = this.#command(request.kind === 'menu' ? 3 : 1, name)
    if (request.kind === 'menu') {
      const author = actorBody(this.#actor({}))
      const message = newMessage(world, { author, channel, body: { content: request.content } })
      return { type: COMMAND, by, channel, data: menuData(command, message), name, target: message.id }
    }
    const { options = {} } = request
    if (request.kind === 'command') {
      const data = slashData(world, channel.guild, command, { path, options })
      return { type: COMMAND, by, channel, data, name: request.name }
    }
    const { focused } = request
    const data = slashData(world, channel.guild, command, { path, options, focused })
    return { type: AUTOCOMPLETE, by, channel, data, optionType: optionAt(command, path, focused).type }
  }

  #mention(request: Extract<CrowdRequest, { kind: 'mention' }>, by: Actor, since: number): Promise<CrowdAnswer> {
    const { guild = this.#world.home.id, content, replyTo } = request
    const channel = this.#channel(guild, by)
    const body = {
      content: content.includes(`<@${BOT}>`) ? content : `<@${BOT}> ${content}`,
      ...(replyTo ? { message_reference: { message_id: replyTo.id } } : {}),
    }
    const message = newMessage(this.#world, { author: actorBody(by), channel, body, mayPingEveryone: false })
    return new Promise((resolve) => {
      const settle = (answer: Omit<CrowdAnswer, 'milliseconds'>) => {
        clearTimeout(timer)
        resolve({ ...answer, milliseconds: performance.now() - since })
      }
      let isDelivered = false
      const delivered = () => {
        isDelivered = true
      }
      const timer = setTimeout(() => settle(unanswered(isDelivered)), this.#ackTimeout).unref()
      const replied = (reply: StoredMessage) => settle(messageTold(reply))
      this.#world.add({ message, channel, unseen: true, delivered, replied })
    })
  }

  #actor({ user, locale, permissions, hasInstalled }: Sender): Actor {
    const id = user ?? this.#world.snowflake()
    const username = `somebody-${id.slice(-9)}`
    const actor: Actor = {
      id,
      username,
      name: username,
      permissions: permissions ?? EVERYONE_PERMISSIONS,
      dm: after(id, 1 << 12),
      ...(locale === undefined ? {} : { locale }),
      ...(hasInstalled === undefined ? {} : { hasInstalled }),
    }
    this.#world.strangers.set(id, actor)
    this.#lately.add(actor)
    return actor
  }

  #channel(guild: string | null, by: Actor): Channel {
    if (guild !== null) {
      const known = this.#world.channels.find((channel) => channel.guild?.id === guild)
      if (known?.guild?.state === 'unavailable') throw new PersonError('The guild is unavailable')
      return known ?? { id: after(guild, 3), name: 'general', type: 0, guild: strangeGuild(guild) }
    }
    const door = directMessages(by, this.#world.botName)
    this.#world.doors.set(door.id, door)
    return door
  }

  #command(type: number, name: string) {
    const command = this.#world.commands.find((each) => each.type === type && each.name === name)
    return command ?? raise(`There is no command "${name}"`)
  }
}

function unanswered(isDelivered = true) {
  return { outcome: isDelivered ? 'unanswered' : 'undelivered', isPrivate: false, text: '' } as const
}

function told(outcome: Outcome, used: StoredMessage | undefined): Omit<CrowdAnswer, 'milliseconds'> {
  const answered = { outcome: 'answered', isPrivate: false } as const
  if (outcome.kind === 'failed') return unanswered(outcome.isDelivered)
  if (outcome.kind === 'message') return messageTold({ message: outcome.message })
  if (outcome.kind === 'updated') return used ? messageTold(used) : { ...answered, text: '' }
  if (outcome.kind === 'choices')
    return { ...answered, choices: outcome.choices, text: outcome.choices.map(({ name }) => name).join('\n') }
  const { title } = outcome.modal
  return { ...answered, modal: { id: outcome.id, title }, text: title }
}

function messageTold({ message }: Pick<StoredMessage, 'message'>) {
  const isPrivate = ((message.flags ?? 0) & EPHEMERAL) !== 0
  return { outcome: 'answered', isPrivate, text: readable(message), message } as const
}

function isDeferral(outcome: Outcome): boolean {
  if (outcome.kind === 'message') return ((outcome.message.flags ?? 0) & LOADING) !== 0
  return outcome.kind === 'updated' && outcome.later
}

/** Resolves when the message is changed (true), or after so many milliseconds. */
function changed(stored: StoredMessage, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patience).unref()
    stored.waiting ??= []
    stored.waiting.push(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

function raise(message: string): never {
  throw new PersonError(message)
}
