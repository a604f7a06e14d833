import type { Client } from 'discord.js'
import type { Context } from '../discord/context.ts'
import { sendNotices } from '../discord/notices.ts'
import { newsBetween, remindersOn, type Told, toldOf } from '../overviews/news.ts'
import type { NoticeBody } from '../render/notices.ts'
import { isDone } from './done.ts'

/**
 * Tells followers what is new and what draws near, once: what is to be told is noted together with that it has been
 * noted, and stays until Discord has taken it. Called whenever the knowledge changes and every few minutes.
 */
export async function tellFollowers(client: Client, context: Context, lease?: number): Promise<void> {
  await noteNotices(context)
  await sendNotices(client, context, lease)
}

async function noteNotices({ store, snapshot, today }: Context): Promise<void> {
  const day = today()
  for (const { place, topic, told, toldOn, since } of await store.listFollows()) {
    // On a day before the one that it began on, what it was told of would seem to be withdrawn.
    if (since !== day && isDone(since, day)) continue
    const now = toldOf(snapshot, topic, day)
    const items = newsBetween(JSON.parse(told) as Told, now)
    // One message a day: what comes later on the same day is told on the next one.
    if (items.length > 0 && !isDone(toldOn, day)) {
      await store.noteNews(place, topic, JSON.stringify(now), day, bodyOf({ kind: 'news', items }))
    }
    const reminders = remindersOn(snapshot, topic, day, since)
    if (reminders.length === 0) continue
    await store.noteReminders(place, topic, reminders, (fresh) =>
      bodyOf({ kind: 'reminder', items: fresh.flatMap((index) => reminders[index] ?? []) }),
    )
  }
}

function bodyOf(body: NoticeBody): string {
  return JSON.stringify(body)
}
