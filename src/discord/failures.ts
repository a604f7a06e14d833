import { DiscordAPIError, DiscordjsErrorCodes, type Interaction, type Message } from 'discord.js'
import { UserError } from '../errors.ts'
import type { Fate } from '../monitoring/metrics.ts'
import { StoreFailure } from '../store/failure.ts'
import type { TracedContext } from './context.ts'
import { isAcknowledged, privateLine, replyLine } from './replies.ts'
import { logFailure } from './store-trouble.ts'

const UNKNOWN_INTERACTION = 10062

type Told = Pick<TracedContext, 'log' | 'metrics' | 'words' | 'trace'>

/** Tells whoever typed, chose or pressed something what went wrong with it, in private. */
export async function tellFailure(error: unknown, interaction: Interaction, context: Told): Promise<Fate> {
  if (isAcknowledged(error)) return 'done'
  if (error instanceof DiscordAPIError && error.code === UNKNOWN_INTERACTION) return 'late'
  return tell(error, (line) => answerPrivately(interaction, line), context)
}

/** Tells whoever wrote a message what went wrong with its answer, in a reply. */
export async function tellMessageFailure(error: unknown, message: Message, context: Told): Promise<Fate> {
  return tell(error, (line) => replyLine(message, line), context)
}

/** Their own mistake as it is, that nothing could be recorded as that, anything else by a reference into the log. */
async function tell(error: unknown, send: (line: string) => Promise<unknown>, context: Told): Promise<Fate> {
  const {
    log,
    words,
    trace: { reference },
  } = context
  const isMistake = error instanceof UserError
  if (!isMistake) logFailure(error, 'a handler failed', context, { reference })
  try {
    await send(isMistake ? error.message : error instanceof StoreFailure ? lost(error, words) : words.failed(reference))
  } catch (err) {
    log.warn({ reference, err }, 'the failure could not be told')
  }
  return isMistake ? 'mistake' : 'failed'
}

function lost({ mayBeKept }: StoreFailure, words: Told['words']): string {
  return mayBeKept ? words.unsure : words.notRecorded
}

/** Milliseconds before Discord gives up in which there is still time to say so. */
const LAST_MOMENT = 1_000

/** Whoever has no response by the last moment, because something hangs, is told that it takes longer. */
export function tellWhenLate(
  interaction: Interaction,
  responding: ReadonlySet<string>,
  { log, words, trace: { reference, left } }: Told,
) {
  let isTold = false
  const timer = setTimeout(() => {
    if (responding.has(interaction.id)) return
    isTold = true
    log.warn({ reference }, 'a response takes longer than Discord waits')
    answerPrivately(interaction, words.slow).catch((err) => log.warn({ reference, err }, 'that could not be told'))
  }, left - LAST_MOMENT).unref()
  return { isTold: () => isTold, stop: () => clearTimeout(timer) }
}

/** Whether it failed only because something else was answered before. */
export function isAnswered(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return isAcknowledged(error) || code === DiscordjsErrorCodes.InteractionAlreadyReplied
}

/** By whatever way is still open. */
export async function answerPrivately(interaction: Interaction, line: string): Promise<void> {
  if (interaction.isAutocomplete()) {
    if (!interaction.responded) await interaction.respond([])
  } else if (interaction.isRepliable()) {
    if (interaction.replied || interaction.deferred) await interaction.followUp(privateLine(line))
    else await interaction.reply(privateLine(line))
  }
}
