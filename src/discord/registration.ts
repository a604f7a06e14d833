import type { CommandDefinition } from './command.ts'

/** A command as Discord gives it back: with ids and with every default spelled out. */
export type RegisteredCommand = Readonly<Record<string, unknown>>

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
