import { Locale } from 'discord-api-types/v10'
import { errors, type Flaw } from './api-error.ts'
import { required } from './rules-components.ts'

/** A command or one of its options, with every field that the rules read. */
export interface CommandLike {
  type?: number | null
  name: string
  description?: string | null
  name_localizations?: Record<string, string> | null
  description_localizations?: Record<string, string> | null
  required?: boolean | null
  autocomplete?: boolean | null
  choices?: Array<{
    name: string
    value: string | number
    name_localizations?: Record<string, string> | null
  }> | null
  min_value?: number | null
  max_value?: number | null
  min_length?: number | null
  max_length?: number | null
  options?: CommandLike[] | null
}

type Path = Array<string | number>

const CHAT_INPUT = 1
const SUBCOMMAND = 1
const GROUP = 2
const COMPLETABLE = [3, 4, 10]
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u
/** Discord's locales; from its reference. */
export const LOCALES = new Set<string>(Object.values(Locale))
const MOST = { 1: 100, 2: 15, 3: 15 } as const

/** What Discord has against a whole set of commands. Throws if there are too many of them. */
export function commandSetFlaws(commands: CommandLike[]): Flaw[] {
  for (const [type, max] of Object.entries(MOST))
    if (commands.filter((command) => (command.type ?? CHAT_INPUT) === Number(type)).length > max)
      throw errors.tooManyCommands(max)
  const keys = commands.map(({ type, name }) => `${type ?? CHAT_INPUT} ${name}`)
  const locales = new Set(commands.flatMap(({ name_localizations }) => Object.keys(name_localizations ?? {})))
  return commands.flatMap((command, index) => [
    ...[...locales].flatMap((locale) => {
      const named = ({ type, name, name_localizations }: CommandLike) =>
        `${type ?? CHAT_INPUT} ${name_localizations?.[locale] ?? name}`
      const isTaken = commands.findIndex((other) => named(other) === named(command)) < index
      return isTaken ? [duplicateName([index, 'name_localizations', locale])] : []
    }),
    ...(keys.indexOf(keys[index] ?? '') < index ? [duplicateName([index, 'name'])] : []),
    ...commandFlaws(command, [index]),
  ])
}

/** What Discord has against one command beyond the shape of its body. */
export function commandFlaws(command: CommandLike, path: Path): Flaw[] {
  const flaws = localeFlaws(command, path)
  if ((command.type ?? CHAT_INPUT) !== CHAT_INPUT) return [...flaws, ...menuFlaws(command, path)]
  flaws.push(...nameFlaws(command.name, [...path, 'name']), ...localNameFlaws(command, path))
  if (!command.description?.trim()) flaws.push(required([...path, 'description']))
  flaws.push(...optionListFlaws(command.options ?? [], [...path, 'options'], 0))
  if (size(command) > 8000)
    flaws.push({
      path,
      code: 'APPLICATION_COMMAND_TOO_LARGE',
      message: 'Command exceeds maximum size (8000)',
    })
  return flaws
}

function menuFlaws({ name, description, options }: CommandLike, path: Path): Flaw[] {
  const flaws: Flaw[] = []
  if (!name.trim()) flaws.push(required([...path, 'name']))
  if (description)
    flaws.push({
      path: [...path, 'description'],
      code: 'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
      message: 'Context menu commands cannot have description',
    })
  if (options?.length)
    flaws.push({
      path: [...path, 'options'],
      code: 'APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED',
      message: 'Context menu commands cannot have options',
    })
  return flaws
}

function optionListFlaws(options: CommandLike[], path: Path, depth: number): Flaw[] {
  const flaws: Flaw[] = []
  const nested = options.filter(({ type }) => type === SUBCOMMAND || type === GROUP)
  if (nested.length > 0 && nested.length < options.length)
    flaws.push({
      path,
      code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      message: 'Sub-command and sub-command group option types are mutually exclusive to all other types',
    })
  let optionalSeen = false
  const names = options.map(({ name }) => name)
  for (const [index, option] of options.entries()) {
    const at = [...path, index]
    if (names.indexOf(option.name) < index) flaws.push(duplicateName([...at, 'name']))
    if (option.required && optionalSeen)
      flaws.push({
        path: at,
        code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        message: 'Required options must be placed before non-required options',
      })
    optionalSeen ||= !option.required
    flaws.push(...optionFlaws(option, at, depth))
  }
  return flaws
}

function optionFlaws(option: CommandLike, path: Path, depth: number): Flaw[] {
  const flaws = [
    ...nameFlaws(option.name, [...path, 'name']),
    ...localNameFlaws(option, path),
    ...localeFlaws(option, path),
  ]
  if (!option.description?.trim()) flaws.push(required([...path, 'description']))
  if (option.type === GROUP || option.type === SUBCOMMAND) {
    const deepest = option.type === GROUP ? depth > 0 : depth > 1
    if (deepest)
      flaws.push({
        path: [...path, 'type'],
        code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        message: 'Nested too deeply',
      })
    flaws.push(...optionListFlaws(option.options ?? [], [...path, 'options'], depth + (option.type === GROUP ? 1 : 2)))
  }
  if (option.autocomplete && (option.choices?.length || !COMPLETABLE.includes(option.type ?? 0)))
    flaws.push({
      path: [...path, 'autocomplete'],
      code: 'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES',
      message: 'Choices are not allowed with autocomplete',
    })
  for (const [low, high] of [
    ['min_value', 'max_value'],
    ['min_length', 'max_length'],
  ] as const)
    if ((option[low] ?? -Infinity) > (option[high] ?? Infinity))
      flaws.push({ path: [...path, low], code: 'NUMBER_TYPE_MAX', message: `Must be at most ${high}.` })
  return [...flaws, ...choiceFlaws(option.choices ?? [], [...path, 'choices'])]
}

function choiceFlaws(choices: NonNullable<CommandLike['choices']>, path: Path): Flaw[] {
  const names = choices.map(({ name }) => name)
  const values = choices.map(({ value }) => value)
  return choices.flatMap((choice, index) => {
    const flaws = localeFlaws(choice, [...path, index])
    if (!choice.name.trim()) flaws.push(required([...path, index, 'name']))
    if (names.indexOf(choice.name) < index || values.indexOf(choice.value) < index)
      flaws.push({
        path: [...path, index],
        code: 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_VALUE_DUPLICATE',
        message: 'Option choice names and values must be unique',
      })
    return flaws
  })
}

function nameFlaws(name: string, path: Path): Flaw[] {
  if (NAME.test(name) && name === name.toLowerCase()) return []
  return [{ path, code: 'APPLICATION_COMMAND_INVALID_NAME', message: 'Command name is invalid' }]
}

function localeFlaws(item: Pick<CommandLike, 'name_localizations' | 'description_localizations'>, path: Path): Flaw[] {
  return (['name_localizations', 'description_localizations'] as const).flatMap((key) =>
    Object.keys(item[key] ?? {})
      .filter((locale) => !LOCALES.has(locale))
      .map((locale) => ({
        path: [...path, key, locale],
        code: 'BASE_TYPE_CHOICES',
        message: `"${locale}" is not a locale of Discord's.`,
      })),
  )
}

/** A localised name has to be a name as well. */
function localNameFlaws({ name_localizations: names }: Pick<CommandLike, 'name_localizations'>, path: Path): Flaw[] {
  return Object.entries(names ?? {}).flatMap(([locale, name]) =>
    nameFlaws(name, [...path, 'name_localizations', locale]),
  )
}

/** Discord counts names, descriptions and choice values, localised ones by their longest. */
function size(item: CommandLike): number {
  const longest = (text: string | null | undefined, others: Record<string, string> | null | undefined) =>
    Math.max((text ?? '').length, ...Object.values(others ?? {}).map((other) => other.length))
  let sum = longest(item.name, item.name_localizations) + longest(item.description, item.description_localizations)
  for (const choice of item.choices ?? [])
    sum += longest(choice.name, choice.name_localizations) + String(choice.value).length
  for (const option of item.options ?? []) sum += size(option)
  return sum
}

function duplicateName(path: Path): Flaw {
  return {
    path,
    code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
    message: 'Application command names must be unique',
  }
}
