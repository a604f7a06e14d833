import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'

/** The bot's own words in one language. */
export type Words = typeof en

/** What a command is called, and how it describes itself. */
export interface CommandWords {
  readonly name: string
  /** Commands on messages have none. */
  readonly description?: string
  /** By the option's English name. */
  readonly options?: Readonly<Record<string, OptionWords>>
}

export interface OptionWords {
  readonly name: string
  readonly description: string
  /** By the choice's value. */
  readonly choices?: Readonly<Record<string, string>>
}

/** By Discord's locales; whoever has another one is spoken to in English. */
export const LANGUAGES: Readonly<Record<string, Words>> = { de, 'es-ES': es, 'es-419': es }

/** The words for one of Discord's locales, such as `de` or `es-ES`; English where there are none. */
export function wordsFor(locale: string | null | undefined): Words {
  return (locale && Object.hasOwn(LANGUAGES, locale) && LANGUAGES[locale]) || en
}
