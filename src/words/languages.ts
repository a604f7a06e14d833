import { en } from './en.ts'

/** The bot's own words in one language. */
export type Words = typeof en

/** Discord's locales that are not spoken to in English. */
const LANGUAGES: Readonly<Record<string, Words>> = {}

/** The words for one of Discord's locales, such as `de` or `es-ES`; English where there are none. */
export function wordsFor(locale: string | null | undefined): Words {
  return (locale && Object.hasOwn(LANGUAGES, locale) && LANGUAGES[locale]) || en
}
