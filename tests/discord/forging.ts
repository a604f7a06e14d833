import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ApplicationCommandOptionType, PermissionFlagsBits } from 'discord.js'
import { expect, vi } from 'vitest'
import type { Command } from '../../src/discord/command.ts'
import type { Forgery } from '../../src/sandbox/people.ts'
import type { PageMessage, UserKey } from '../../src/sandbox/protocol.ts'
import { COMPONENTS_V2 } from '../../src/sandbox/rules-messages.ts'
import { isPrivate, readable } from './harness.ts'
import type { Keeping } from './keeping/scene.ts'

const LOADING = 128
const [COMMAND, COMPONENT, AUTOCOMPLETE, MODAL] = [2, 3, 4, 5] as const
const CHANNELS = ['general', 'policy', 'moderators', 'member-dm', 'moderator-dm', 'colleague-dm']
/** Another server that has added the bot, and one that has not. */
export const OTHER = '1100000000000007001'
export const AWAY = '1100000000000008001'
export const MODERATOR_ROLE = '1100000000000000032'

/** Somebody as the bot hears of them. */
export interface Somebody {
  readonly as: UserKey
  /** Where, in the sandbox; `dm` are their direct messages with the bot. */
  readonly channel: 'general' | 'dm'
  readonly guild?: typeof OTHER | typeof AWAY
  readonly permissions?: bigint
  readonly roles?: readonly string[]
}

const MANAGING = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageChannels

/** All kinds of people there are to the bot. */
export const KINDS = {
  member: { as: 'member', channel: 'general', permissions: PermissionFlagsBits.ViewChannel },
  'member with Manage Channels': { as: 'member', channel: 'general', permissions: PermissionFlagsBits.ManageChannels },
  'moderator by permission': { as: 'moderator', channel: 'general', permissions: PermissionFlagsBits.ManageGuild },
  'moderator by role': { as: 'colleague', channel: 'general', permissions: 0n, roles: [MODERATOR_ROLE] },
  'moderator of another server': {
    as: 'moderator',
    channel: 'general',
    guild: OTHER,
    permissions: MANAGING,
    roles: [MODERATOR_ROLE],
  },
  'moderator in a direct message': { as: 'moderator', channel: 'dm' },
  'moderator who installed it for themselves, elsewhere': {
    as: 'moderator',
    channel: 'general',
    guild: AWAY,
    permissions: MANAGING,
    roles: [MODERATOR_ROLE],
  },
} as const satisfies Record<string, Somebody>
export type Kind = keyof typeof KINDS

/** Tells the bot of another server that has added it. */
export async function joinOther({ sandbox, bot }: Keeping): Promise<void> {
  const everyone = { id: OTHER, name: '@everyone', permissions: '0', position: 0, color: 0, flags: 0 }
  const channel = { id: `${OTHER.slice(0, -1)}2`, type: 0, name: 'far', permission_overwrites: [] }
  sandbox.gateway.sendRaw('GUILD_CREATE', {
    ...{ id: OTHER, name: 'Other', owner_id: '1100000000000000013', roles: [everyone], channels: [channel] },
    ...{ members: [], emojis: [], stickers: [], features: [], threads: [], presences: [], voice_states: [] },
  })
  await vi.waitFor(() => expect(bot.client.guilds.cache.has(OTHER)).toBe(true))
}

/** What Discord tells the bot of somebody, where that is not what the sandbox would tell. */
export function toldOf({ sandbox }: Keeping, who: Somebody): Record<string, unknown> {
  if (who.channel === 'dm') return {}
  const id = sandbox.ids.users[who.as]
  const user = { id, username: who.as, discriminator: '0', global_name: null, avatar: null }
  const permissions = String(who.permissions ?? 0n)
  const state = { deaf: false, mute: false, flags: 0, joined_at: '2025-01-01T00:00:00.000000+00:00' }
  const member = { user, nick: null, avatar: null, roles: who.roles ?? [], permissions, ...state }
  if (who.guild === undefined) return { member }
  const channel_id = `${who.guild.slice(0, -1)}2`
  return {
    member,
    guild_id: who.guild,
    guild: { id: who.guild, locale: 'en-US', features: [] },
    channel_id,
    channel: { id: channel_id, type: 0, name: 'far', guild_id: who.guild, permissions },
    authorizing_integration_owners: who.guild === OTHER ? { 0: OTHER } : { 1: id },
  }
}

/** A command with options that nobody has checked; `name` may go on with a subcommand. */
export function commandForgery(
  command: Command,
  [sub]: readonly string[] = [],
  options: Record<string, unknown> = {},
  resolved: Record<string, unknown> = {},
): Forgery {
  const { name } = command.definition
  const given = optionsOf(command, sub).flatMap(({ name: option, type }) =>
    option in options ? [{ name: option, type, value: options[option] }] : [],
  )
  const list = sub ? [{ name: sub, type: ApplicationCommandOptionType.Subcommand, options: given }] : given
  return { type: COMMAND, name, data: { id: '1100000000000000099', name, type: 1, options: list, resolved } }
}

export function completionForgery(command: Command, path: readonly string[], focused: string, typed: string): Forgery {
  const { data, ...rest } = commandForgery(command, path, { [focused]: typed })
  const focus = (list: unknown): unknown =>
    (list as Record<string, unknown>[]).map((option) =>
      option.options
        ? { ...option, options: focus(option.options) }
        : option.name === focused
          ? { ...option, focused: true }
          : option,
    )
  return { ...rest, type: AUTOCOMPLETE, data: { ...data, options: focus(data.options) } }
}

export interface Option {
  readonly name: string
  readonly type: number
  readonly autocomplete?: boolean
  readonly required?: boolean
}

/** The options of a command or of one of its subcommands. */
export function optionsOf({ definition }: Command, sub?: string): readonly Option[] {
  const options = ((definition as { options?: readonly unknown[] }).options ?? []) as readonly Option[]
  if (sub === undefined) return options
  return ((options.find(({ name }) => name === sub) as { options?: readonly Option[] })?.options ??
    []) as readonly Option[]
}

/** A button, or with values a menu. */
export function pressForgery(message: PageMessage, custom_id: string, values?: readonly string[]): Forgery {
  return {
    type: COMPONENT,
    message,
    data: { custom_id, component_type: values ? 3 : 2, ...(values ? { values } : {}) },
  }
}

/** A form with whatever fields: texts, and lists as what was chosen in menus. */
export function formForgery(
  custom_id: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
  message?: PageMessage,
): Forgery {
  const components = Object.entries(fields).map(([name, value], index) => ({
    type: 18,
    id: 2 * index + 1,
    component: {
      id: 2 * index + 2,
      custom_id: name,
      ...(typeof value === 'string' ? { type: 4, value } : { type: 3, values: value }),
    },
  }))
  return { type: MODAL, data: { custom_id, components }, ...(message ? { message } : {}) }
}

/** A message of the bot's for somebody to press on. */
export async function postFor({ sandbox, bot }: Keeping, { as, channel }: Somebody): Promise<PageMessage> {
  const name = channel === 'dm' ? `${as}-dm` : channel
  const found = await bot.client.channels.fetch(sandbox.ids.channel(name))
  if (!found?.isSendable()) throw new Error('not sendable')
  const { id } = await found.send({
    flags: COMPONENTS_V2,
    components: [{ type: 10, content: 'Something to press on' }],
  })
  const posted = sandbox.messages(name).find((message) => message.id === id)
  if (!posted) throw new Error('nothing posted')
  return posted
}

/** What the bot answered: its message, the text of a form, or the choices; and whether only one person sees it. */
export interface Answer {
  readonly text: string
  readonly isPrivate: boolean
  readonly message?: PageMessage
}

/** Sends a forgery, and gives what came of it when it has come. */
export async function forge(scene: Keeping, who: Somebody, forgery: Forgery): Promise<Answer> {
  const name = who.channel === 'dm' ? `${who.as}-dm` : who.channel
  const all = () => scene.sandbox.messages(name)
  const before = new Map(all().map((message) => [message.id, message]))
  const outcome = await scene.sandbox
    .as(who.as)
    .forge(who.channel, { ...forgery, told: { ...toldOf(scene, who), ...forgery.told } })
  if (outcome.kind === 'failed') throw new Error(outcome.text)
  if (outcome.kind === 'choices') return { text: outcome.choices.map((one) => one.name).join('\n'), isPrivate: true }
  if (outcome.kind === 'modal') return { text: JSON.stringify(outcome.modal), isPrivate: true }
  return vi.waitFor(
    () => {
      // What was added last answers: a card that was brought up to date comes with a line.
      const message = all().findLast((one) => before.get(one.id) !== one)
      if (!message || ((message.flags ?? 0) & LOADING) !== 0) throw new Error('nothing came of it')
      return { text: readable(message), isPrivate: isPrivate(message), message }
    },
    { timeout: 15_000, interval: 2 },
  )
}

/** All that somebody could have changed: the database, the files, and what everybody else sees. */
export function everything({ sandbox, folder }: Keeping): { store: unknown; files: unknown; messages: unknown } {
  const database = new DatabaseSync(join(dirname(folder), 'data', 'footnote.db'), { readOnly: true })
  try {
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
    return {
      store: Object.fromEntries(tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()])),
      files: filesIn(folder),
      messages: CHANNELS.flatMap((name) => sandbox.messages(name))
        .filter((message) => !isPrivate(message))
        .map((message) => [message.id, readable(message)]),
    }
  } finally {
    database.close()
  }
}

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    names.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]),
  )
}
