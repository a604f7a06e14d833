import { type Client, DiscordAPIError, MessageFlags } from 'discord.js'
import { type Context, speaking } from '../discord/context.ts'
import { toOptions } from '../discord/replies.ts'
import { newsBetween, remindersOn, type Told, toldOf } from '../overviews/news.ts'
import { renderFirstFitting } from '../render/message.ts'
import { composeNotice, type NoticeBody } from '../render/notices.ts'
import { StoreFailure } from '../store/failure.ts'
import type { Notice } from '../store/follows.ts'
import type { Store } from '../store/store.ts'
import { wordsFor } from '../words/languages.ts'
import { isDone } from './done.ts'

const UNKNOWN_CHANNEL = 10003
/** Access and permissions that are missing, and people who take no direct messages: trying again would not help. */
const REFUSED = [50001, 50007, 50013]

/**
 * Tells followers what is new and what draws near, once: what is to be told is noted together with that it has been
 * noted, and stays until Discord has taken it. Called whenever the knowledge changes and every few minutes.
 */
export async function tellFollowers(client: Client, context: Context): Promise<void> {
  await noteNotices(context)
  await sendNotices(client, context)
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

/** What Discord has taken, though the store could not be told so yet: Discord itself remembers for some minutes only. */
const taken = new WeakMap<Store, Set<number>>()

async function sendNotices(client: Client, context: Context): Promise<void> {
  const { store, log } = context
  const sent = taken.get(store) ?? new Set()
  taken.set(store, sent)
  for (const notice of await store.listNotices()) {
    try {
      if (!sent.has(notice.id)) await send(client, notice, context)
      sent.add(notice.id)
      await store.dropNotice(notice.id)
      sent.delete(notice.id)
    } catch (err) {
      if (err instanceof StoreFailure) throw err
      const code = err instanceof DiscordAPIError ? Number(err.code) : 0
      const { place, topic } = notice
      if (code === UNKNOWN_CHANNEL) {
        log.info({ place }, 'a place where topics were followed is gone')
        await store.leavePlace(place)
      } else if (REFUSED.includes(code)) {
        log.warn({ place, topic, code }, 'followers could not be told')
        await store.dropNotice(notice.id)
      } else {
        // Discord is out of order or out of reach: all of it is tried again later.
        log.warn({ err, place, topic }, 'followers will be told later')
        return
      }
    }
  }
}

async function send(client: Client, { id, place, topic, user, locale, body }: Notice, context: Context): Promise<void> {
  const { snapshot, commandIds, today, words } = speaking(wordsFor(locale), context)
  const views = composeNotice(JSON.parse(body) as NoticeBody, topic, snapshot, today(), words)
  const message = toOptions(renderFirstFitting(views, commandIds))
  const channel = user === undefined ? await client.channels.fetch(place) : await client.users.createDM(user)
  if (!channel?.isSendable()) return
  // Whoever is killed between sending and noting it sends again: by the number Discord knows that it has it.
  await channel.send({
    ...message,
    flags: [message.flags, MessageFlags.SuppressNotifications],
    nonce: `notice-${id}`,
    enforceNonce: true,
  })
}

function bodyOf(body: NoticeBody): string {
  return JSON.stringify(body)
}
