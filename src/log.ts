import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

export interface LogOptions {
  readonly level: string
  /** Values that must never appear, wherever they turn up. */
  readonly secrets?: readonly string[]
  /** Where the lines go: standard output, unless a test wants them. */
  readonly destination?: DestinationStream
}

/** Logs one JSON object a line, without any secret. */
export function createLog({ level, secrets = [], destination = process.stdout }: LogOptions): Log {
  // Whole lines are masked, because a token may sit in a message, a URL or a stack trace as well as in a field.
  const masked = { write: (line: string) => void destination.write(mask(line, secrets)) }
  const redact = { paths: ['token', '*.token', '*.*.token'], censor: '[hidden]' }
  return pino({ level, base: null, redact, serializers: { err: withoutRequest } }, masked)
}

/** Discord's errors carry what was sent: what people asked and wrote may be in it, and to whom it was to go. */
function withoutRequest(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { requestBody, ...told } = pino.stdSerializers.err(error) as { requestBody?: unknown }
  return told
}

// JSON itself writes out what comes before a blank.
const STEERING = /[\u007f-\u009f\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function mask(line: string, secrets: readonly string[]): string {
  return (
    secrets
      .filter(Boolean)
      .reduce((text, secret) => text.replaceAll(secret, '[hidden]'), line)
      // A line is often read in a terminal, which some characters steer.
      .replace(STEERING, (character) => character.split('').map(escapedUnit).join(''))
      // Whoever has an interaction's token can answer in the bot's name for 15 minutes.
      .replace(/(\/(?:interactions|webhooks)\/\d+\/)[\w.%-]{20,}/g, '$1[hidden]')
  )
}
