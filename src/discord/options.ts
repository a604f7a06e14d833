import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type BaseInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
} from 'discord.js'
import { UserError } from '../errors.ts'
import { isPartialDate, type PartialDate } from '../knowledge/days.ts'
import { visible } from '../render/escape.ts'
import type { Store } from '../store/store.ts'
import { topicNamed } from './choices.ts'
import type { Context } from './context.ts'
import { parseAsOf } from './outcomes.ts'
import { logFailure, soonOr } from './store-trouble.ts'

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

/** The topic that somebody chose, or typed by its name or title; undefined when they left it out. */
export function topicOption(
  { options }: ChatInputCommandInteraction,
  { snapshot, words }: Context,
): string | undefined {
  const typed = typedIn(options.getString('topic'))
  if (typed === '') return undefined
  const name = topicNamed(typed, snapshot)?.name
  if (name === undefined) throw new UserError(words.overview.noTopic)
  return name
}

/** A year, month or day that somebody typed; undefined when they left it out. */
export function dateOption(
  { options }: ChatInputCommandInteraction,
  name: string,
  { words }: Context,
): PartialDate | undefined {
  const typed = typedIn(options.getString(name))
  if (typed !== '' && !isPartialDate(typed)) throw new UserError(words.overview.badDay)
  return typed || undefined
}

/** No topic and no date is longer. */
const LONGEST = 400

function typedIn(text: string | null): string {
  return visible((text ?? '').slice(0, LONGEST))
}

/** Who sees the answer to a command. */
export interface Privacy {
  readonly isPrivate: boolean
  /** Whether there is anybody else to show it to. */
  readonly isShareable: boolean
}

/** What the asker chose, else what the server has settled, else everybody; the asker only, if that cannot be read. */
export async function privacyOf(interaction: ChatInputCommandInteraction, context: Context): Promise<Privacy> {
  const { options, guildId } = interaction
  const isPrivate =
    options.getBoolean(PRIVATE_OPTION.name) ?? (guildId !== null && (await isPrivateIn(guildId, context)))
  return { isPrivate, isShareable: isPrivate && !isWithBot(interaction) }
}

/** Whether a server shows answers to the asker only, unless they choose otherwise. */
export async function answersPrivately(store: Pick<Store, 'readSettings'>, guild: string): Promise<boolean> {
  return (await store.readSettings(guild)).get('answers') === 'private'
}

async function isPrivateIn(guild: string, context: Context): Promise<boolean> {
  const settled = answersPrivately(context.store, guild).catch((err) => {
    logFailure(err, 'the settings of a server could not be read', context)
    return true
  })
  return soonOr(settled, true)
}

/** In a direct message with the bot, where nobody else is. */
export function isWithBot({ context }: BaseInteraction): boolean {
  return context === InteractionContextType.BotDM
}

/** Where no server has added it: whoever asks has installed it for themselves. */
export function isInstalledForPerson({ context, authorizingIntegrationOwners }: BaseInteraction): boolean {
  return (
    context !== InteractionContextType.BotDM &&
    authorizingIntegrationOwners[ApplicationIntegrationType.GuildInstall] === undefined
  )
}
