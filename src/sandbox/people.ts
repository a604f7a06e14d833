/** What people do in the sandbox, checked as Discord's client would check it, and handed to the bot. */

import { MENTION_EVERYONE, PEOPLE } from './actors.ts'
import { actorBody, botBody, roleBodies } from './bodies.ts'
import { commandsFor, menuData, offered, optionAt, slashData } from './command-data.ts'
import { modalData, pressData } from './component-data.ts'
import { AUTOCOMPLETE, COMMAND, COMPONENT, type Interactions, MODAL_SUBMIT, type Start } from './interactions.ts'
import type { StoredMessage } from './message-store.ts'
import { newMessage } from './messages.ts'
import { PersonError } from './person-error.ts'
import { type Channel, isAway, sees } from './places.ts'
import type {
  AutocompleteRequest,
  CommandRequest,
  DismissRequest,
  MenuRequest,
  ModalRequest,
  Outcome,
  PageMessage,
  PageState,
  PageUser,
  PressRequest,
  SayRequest,
  SpeakRequest,
  UserKey,
} from './protocol.ts'
import { LOCALES } from './rules-commands.ts'
import type { World } from './world.ts'

/** An interaction as somebody makes it up who speaks Discord's API without its client. */
export type Forgery = Pick<Start, 'type' | 'data' | 'name' | 'optionType' | 'target' | 'told'> & {
  message?: PageMessage
}

export class People {
  readonly #world: World
  readonly #interactions: Interactions

  constructor(world: World, interactions: Interactions) {
    this.#world = world
    this.#interactions = interactions
  }

  state(as: UserKey): PageState {
    const world = this.#world
    const users = [...Object.values(PEOPLE).map(actorBody), botBody(world)].map(
      ({ id, username, global_name, bot }): PageUser => ({
        id,
        username,
        name: global_name ?? username,
        bot: bot === true,
      }),
    )
    const channels = world.channels.filter((channel) => sees(as, channel))
    const messages = Object.fromEntries(
      channels.map(({ id }) => [
        id,
        world.messages
          .in(id)
          .filter((each) => isFor(as, each))
          .map((each) => each.message),
      ]),
    )
    return {
      me: users.find(({ id }) => id === PEOPLE[as].id) as PageUser,
      bot: users.at(-1) as PageUser,
      online: world.isOnline(),
      users,
      guild: { id: world.home.id, name: world.home.name },
      roles: roleBodies(world, world.home).map(({ id, name }) => ({ id: String(id), name: String(name) })),
      channels: channels.map((channel) => ({
        id: channel.id,
        name: channel.name,
        type: channel.type,
        isAway: isAway(channel),
      })),
      locale: world.locales.get(as) ?? 'en-US',
      commands: commandsFor(world, as),
      messages,
    }
  }

  /** Chooses the language of a person's client. */
  speak({ as, locale }: SpeakRequest): void {
    if (!LOCALES.has(locale)) throw new PersonError(`"${locale}" is not a locale of Discord's`)
    this.#world.locales.set(as, locale)
  }

  say({ as, channel: id, content, replyTo }: SayRequest): PageMessage {
    if (!content.trim()) throw new PersonError('Write something first')
    const channel = this.#channel(as, id)
    const person = PEOPLE[as]
    const reply = replyTo && this.#message(as, replyTo.message)
    const message = newMessage(this.#world, {
      author: actorBody(person),
      channel,
      body: {
        content,
        ...(reply ? { message_reference: { message_id: reply.message.id } } : {}),
        allowed_mentions: { parse: ['users', 'roles', 'everyone'] as never[], replied_user: replyTo?.ping ?? false },
      },
      mayPingEveryone: (person.permissions & MENTION_EVERYONE) !== 0n,
    })
    this.#world.add({ message, channel })
    return message
  }

  command({ as, channel: id, command: commandId, path = [], options }: CommandRequest): Promise<Outcome> {
    const channel = this.#channel(as, id)
    const command = this.#command(as, channel, commandId)
    const data = slashData(this.#world, channel.guild, command, { path, options })
    return this.#interactions.start({
      type: COMMAND,
      by: PEOPLE[as],
      channel,
      data,
      name: [command.name, ...path].join(' '),
    })
  }

  autocomplete({ as, channel: id, command: commandId, path = [], options, focused }: AutocompleteRequest) {
    const channel = this.#channel(as, id)
    const command = this.#command(as, channel, commandId)
    const option = optionAt(command, path, focused)
    if (!('autocomplete' in option && option.autocomplete)) throw new PersonError(`"${focused}" has no autocompletion`)
    const data = slashData(this.#world, channel.guild, command, { path, options, focused })
    return this.#interactions.start({ type: AUTOCOMPLETE, by: PEOPLE[as], channel, data, optionType: option.type })
  }

  menu({ as, message: messageId, command: commandId }: MenuRequest): Promise<Outcome> {
    const { message } = this.#message(as, messageId)
    const channel = this.#channel(as, message.channel_id)
    const command = this.#command(as, channel, commandId)
    const data = menuData(command, message)
    return this.#interactions.start({
      type: COMMAND,
      by: PEOPLE[as],
      channel,
      data,
      name: command.name,
      target: message.id,
    })
  }

  press({ as, message: messageId, customId, values }: PressRequest): Promise<Outcome> {
    const stored = this.#message(as, messageId)
    const { channel, message } = stored
    const data = pressData(this.#world, channel.guild, message, customId, values)
    return this.#interactions.start({ type: COMPONENT, by: PEOPLE[as], channel, message: stored, data })
  }

  submit({ as, modal: id, fields }: ModalRequest): Promise<Outcome> {
    const open = this.#interactions.modals.get(id)
    if (!open || open.interaction.by.key !== as) throw new PersonError('That modal is not open')
    const { interaction, modal } = open
    const { channel, message } = interaction
    const data = modalData(this.#world, channel.guild, modal, fields)
    this.#interactions.modals.delete(id)
    return this.#interactions.start({
      type: MODAL_SUBMIT,
      by: PEOPLE[as],
      channel,
      data,
      ...(message ? { message } : {}),
    })
  }

  /** Sends what Discord's own client would not. */
  forge({ as, channel, message, ...start }: Forgery & { as: UserKey; channel: string }): Promise<Outcome> {
    const on = message === undefined ? {} : { message: this.#message(as, message.id) }
    return this.#interactions.start({ ...start, by: PEOPLE[as], channel: this.#channel(as, channel), ...on })
  }

  dismiss({ as, message }: DismissRequest): void {
    const stored = this.#message(as, message)
    if (!stored.onlyFor) throw new PersonError('Only messages that you alone can see can be dismissed')
    this.#world.messages.remove(stored)
    this.#world.page({ type: 'message-deleted', channel: stored.channel.id, id: message }, as)
  }

  #channel(as: UserKey, id: string): Channel {
    const channel = this.#world.channel(id)
    if (!channel || !sees(as, channel)) throw new PersonError('There is no such channel')
    return channel
  }

  #message(as: UserKey, id: string): StoredMessage {
    const stored = this.#world.find(id)
    if (!stored || !isFor(as, stored)) throw new PersonError('There is no such message')
    this.#channel(as, stored.channel.id)
    return stored
  }

  #command(as: UserKey, channel: Channel, id: string) {
    const command = this.#world.commands.find((each) => each.id === id)
    if (!command || !offered(this.#world, command, as, channel))
      throw new PersonError('You are not offered that command here')
    return command
  }
}

function isFor(as: UserKey, { onlyFor }: StoredMessage): boolean {
  return !onlyFor || onlyFor.key === as
}
