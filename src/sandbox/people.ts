/** What people do in the sandbox, checked as Discord's client would check it, and handed to the bot. */

import { botBody, personBody, roleBodies } from './bodies.ts'
import { commandsFor, offered, optionAt, Resolved, slashData } from './command-data.ts'
import { AUTOCOMPLETE, COMMAND, COMPONENT, type Interactions, MODAL_SUBMIT, type Start } from './interactions.ts'
import { newMessage } from './messages.ts'
import { PersonError } from './person-error.ts'
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
import { type AnyComponent, walk } from './rules-components.ts'
import { type Channel, GUILD, MENTION_EVERYONE, PEOPLE, type StoredMessage, sees, type World } from './world.ts'

/** An interaction as somebody makes it up who speaks Discord's API without its client. */
export type Forgery = Pick<Start, 'type' | 'data' | 'name' | 'optionType' | 'target' | 'told'> & {
  message?: PageMessage
}

/** What a select's component type lets one choose, as an option's type. */
const CHOOSES: Record<number, number> = { 5: 6, 6: 8, 7: 9, 8: 7 }

export class People {
  readonly #world: World
  readonly #interactions: Interactions

  constructor(world: World, interactions: Interactions) {
    this.#world = world
    this.#interactions = interactions
  }

  state(as: UserKey): PageState {
    const world = this.#world
    const users = [...Object.values(PEOPLE).map(personBody), botBody(world)].map(
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
        (world.messages.get(id) ?? []).filter((each) => isFor(as, each)).map((each) => each.message),
      ]),
    )
    return {
      me: users.find(({ id }) => id === PEOPLE[as].id) as PageUser,
      bot: users.at(-1) as PageUser,
      online: world.online,
      users,
      guild: { id: GUILD, name: world.guildName },
      roles: roleBodies(world).map(({ id, name }) => ({ id: String(id), name: String(name) })),
      channels: channels.map(({ id, name, type, away }) => ({ id, name, type, isAway: away !== undefined })),
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
      author: personBody(person),
      channel,
      body: {
        content,
        ...(reply ? { message_reference: { message_id: reply.message.id } } : {}),
        allowed_mentions: { parse: ['users', 'roles', 'everyone'] as never[], replied_user: replyTo?.ping ?? false },
      },
      mayPingEveryone: (person.permissions & MENTION_EVERYONE) !== 0n,
    })
    this.#world.add({ message })
    return message
  }

  command({ as, channel: id, command: commandId, path = [], options }: CommandRequest): Promise<Outcome> {
    const channel = this.#channel(as, id)
    const command = this.#command(as, channel, commandId)
    const data = slashData(this.#world, command, { path, options })
    return this.#interactions.start({ type: COMMAND, as, channel, data, name: [command.name, ...path].join(' ') })
  }

  autocomplete({ as, channel: id, command: commandId, path = [], options, focused }: AutocompleteRequest) {
    const channel = this.#channel(as, id)
    const command = this.#command(as, channel, commandId)
    const option = optionAt(command, path, focused)
    if (!('autocomplete' in option && option.autocomplete)) throw new PersonError(`"${focused}" has no autocompletion`)
    const data = slashData(this.#world, command, { path, options, focused })
    return this.#interactions.start({ type: AUTOCOMPLETE, as, channel, data, optionType: option.type })
  }

  menu({ as, message: messageId, command: commandId }: MenuRequest): Promise<Outcome> {
    const { message } = this.#message(as, messageId)
    const channel = this.#channel(as, message.channel_id)
    const command = this.#command(as, channel, commandId)
    const { pings: _, ...shown } = message
    const data = {
      id: command.id,
      name: command.name,
      type: 3,
      target_id: message.id,
      resolved: { messages: { [message.id]: shown } },
    }
    return this.#interactions.start({ type: COMMAND, as, channel, data, name: command.name, target: message.id })
  }

  press({ as, message: messageId, customId, values }: PressRequest): Promise<Outcome> {
    const stored = this.#message(as, messageId)
    const all = [...walk((stored.message.components ?? []) as AnyComponent[], [])].map(([component]) => component)
    const component = all.find(({ custom_id }) => custom_id === customId)
    if (!component) throw new PersonError('That component is not on the message')
    if (component.disabled) throw new PersonError('That component is disabled')
    const chosen = component.type === 2 ? {} : this.#chosen(component, values ?? [])
    return this.#interactions.start({
      type: COMPONENT,
      as,
      channel: this.#channel(as, stored.message.channel_id),
      message: stored,
      data: { custom_id: customId, component_type: component.type, id: component.id, ...chosen },
    })
  }

  submit({ as, modal: id, fields }: ModalRequest): Promise<Outcome> {
    const open = this.#interactions.modals.get(id)
    if (!open || open.interaction.as !== as) throw new PersonError('That modal is not open')
    const { interaction, modal } = open
    const filled = (component: AnyComponent): Record<string, unknown> => {
      const { id, type } = component
      if (component.component) return { id, type, component: filled(component.component) }
      if (component.components) return { id, type, components: component.components.map(filled) }
      if (!component.custom_id) return { id, type }
      return { id, type, custom_id: component.custom_id, ...this.#answer(component, fields[component.custom_id]) }
    }
    const components = (modal.components as AnyComponent[]).map(filled)
    this.#interactions.modals.delete(id)
    const { channel, message } = interaction
    const data = { custom_id: modal.custom_id, components }
    return this.#interactions.start({ type: MODAL_SUBMIT, as, channel, data, ...(message ? { message } : {}) })
  }

  /** Sends what Discord's own client would not. */
  forge({ as, channel, message, ...start }: Forgery & { as: UserKey; channel: string }): Promise<Outcome> {
    const on = message === undefined ? {} : { message: this.#message(as, message.id) }
    return this.#interactions.start({ ...start, as, channel: this.#channel(as, channel), ...on })
  }

  dismiss({ as, message }: DismissRequest): void {
    const stored = this.#message(as, message)
    if (!stored.onlyFor) throw new PersonError('Only messages that you alone can see can be dismissed')
    const list = this.#world.messages.get(stored.message.channel_id) ?? []
    list.splice(list.indexOf(stored), 1)
    this.#world.page({ type: 'message-deleted', channel: stored.message.channel_id, id: message }, as)
  }

  #answer(component: AnyComponent, given: string | string[] | undefined): Record<string, unknown> {
    const needed = component.required !== false
    if (component.type !== 4) {
      const values = given === undefined ? [] : [given].flat()
      return values.length === 0 && !needed ? { values } : this.#chosen(component, values)
    }
    const value = String(given ?? component.value ?? '')
    const low = component.min_length ?? (needed ? 1 : 0)
    const high = component.max_length ?? 4000
    const skipped = value === '' && !needed
    if (!skipped && (value.length < low || value.length > high))
      throw new PersonError(`"${component.custom_id}" must be between ${low} and ${high} characters`)
    return { value }
  }

  #chosen(select: AnyComponent, values: string[]): Record<string, unknown> {
    const low = select.min_values ?? 1
    const high = select.max_values ?? 1
    if (values.length < low || values.length > high) throw new PersonError(`Choose between ${low} and ${high}`)
    const offeredValues = select.options?.map(({ value }) => value)
    if (offeredValues && !values.every((value) => offeredValues.includes(value)))
      throw new PersonError('That is not among the options')
    const resolved = new Resolved(this.#world)
    const kind = CHOOSES[select.type]
    if (kind) for (const value of values) resolved.add(kind, value) ?? missing(value)
    return { values, ...resolved.body() }
  }

  #channel(as: UserKey, id: string): Channel {
    const channel = this.#world.channel(id)
    if (!channel || !sees(as, channel)) throw new PersonError('There is no such channel')
    return channel
  }

  #message(as: UserKey, id: string): StoredMessage {
    const stored = this.#world.find(id)
    if (!stored || !isFor(as, stored)) throw new PersonError('There is no such message')
    this.#channel(as, stored.message.channel_id)
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
  return (onlyFor ?? as) === as
}

function missing(id: string): never {
  throw new PersonError(`Nothing has the id ${id}`)
}
