import type { Client } from 'discord.js'
import type { Bot } from '../discord/client.ts'
import { closeMended } from '../discord/keeping/complaints.ts'
import { closeAnswered } from '../discord/keeping/gaps.ts'
import { sendNotices } from '../discord/notices.ts'
import { logFailure } from '../discord/store-trouble.ts'
import type { Keeper } from '../editing/keeper.ts'
import type { Shelf } from '../editing/shelf.ts'
import { postDueDigest } from './digests.ts'
import { tellFollowers } from './notices.ts'
import { deleteOld } from './retention.ts'
import { keepLoaded } from './watching.ts'

const HOUR = 3_600_000
/** How often to look whether there is something to do: a day begins, or Discord or the database is back. */
const MINUTES = 5 * 60_000
/** How often to look whether a notice waits that somebody claimed and did not send. */
const HALF_MINUTE = 30_000

/** What happens by itself while the bot runs. */
export interface Jobs {
  /** Tells followers now what there is to tell. */
  tell(): Promise<void>
  /** Does now what is due, and what could not be done the last time. */
  look(): Promise<void>
  stop(): Promise<void>
}

/** Starts the jobs of a bot that is ready. */
export function startJobs(
  shelf: Shelf,
  keeper: Keeper,
  client: Client<true>,
  bot: Pick<Bot, 'context' | 'renew'>,
): Jobs {
  const { context } = bot
  const guarded = (what: string, work: () => Promise<unknown>) =>
    work().then(
      () => {},
      (err) => logFailure(err, what, context),
    )
  /** One after the other, as what is noted twice is noted in vain. */
  let telling: Promise<void> = Promise.resolve()
  const tell = () => {
    telling = telling.then(() => guarded('followers could not be told', () => tellFollowers(client, context)))
    return telling
  }
  /** What was changed while the bot was away may answer something, too. */
  let mayAnswerGaps = true
  const lookAtGaps = () =>
    guarded('the gaps could not be looked at', async () => {
      await closeAnswered(context)
      mayAnswerGaps = false
    })
  const look = async () => {
    await Promise.all([
      guarded('the digest could not be posted', () => postDueDigest(client, context)),
      guarded('the knowledge files could not be read again', () => keeper.reload()),
      guarded('the complaints could not be looked at', () => closeMended(context)),
      (mayAnswerGaps ? lookAtGaps() : Promise.resolve()).then(tell),
    ])
  }
  keeper.listen((snapshot) => {
    mayAnswerGaps = true
    void guarded('the new knowledge could not be taken up', async () => {
      await bot.renew(snapshot)
      await lookAtGaps()
      await tell()
    })
  })
  const tidy = () => guarded('what is old could not be deleted', () => deleteOld(client, context))
  context.metrics.queue('notices', async () => (await context.store.listNotices()).length)
  void look()
  void tidy()
  const send = () => guarded('notices could not be sent', () => sendNotices(client, context))
  const timers = [
    setInterval(() => void look(), MINUTES),
    setInterval(() => void send(), HALF_MINUTE),
    setInterval(() => void tidy(), HOUR),
  ]
  for (const timer of timers) timer.unref()
  const watch = keepLoaded(shelf, keeper, client, context)
  return {
    tell,
    look,
    async stop() {
      for (const timer of timers) clearInterval(timer)
      watch.close()
      await telling
    },
  }
}
