import type { Client } from 'discord.js'
import type { Bot } from '../discord/client.ts'
import { closeAnswered } from '../discord/keeping/gaps.ts'
import type { Keeper } from '../editing/keeper.ts'
import { postDueDigest } from './digests.ts'
import { tellFollowers } from './notices.ts'
import { deleteOld } from './retention.ts'
import { keepLoaded } from './watching.ts'

const HOUR = 3_600_000
/** How often to look whether followers have something to hear: a day begins, or Discord is back. */
const MINUTES = 5 * 60_000

/** What happens by itself while the bot runs. */
export interface Jobs {
  /** Tells followers now what there is to tell. */
  tell(): Promise<void>
  stop(): Promise<void>
}

/** Starts the jobs of a bot that is ready. */
export function startJobs(
  folder: string,
  keeper: Keeper,
  client: Client<true>,
  bot: Pick<Bot, 'context' | 'renew'>,
): Jobs {
  const { context } = bot
  const guarded = (what: string, work: () => Promise<unknown>) => {
    work().catch((err) => context.log.error({ err }, what))
  }
  /** One after the other, so that nothing is sent twice. */
  let telling: Promise<void> = Promise.resolve()
  const tell = () => {
    telling = telling
      .then(() => tellFollowers(client, context))
      .catch((err) => {
        context.log.error({ err }, 'followers could not be told')
      })
    return telling
  }
  const look = () => {
    guarded('the digest could not be posted', () => postDueDigest(client, context))
    guarded('what is old could not be deleted', () => deleteOld(client, context))
  }
  keeper.listen((snapshot) => {
    guarded('the new knowledge could not be taken up', async () => {
      await bot.renew(snapshot)
      await Promise.all([closeAnswered(client, context), tell()])
    })
  })
  // What was changed while the bot was away may answer something, too.
  guarded('the gaps could not be looked at', () => closeAnswered(client, context))
  context.metrics.queue('notices', async () => (await context.store.listNotices()).length)
  look()
  void tell()
  const hourly = setInterval(look, HOUR)
  hourly.unref()
  const often = setInterval(() => void tell(), MINUTES)
  often.unref()
  const watch = keepLoaded(folder, keeper, client, context)
  return {
    tell,
    async stop() {
      clearInterval(hourly)
      clearInterval(often)
      watch.close()
      await telling
    },
  }
}
