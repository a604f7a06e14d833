import { type Client, PermissionFlagsBits, Routes } from 'discord.js'
import { StoreFailure } from '../store/failure.ts'
import type { Command, CommandDefinition } from './command.ts'
import type { Context } from './context.ts'
import { readModeration } from './keeping/moderation.ts'
import { logFailure } from './store-trouble.ts'

/** A command as Discord gives it back: with ids and with every default spelled out. */
export type RegisteredCommand = Readonly<Record<string, unknown>>

const WITH_LOCALISATIONS = new URLSearchParams({ with_localizations: 'true' })

/** Registers the commands where they differ from what is registered; tells each name's id. */
export async function register({ rest, application }: Client<true>, commands: readonly Command[], context: Context) {
  const { moderatorsGuild, store, log } = context
  const put = async (route: `/${string}`, some: readonly Command[]) => {
    const wanted = some.map(({ definition }) => definition)
    const registered = (await rest.get(route, { query: WITH_LOCALISATIONS })) as RegisteredCommand[]
    if (!commandsDiffer(wanted, registered)) return registered
    log.info({ commands: wanted.length }, 'registered the commands')
    return (await rest.put(route, { body: wanted })) as RegisteredCommand[]
  }
  const everybody = commands.filter(({ forModerators }) => !forModerators)
  const all = await put(Routes.applicationCommands(application.id), everybody)
  if (moderatorsGuild !== undefined) {
    try {
      const { roles } = await readModeration(store, moderatorsGuild)
      // Discord can hide a command by permission only: moderators by role would not see it. Each step is checked anyway.
      const hidden = roles.length === 0 ? String(PermissionFlagsBits.ManageGuild) : null
      const own = commands
        .filter(({ forModerators }) => forModerators)
        .map((command) => ({ ...command, definition: { ...command.definition, default_member_permissions: hidden } }))
      all.push(...(await put(Routes.applicationGuildCommands(application.id, moderatorsGuild), own)))
    } catch (err) {
      const what = 'the moderators’ command could not be registered'
      if (err instanceof StoreFailure) logFailure(err, what, context)
      else log.error({ err }, `${what}: is the bot in the server MODERATORS_GUILD_ID?`)
    }
  }
  return all.filter(({ type = 1 }) => type === 1).map(({ name, id }) => [String(name), String(id)] as const)
}

/** Whether what is registered differs from what is wanted, apart from ids, order and spelled-out defaults. */
export function commandsDiffer(
  wanted: readonly CommandDefinition[],
  registered: readonly RegisteredCommand[],
): boolean {
  return summary(wanted) !== summary(registered)
}

function summary(commands: readonly unknown[]): string {
  return JSON.stringify(commands.map((command) => JSON.stringify(normal(command as RegisteredCommand))).sort())
}

/** Only what we say of a command, in one order, with Discord's defaults filled in. */
function normal(command: RegisteredCommand): unknown {
  const { name, type = 1, description = '', options, contexts, integration_types, default_member_permissions } = command
  return {
    name,
    type,
    description,
    options: list(options).map(normalOption),
    contexts: numbers(contexts ?? [0, 1, 2]),
    integration_types: numbers(integration_types ?? [0]),
    permissions: default_member_permissions ?? null,
    nsfw: command.nsfw ?? false,
    ...localisations(command),
  }
}

function normalOption(option: unknown): unknown {
  const { type, name, description, required, autocomplete, choices, options, ...rest } = option as RegisteredCommand
  return {
    type,
    name,
    description,
    required: required ?? false,
    autocomplete: autocomplete ?? false,
    choices: list(choices).map((choice) => {
      const { name: label, value } = choice as RegisteredCommand
      return [label, value, localisations(choice as RegisteredCommand)]
    }),
    ...localisations(option as RegisteredCommand),
    options: list(options).map(normalOption),
    limits: [rest.min_length, rest.max_length, rest.min_value, rest.max_value, rest.channel_types].map(
      (limit) => limit ?? null,
    ),
  }
}

/** What it is called in other languages, in one order. */
function localisations(item: RegisteredCommand): { names: unknown; descriptions: unknown } {
  const sorted = (value: unknown) =>
    Object.entries((value ?? {}) as object).sort(([one], [other]) => (one < other ? -1 : 1))
  return { names: sorted(item.name_localizations), descriptions: sorted(item.description_localizations) }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function numbers(value: unknown): unknown[] {
  return list(value).toSorted()
}
