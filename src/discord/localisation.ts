import type { APIApplicationCommandOption } from 'discord.js'
import { type CommandWords, LANGUAGES } from '../words/languages.ts'
import type { CommandDefinition } from './command.ts'

interface Named {
  readonly name: string
  readonly description?: string | undefined
}

/** A command with its names, descriptions and choices in every language; `key` is under which they are told. */
export function localised(definition: CommandDefinition, key = definition.name): CommandDefinition {
  const words = (locale: string) => LANGUAGES[locale]?.commands[key]
  const { options } = definition as { options?: readonly APIApplicationCommandOption[] }
  return {
    ...definition,
    // A topic is called as the knowledge calls it; only its options are the bot's.
    ...(key === definition.name ? translations(definition, words) : {}),
    ...(options ? { options: options.map((option) => localisedOption(option, words)) } : {}),
  } as CommandDefinition
}

function localisedOption(option: APIApplicationCommandOption, words: (locale: string) => CommandWords | undefined) {
  const choices = 'choices' in option ? option.choices : undefined
  const own = (locale: string) => words(locale)?.options?.[option.name]
  return {
    ...option,
    ...translations(option, own),
    ...(choices
      ? {
          choices: choices.map((choice) => ({
            ...choice,
            ...translations(choice, (locale) => {
              const name = own(locale)?.choices?.[String(choice.value)]
              return name === undefined ? undefined : { name }
            }),
          })),
        }
      : {}),
  }
}

function translations({ description }: Named, words: (locale: string) => Partial<Named> | undefined) {
  const all = Object.keys(LANGUAGES).flatMap((locale) => {
    const own = words(locale)
    return own ? [[locale, own] as const] : []
  })
  if (all.length === 0) return {}
  return {
    name_localizations: Object.fromEntries(all.map(([locale, { name = '' }]) => [locale, name])),
    ...(description
      ? { description_localizations: Object.fromEntries(all.map(([locale, own]) => [locale, own.description ?? ''])) }
      : {}),
  }
}
