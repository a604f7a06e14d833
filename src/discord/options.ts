import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from 'discord.js'
import type { Context } from './context.ts'
import { parseAsOf } from './outcomes.ts'

/** The option for asking about another day than today. */
export const AS_OF_OPTION = {
  type: ApplicationCommandOptionType.String,
  name: 'as-of',
  description: 'The day you ask about, as YYYY-MM-DD (today if left out)',
  autocomplete: true,
} as const

/** The option for an answer that nobody else sees. */
export const PRIVATE_OPTION = {
  type: ApplicationCommandOptionType.Boolean,
  name: 'private',
  description: 'Show the answer only to you',
} as const

/** The day that a command asks about. */
export function asOfOption({ options }: ChatInputCommandInteraction, context: Context) {
  return parseAsOf(options.getString(AS_OF_OPTION.name), context.today(), context.words)
}

/** Whether only the asker should see the answer. */
export function privateOption({ options }: ChatInputCommandInteraction): boolean {
  return options.getBoolean(PRIVATE_OPTION.name) ?? false
}
