/** What a person's client makes of commands: who is offered which, and what is sent when one is used. */
import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10'
import { ADMINISTRATOR, PEOPLE } from './actors.ts'
import { channelBody, memberById, roleBodies, userBody } from './bodies.ts'
import { PersonError } from './person-error.ts'
import { type Channel, type Guild, isAway, sees } from './places.ts'
import type { OptionValue, PageCommand, PageMessage, UserKey } from './protocol.ts'
import type { World } from './world.ts'

/** The commands that Discord would offer this person, each with the channels in which it would. */
export function commandsFor(world: World, as: UserKey): PageCommand[] {
  return world.commands
    .map((command) => ({
      command,
      channels: world.channels
        .filter((channel) => sees(as, channel) && offered(world, command, as, channel))
        .map(({ id }) => id),
    }))
    .filter(({ channels }) => channels.length > 0)
}

export function offered(world: World, command: APIApplicationCommand, as: UserKey, channel: Channel): boolean {
  const inGuild = channel.guild !== undefined
  if (command.guild_id && (command.guild_id !== channel.guild?.id || isAway(channel))) return false
  if (command.contexts ? !command.contexts.includes(inGuild ? 0 : 1) : !inGuild && command.dm_permission === false)
    return false
  const forGuilds = command.integration_types?.includes(0) ?? true
  const forPerson = command.integration_types?.includes(1) === true && world.userInstalls.includes(as)
  if (isAway(channel) ? !forPerson : !forGuilds && !forPerson) return false
  const needed = command.default_member_permissions
  if (!inGuild || needed === null || needed === undefined) return true
  const { permissions } = PEOPLE[as]
  if (permissions & ADMINISTRATOR) return true
  // "0" is Discord's way to say: administrators only.
  return BigInt(needed) !== 0n && (permissions & BigInt(needed)) === BigInt(needed)
}

interface Given {
  path?: string[]
  options: Record<string, OptionValue>
  /** The option that is being completed; what is required may still be missing then. */
  focused?: string
}

/** An interaction's `data` for a slash command. */
export function slashData(
  world: World,
  guild: Guild | undefined,
  command: APIApplicationCommand,
  given: Given,
): Record<string, unknown> {
  const { path = [], options, focused } = given
  const resolved = new Resolved(world, guild)
  const build = (list: APIApplicationCommandOption[], rest: string[]): unknown[] => {
    const nested = list.some(({ type }) => type <= 2)
    if (!nested) return leaves(list, options, focused, resolved)
    const chosen = list.find(({ name }) => name === rest[0]) ?? raise(`/${command.name} needs a subcommand`)
    const inner = 'options' in chosen ? ((chosen.options ?? []) as APIApplicationCommandOption[]) : []
    return [{ name: chosen.name, type: chosen.type, options: build(inner, rest.slice(1)) }]
  }
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id ? { guild_id: command.guild_id } : {}),
    options: build(command.options ?? [], path),
    ...resolved.body(),
  }
}

/** An interaction's `data` for a command on a message. */
export function menuData(command: APIApplicationCommand, message: PageMessage): Record<string, unknown> {
  const { pings: _, ...shown } = message
  return {
    id: command.id,
    name: command.name,
    type: 3,
    target_id: message.id,
    resolved: { messages: { [message.id]: shown } },
  }
}

/** The definition of the option that is being completed. */
export function optionAt(command: APIApplicationCommand, path: string[] = [], name: string) {
  let list = command.options ?? []
  for (const step of path) {
    const chosen = list.find((option) => option.name === step)
    list = chosen && 'options' in chosen ? (chosen.options ?? []) : []
  }
  return list.find((option) => option.name === name) ?? raise(`/${command.name} has no option "${name}"`)
}

function leaves(
  list: APIApplicationCommandOption[],
  options: Record<string, OptionValue>,
  focused: string | undefined,
  resolved: Resolved,
): unknown[] {
  const unknown = Object.keys(options).find((name) => !list.some((option) => option.name === name))
  if (unknown) raise(`There is no option "${unknown}"`)
  return list.flatMap((option) => {
    const { name, type } = option
    const value = options[name]
    if (focused === name) return [{ name, type, value: String(value ?? ''), focused: true }]
    if (value === undefined || value === '') {
      if ('required' in option && option.required && focused === undefined) raise(`Option "${name}" is required`)
      return []
    }
    return [{ name, type, value: checked(option, value, resolved) }]
  })
}

/** The value as the client sends it; says no where Discord's client does. */
function checked(option: APIApplicationCommandOption, value: OptionValue, resolved: Resolved): OptionValue {
  const { name, type } = option
  if (type === 5) return value === true || value === 'true'
  if (type >= 6 && type <= 9) return resolved.add(type, String(value)) ?? raise(`Option "${name}": nothing has that id`)
  if (type === 11) return raise('The sandbox does not offer attachments')
  const numeric = type === 4 || type === 10
  const result = numeric ? Number(value) : String(value)
  if (numeric && (Number.isNaN(result) || (type === 4 && !Number.isInteger(result))))
    return raise(`Option "${name}" must be a number`)
  const limits = option as {
    choices?: unknown[]
    min_value?: number
    max_value?: number
    min_length?: number
    max_length?: number
  }
  const choices = limits.choices as Array<{ value: OptionValue }> | undefined
  if (choices?.length && !choices.some((choice) => choice.value === result))
    return raise(`Option "${name}" must be one of its choices`)
  const measure = typeof result === 'number' ? result : result.length
  const low = (numeric ? limits.min_value : limits.min_length) ?? -Infinity
  const high = (numeric ? limits.max_value : (limits.max_length ?? 6000)) ?? Infinity
  if (measure < low || measure > high) return raise(`Option "${name}" must be between ${low} and ${high}`)
  return result
}

/** The users, roles and channels behind the ids in a command's options or a select's values. */
export class Resolved {
  readonly #world: World
  readonly #guild: Guild
  readonly #found: Record<string, Record<string, unknown>> = {}

  constructor(world: World, guild: Guild = world.home) {
    this.#world = world
    this.#guild = guild
  }

  /** `type` is an option's: 6 user, 7 channel, 8 role, 9 user or role. Undefined if nothing has that id. */
  add(type: number, id: string): string | undefined {
    const user = type === 6 || type === 9 ? userBody(this.#world, id) : undefined
    const role =
      type === 8 || type === 9 ? roleBodies(this.#world, this.#guild).find((each) => each.id === id) : undefined
    const channel = type === 7 ? this.#world.channel(id) : undefined
    if (user) {
      const { user: _, ...member } = memberById(this.#world, this.#guild, id) ?? {}
      this.#put('users', id, user)
      this.#put('members', id, { ...member, permissions: '0' })
    }
    if (role) this.#put('roles', id, role)
    if (channel) this.#put('channels', id, { ...channelBody(this.#world, channel), permissions: '0' })
    return user || role || channel ? id : undefined
  }

  body(): { resolved?: Record<string, unknown> } {
    return Object.keys(this.#found).length > 0 ? { resolved: this.#found } : {}
  }

  #put(kind: string, id: string, thing: unknown): void {
    this.#found[kind] = { ...this.#found[kind], [id]: thing }
  }
}

function raise(message: string): never {
  throw new PersonError(message)
}
