import { DefaultRestOptions, DefaultUserAgent } from 'discord.js'
import { reasonOf } from './finding.ts'

/** What Discord answered, or why it did not. */
export type Answer =
  | {
      readonly kind: 'answer'
      readonly status: number
      /** Undefined if it is not JSON. */
      readonly body: unknown
      /** Milliseconds by which this machine's clock is ahead (behind, when negative), at the very least. */
      readonly ahead?: number
    }
  | { readonly kind: 'unreachable'; readonly reason: string }

export interface Discord {
  get(path: string): Promise<Answer>
}

/** Discord's HTTP interface, asked once: whoever looks for faults wants to see them instead of their being mended. */
export function askDiscord(options: {
  api?: string | undefined
  token?: string | undefined
  now: () => Date
  /** Milliseconds for one answer. */
  patience?: number
}): Discord {
  const { api = DefaultRestOptions.api, token, now, patience = 4_000 } = options
  const headers = { 'user-agent': DefaultUserAgent, ...(token === undefined ? {} : { authorization: `Bot ${token}` }) }
  return {
    async get(path) {
      const before = now().getTime()
      try {
        const address = `${api}/v${DefaultRestOptions.version}${path}`
        const response = await fetch(address, { headers, signal: AbortSignal.timeout(patience) })
        const text = await response.text()
        const ahead = aheadOf(response.headers.get('date'), before, now().getTime())
        return {
          kind: 'answer',
          status: response.status,
          body: parsed(text),
          ...(ahead === undefined ? {} : { ahead }),
        }
      } catch (error) {
        return { kind: 'unreachable', reason: reasonOf(error) }
      }
    },
  }
}

/** The header is of some moment between the question and the answer, and cut off to the second. */
function aheadOf(header: string | null, before: number, after: number): number | undefined {
  const date = Date.parse(header ?? '')
  if (Number.isNaN(date)) return undefined
  return Math.max(before - (date + 999), 0) + Math.min(after - date, 0)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
