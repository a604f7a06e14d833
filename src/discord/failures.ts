import { randomInt } from 'node:crypto'
import { DiscordAPIError, type Interaction } from 'discord.js'
import { UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import { escaped } from '../render/escape.ts'
import { isAcknowledged, privateLine } from './replies.ts'

const UNKNOWN_INTERACTION = 10062
// Without letters and digits that look alike, because people read it out or copy it by hand.
const REFERENCE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Tells whoever is waiting what went wrong: their own mistake as it is, anything else by a reference into the log. */
export async function tellFailure(error: unknown, interaction: Interaction, log: Log): Promise<void> {
  if (isAcknowledged(error)) return
  const about = aboutInteraction(interaction)
  if (error instanceof DiscordAPIError && error.code === UNKNOWN_INTERACTION) {
    log.warn({ ...about, err: error }, 'answered too late')
    return
  }
  try {
    await answerPrivately(
      interaction,
      error instanceof UserError ? escaped(error.message) : unexpected(error, about, log),
    )
  } catch (err) {
    log.warn({ ...about, err }, 'the failure could not be told')
  }
}

function unexpected(err: unknown, about: object, log: Log): string {
  const reference = Array.from({ length: 6 }, () => REFERENCE_LETTERS[randomInt(REFERENCE_LETTERS.length)]).join('')
  log.error({ ...about, reference, err }, 'a handler failed')
  return `Something went wrong on my side. If it happens again, please tell the operator this reference: ${reference}`
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
