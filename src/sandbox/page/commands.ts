/** Commands as the picker offers them, and what is typed into their options. Pure. */
import type { APIApplicationCommand } from 'discord-api-types/v10'
import type { OptionValue, PageCommand, PageState } from '../protocol.ts'

/** The parts of Discord's option types that the picker needs, in one shape. */
export interface Option {
  type: number
  name: string
  name_localizations?: Localised
  description_localizations?: Localised
  /** As it is called in the user's language. */
  label?: string
  description: string
  required?: boolean
  autocomplete?: boolean
  choices?: Choice[]
  options?: Option[]
  min_value?: number
  max_value?: number
  min_length?: number
  max_length?: number
}

type Localised = Partial<Record<string, string | null>> | null

export interface Choice {
  name: string
  name_localizations?: Localised
  value: OptionValue
}

/** One line of the picker: a command, or one of its subcommands. */
export interface CommandEntry {
  command: APIApplicationCommand
  path: string[]
  /** As it is typed: `fact`, or `fact show`. */
  name: string
  description: string
  options: Option[]
}

/** An option being filled in; `picked` is a choice that was taken over, as long as its text was not changed. */
export interface Field {
  option: Option
  text: string
  picked?: OptionValue
}

const CHAT_INPUT = 1
const MESSAGE = 3
const SUBCOMMAND = 1
const SUBCOMMAND_GROUP = 2
const [STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER] = [3, 4, 5, 6, 7, 8, 9, 10]

/** What `/` offers in a channel, subcommands one by one, in alphabetical order. */
export function commandEntries(commands: PageCommand[], channel: string, locale: string): CommandEntry[] {
  return commands
    .filter(({ command, channels }) => command.type === CHAT_INPUT && channels.includes(channel))
    .flatMap(({ command }) => expand(command, command as Option & APIApplicationCommand, [], [], locale))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** The languages in which there are names of commands, and English. */
export function localesOf(commands: PageCommand[]): string[] {
  const named = commands.flatMap(({ command }) => Object.keys(command.name_localizations ?? {}))
  return ['en-US', ...[...new Set(named)].sort()]
}

/** What *Apps* offers on a message. */
export function messageCommands(commands: PageCommand[], channel: string): APIApplicationCommand[] {
  return commands
    .filter(({ command, channels }) => command.type === MESSAGE && channels.includes(channel))
    .map(({ command }) => command)
}

/** The entries that a beginning fits, those that start with it first. */
export function matchEntries(entries: CommandEntry[], typed: string): CommandEntry[] {
  const wanted = typed.trim().toLowerCase()
  const starts = entries.filter(({ name }) => name.startsWith(wanted))
  const holds = entries.filter(({ name }) => !name.startsWith(wanted) && name.includes(wanted))
  return [...starts, ...holds]
}

/** The entry that a text spells out in full and goes on after, with the rest of the text. */
export function spelledOut(entries: CommandEntry[], typed: string): { entry: CommandEntry; rest: string } | undefined {
  const entry = entries
    .filter(({ name }) => typed.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0]
  return entry && { entry, rest: typed.slice(entry.name.length + 1) }
}

/** The choices that are known without asking the bot, or undefined for an option that takes any text. */
export function knownChoices(option: Option, state: PageState): Choice[] | undefined {
  if (option.choices && option.choices.length > 0) return option.choices
  if (option.type === BOOLEAN) return [true, false].map((value) => ({ name: value ? 'True' : 'False', value }))
  const users = state.users.map(({ id, name }) => ({ name: `@${name}`, value: id }))
  const roles = state.roles.map(({ id, name }) => ({ name: `@${name} (role)`, value: id }))
  if (option.type === USER) return users
  if (option.type === ROLE) return roles
  if (option.type === MENTIONABLE) return [...users, ...roles]
  if (option.type === CHANNEL) return state.channels.map(({ id, name }) => ({ name: `#${name}`, value: id }))
  return undefined
}

/** What a field's text means to Discord, or why it would not be sent; undefined where it is left empty. */
export function readField(field: Field, known: Choice[] | undefined): { value?: OptionValue; error?: string } {
  const { option, text, picked } = field
  if (picked !== undefined) return { value: picked }
  const typed = text.trim()
  if (typed === '') return option.required ? { error: 'This option is required. Specify a value.' } : {}
  if (known) {
    const choice = known.find(({ name }) => name.toLowerCase() === typed.toLowerCase())
    return choice ? { value: choice.value } : { error: 'Choose one of the options.' }
  }
  if (isNumeric(option)) return readNumber(option, typed)
  if (option.type !== STRING) return { error: 'This kind of option is not offered here.' }
  const { min_length: min = 0, max_length: max = 6000 } = option
  if (typed.length < min || typed.length > max) return { error: `Enter ${min} to ${max} characters.` }
  return { value: typed }
}

export const isNumeric = ({ type }: Option): boolean => type === INTEGER || type === NUMBER

function readNumber(option: Option, typed: string): { value?: OptionValue; error?: string } {
  const value = Number(typed.replace(',', '.'))
  if (!Number.isFinite(value)) return { error: 'Enter a number.' }
  if (option.type === INTEGER && !Number.isInteger(value)) return { error: 'Enter a whole number.' }
  const { min_value: min = -Infinity, max_value: max = Infinity } = option
  return value < min || value > max ? { error: `Enter a number from ${min} to ${max}.` } : { value }
}

/** The values of all filled fields, as a request carries them. */
export function readOptions(fields: Field[], state: PageState): Record<string, OptionValue> {
  const options: Record<string, OptionValue> = {}
  for (const field of fields) {
    const { value } = readField(field, knownChoices(field.option, state))
    if (value !== undefined) options[field.option.name] = value
  }
  return options
}

function expand(
  command: APIApplicationCommand,
  node: Option,
  path: string[],
  names: string[],
  locale: string,
): CommandEntry[] {
  const here = [...names, node.name_localizations?.[locale] ?? node.name]
  const inner = (node.options ?? []).filter(({ type }) => type === SUBCOMMAND || type === SUBCOMMAND_GROUP)
  if (inner.length > 0) return inner.flatMap((option) => expand(command, option, [...path, option.name], here, locale))
  const options = (node.options ?? []).map((option) => inLanguage(option, locale))
  return [{ command, path, name: here.join(' '), description: inLanguage(node, locale).description, options }]
}

function inLanguage(option: Option, locale: string): Option {
  const { name, description, name_localizations, description_localizations, choices } = option
  return {
    ...option,
    label: name_localizations?.[locale] ?? name,
    description: description_localizations?.[locale] ?? description,
    ...(choices
      ? { choices: choices.map((choice) => ({ ...choice, name: choice.name_localizations?.[locale] ?? choice.name })) }
      : {}),
  }
}
