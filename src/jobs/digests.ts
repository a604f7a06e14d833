import type { Client } from 'discord.js'
import type { Context } from '../discord/context.ts'
import { readModeration } from '../discord/keeping/moderation.ts'
import { sendNotices } from '../discord/notices.ts'
import { isDone } from './done.ts'

const LAST = 'last-digest'

/**
 * Posts the weekly digest when its day has come, once, however often it is called, by however many processes, and
 * whatever was missed meanwhile: a digest that fell into a stop comes with the next start on its day, else a week later.
 * Whether it did.
 */
export async function postDueDigest(client: Client, context: Context, lease?: number): Promise<boolean> {
  const { moderatorsGuild: guild, store } = context
  if (guild === undefined) return false
  const { digestDay, channel: place } = await readModeration(store, guild)
  const today = context.today()
  const isDay = digestDay === new Date(today).getUTCDay()
  if (!isDay || place === undefined || isDone((await store.readSettings(guild)).get(LAST), today)) return false
  const isFirst = await store.atOnce(async (alone) => {
    if (isDone((await alone.readSettings(guild)).get(LAST), today)) return false
    await alone.writeSetting(guild, LAST, today)
    await alone.addNotice({ kind: 'digest', place, body: '{}' })
    return true
  })
  if (isFirst) await sendNotices(client, context, lease)
  return isFirst
}
