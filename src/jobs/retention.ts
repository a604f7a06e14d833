import { type Client, RequestMethod, Routes } from 'discord.js'
import type { Context } from '../discord/context.ts'

const DAY = 24 * 3_600_000
/** For so many days drafts wait to be proposed. */
const DRAFT_DAYS = 30
/** Between so many somebody else gets a turn. */
const BATCH = 500

/**
 * Deletes gaps, complaints and drafts that are older than they may become, by this machine's clock and by Discord's as
 * well: one that was set ahead by mistake would have everything deleted at once. Where Discord cannot be asked for the time,
 * nothing is deleted until it can.
 */
export async function deleteOld(client: Client, { store, retentionDays, now, log }: Context): Promise<void> {
  const clocks = [now().getTime(), await timeOfDiscord(client)]
  // What was noted while the clock was ahead would otherwise stay for longer than it may.
  await store.dateBack(new Date(Math.max(...clocks) + DAY))
  const daysAgo = (days: number) => new Date(Math.min(...clocks) - days * DAY)
  await store.forgetDrafts(daysAgo(DRAFT_DAYS))
  const deleted = { gaps: 0, complaints: 0 }
  for (let isMore = true; isMore; ) {
    const { gaps, complaints } = await store.forgetBefore(daysAgo(retentionDays), BATCH)
    deleted.gaps += gaps
    deleted.complaints += complaints
    isMore = gaps === BATCH || complaints === BATCH
  }
  if (deleted.gaps + deleted.complaints > 0) log.info(deleted, 'old gaps and complaints were deleted')
}

/** Discord dates everything that it answers (https://www.rfc-editor.org/rfc/rfc9110#field.date). */
async function timeOfDiscord({ rest }: Client): Promise<number> {
  const response = await rest.queueRequest({ method: RequestMethod.Get, fullRoute: Routes.gatewayBot() })
  await response.arrayBuffer()
  const time = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(time)) throw new Error('Discord’s answer has no date')
  return time
}
