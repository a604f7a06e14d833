import { randomInt } from 'node:crypto'
import { DiscordAPIError, type Interaction, type Message } from 'discord.js'
import { UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import { asContent } from '../render/escape.ts'
import type { Words } from '../words/languages.ts'
import type { Context } from './context.ts'
import { isAcknowledged, PINGING_NOBODY, privateLine } from './replies.ts'

const UNKNOWN_INTERACTION = 10062
// Without letters and digits that look alike, because people read it out or copy it by hand.
const REFERENCE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Tells whoever typed, chose or pressed something what went wrong with it, in private. */
export async function tellFailure(
  error: unknown,
  interaction: Interaction,
  { log, words }: Pick<Context, 'log' | 'words'>,
): Promise<void> {
  if (isAcknowledged(error)) return
  const about = aboutInteraction(interaction)
  if (error instanceof DiscordAPIError && error.code === UNKNOWN_INTERACTION) {
    log.warn({ ...about, err: error }, 'answered too late')
    return
  }
  await tell(wordsFor(error, about, log, words), about, log, (line) => answerPrivately(interaction, line))
}

/** Tells whoever wrote a message what went wrong with its answer, in a reply. */
export async function tellMessageFailure(
  error: unknown,
  message: Message,
  { log, words }: Pick<Context, 'log' | 'words'>,
): Promise<void> {
  const about = { message: message.id, guild: message.guildId }
  await tell(wordsFor(error, about, log, words), about, log, (line) =>
    message.reply({ content: asContent(line), ...PINGING_NOBODY, failIfNotExists: false }),
  )
}

async function tell(line: string, about: object, log: Log, send: (line: string) => Promise<unknown>): Promise<void> {
  try {
    await send(line)
  } catch (err) {
    log.warn({ ...about, err }, 'the failure could not be told')
  }
}

/** Their own mistake as it is, anything else by a reference into the log. */
function wordsFor(err: unknown, about: object, log: Log, words: Words): string {
  if (err instanceof UserError) return err.message
  const reference = Array.from({ length: 6 }, () => REFERENCE_LETTERS[randomInt(REFERENCE_LETTERS.length)]).join('')
  log.error({ ...about, reference, err }, 'a handler failed')
  return words.failed(reference)
}

async function answerPrivately(interaction: Interaction, line: string): Promise<void> {
  if (interaction.isAutocomplete()) {
    if (!interaction.responded) await interaction.respond([])
  } else if (interaction.isRepliable()) {
    if (interaction.replied || interaction.deferred) await interaction.followUp(privateLine(line))
    else await interaction.reply(privateLine(line))
  }
}

/** What the log says of an interaction: neither what was asked nor who asked. */
function aboutInteraction(interaction: Interaction): object {
  const name = 'commandName' in interaction ? interaction.commandName : interaction.customId
  return {
    interaction: interaction.id,
    type: interaction.type,
    name,
    guild: interaction.guildId,
  }
}
