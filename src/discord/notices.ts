import { type Client, DiscordAPIError, MessageFlags } from 'discord.js'
import type { Fault } from '../knowledge/fault.ts'
import type { Message } from '../render/components.ts'
import { cutAtWord } from '../render/escape.ts'
import { composeFaults, composeMended } from '../render/keeping.ts'
import { renderFirstFitting, renderOutcome, renderView } from '../render/message.ts'
import { composeNotice, type NoticeBody } from '../render/notices.ts'
import { StoreFailure } from '../store/failure.ts'
import type { Notice, NoticeKind } from '../store/notices.ts'
import type { Store } from '../store/store.ts'
import { wordsFor } from '../words/languages.ts'
import { type Context, speaking } from './context.ts'
import { digestMessage } from './keeping/digest.ts'
import { plainMessage } from './keeping/drafts.ts'
import { decidedMessages, proposedMessages } from './keeping/proposal-cards.ts'
import { toOptions } from './replies.ts'
import { logFailure } from './store-trouble.ts'

/**
 * Milliseconds after which somebody else may send what one has claimed. Discord remembers for a few minutes what it has
 * been sent: whoever sends it again does so before it forgets.
 */
const LEASE = 60_000
/** Milliseconds after which it is looked again whether there is something to say. */
const LATER = 60_000
/** An answer that nobody knows any more after so many milliseconds is none. */
const HOUR = 3_600_000

const UNKNOWN_CHANNEL = 10003
/** What will not get better: no such channel or person, no access, no permission, no direct messages, no such message. */
const REFUSED = [UNKNOWN_CHANNEL, 10004, 10013, 50001, 50007, 50013, 50035]

/**
 * The messages that a notice becomes, as things are now; undefined while there is nothing to say, and none if there never
 * will be.
 */
const COMPOSERS: Record<NoticeKind, (notice: Notice, context: Context) => Promise<Message[] | undefined>> = {
  async follow({ topic = '', locale = '', body }, context) {
    const { snapshot, commandIds, today, words } = speaking(wordsFor(locale), context)
    const views = composeNotice(JSON.parse(body) as NoticeBody, topic, snapshot, today(), words)
    return [renderFirstFitting(views, commandIds)]
  },
  async gap({ body }, { engine, snapshot, commandIds, today }) {
    const { question } = JSON.parse(body) as { question: string }
    const outcome = engine.ask(question, today())
    if (outcome.kind !== 'answer') return undefined
    const text = `You wanted to know when this is answered: “${cutAtWord(question, 300)}”`
    return [plainMessage(text), renderOutcome(outcome, snapshot, commandIds)]
  },
  complaint: async ({ body }) => [plainMessage((JSON.parse(body) as { text: string }).text)],
  proposal: ({ body }, context) => proposedMessages(JSON.parse(body).proposal, context),
  decision: ({ body }, context) => decidedMessages(JSON.parse(body).proposal, context),
  digest: async (_, context) => [await digestMessage(context)],
  async faults({ body }) {
    const { faults } = JSON.parse(body) as { faults: Fault[] }
    return [faults.length === 0 ? renderView(composeMended()) : renderFirstFitting(composeFaults(faults))]
  },
}

/** What Discord has taken, though the store could not be told so yet: Discord itself remembers for some minutes only. */
const taken = new WeakMap<Store, Set<string>>()

/**
 * Sends the notices that wait, one after the other, until there are no more or Discord fails. However many do so in
 * however many processes, and whenever they are stopped, each is sent once, as long as one goes on within the minutes for
 * which Discord remembers what it was sent.
 */
export async function sendNotices(client: Client, context: Context, lease = LEASE): Promise<void> {
  const { store } = context
  for (;;) {
    const notice = await store.claimNotice(lease)
    if (!notice) return
    try {
      await sendNotice(client, notice, context)
    } catch (err) {
      if (err instanceof StoreFailure) {
        // If that cannot be noted either, the claim runs out.
        await store.putOffNotice(notice.id, 0).catch(() => {})
        throw err
      }
      if (!(await settle(err, notice, context))) return
    }
  }
}

/** The same without being waited for. */
export function sendSoon(client: Client, context: Context): void {
  sendNotices(client, context).catch((err) => logFailure(err, 'notices could not be sent', context))
}

async function sendNotice(client: Client, notice: Notice, context: Context): Promise<void> {
  const { store } = context
  const { id, kind, user = '' } = notice
  const sent = taken.get(store) ?? new Set()
  taken.set(store, sent)
  const messages = await COMPOSERS[kind]?.(notice, context)
  if (messages) {
    const parts = messages.map((message, part) => ({
      message,
      nonce: part === 0 ? `notice-${id}` : `notice-${id}-${part}`,
    }))
    for (const { message, nonce } of parts) {
      if (!sent.has(nonce)) await send(client, notice, message, nonce)
      sent.add(nonce)
    }
    await store.dropNotice(id)
    for (const { nonce } of parts) sent.delete(nonce)
  } else if (kind === 'gap' && notice.age > HOUR) {
    const { gap } = JSON.parse(notice.body) as { gap: number }
    await store.atOnce(async (alone) => {
      // Who had it deleted meanwhile waits for nothing any more.
      if (await alone.dropNotice(id)) await alone.reopenGap(gap, user)
    })
  } else {
    // Another process may know what to say of it: one with newer knowledge, or a newer program.
    await store.putOffNotice(id, LATER)
  }
}

async function send(client: Client, { kind, place, user }: Notice, message: Message, nonce: string): Promise<void> {
  // A channel may be in a server that another process is connected for.
  const options = { allowUnknownGuild: true }
  const channel = user === undefined ? await client.channels.fetch(place, options) : await client.users.createDM(user)
  if (!channel?.isSendable()) return
  const { flags, ...rest } = toOptions(message)
  // Whoever is stopped between sending and noting it sends again: by the number Discord knows that it has it.
  await channel.send({
    ...rest,
    flags: kind === 'follow' ? [flags, MessageFlags.SuppressNotifications] : flags,
    nonce,
    enforceNonce: true,
  })
}

/** Decides what becomes of a notice that Discord did not take; whether it is worth trying others. */
async function settle(err: unknown, notice: Notice, { store, log }: Context): Promise<boolean> {
  const { id, kind, place, user } = notice
  // Whose direct messages they are is not for the log.
  const where = { notice: id, kind, ...(user === undefined ? { place } : {}) }
  const code = err instanceof DiscordAPIError ? Number(err.code) : 0
  if (!REFUSED.includes(code)) {
    // Discord is out of order or out of reach.
    log.warn({ ...where, err }, 'a notice will be sent later')
    await store.putOffNotice(id, 0)
    return false
  }
  if (kind === 'follow' && code === UNKNOWN_CHANNEL) {
    log.info(where, 'a place where topics were followed is gone')
    await store.leavePlace(place)
  } else {
    log.warn({ ...where, code }, 'a notice could not be sent')
    await store.dropNotice(id)
  }
  return true
}
