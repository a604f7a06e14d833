import type { Client } from 'discord.js'
import type { Context } from '../discord/context.ts'
import { digestMessage } from '../discord/keeping/digest.ts'
import { readModeration, tellModerators } from '../discord/keeping/moderation.ts'

const LAST = 'last-digest'

/**
 * Posts the weekly digest when its day has come, once, however often it is called and whatever was missed meanwhile:
 * a digest that fell into a stop comes with the next start on its day, else a week later. Whether it did.
 */
export async function postDueDigest(client: Client, context: Context): Promise<boolean> {
  const { moderatorsGuild: guild, store } = context
  if (guild === undefined) return false
  const { digestDay, channel } = await readModeration(store, guild)
  const today = context.today()
  const isDay = digestDay === new Date(today).getUTCDay()
  if (!isDay || channel === undefined || (await store.readSettings(guild)).get(LAST) === today) return false
  // Noted before it is posted: a digest that is missing is a smaller harm than one every hour.
  await store.writeSetting(guild, LAST, today)
  await tellModerators(client, await digestMessage(context), context)
  return true
}
