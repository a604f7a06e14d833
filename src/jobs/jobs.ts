import type { Client } from 'discord.js'
import type { Bot } from '../discord/client.ts'
import { closeAnswered } from '../discord/keeping/gaps.ts'
import type { Keeper } from '../editing/keeper.ts'
import { postDueDigest } from './digests.ts'
import { keepLoaded } from './watching.ts'

const HOUR = 3_600_000
/** Drafts that nobody has proposed for so long are forgotten. */
const DRAFT_LIFE = 30 * 24 * HOUR

/** What happens by itself while the bot runs. */
export interface Jobs {
  stop(): void
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
  const look = () => {
    guarded('the digest could not be posted', () => postDueDigest(client, context))
    guarded('old drafts could not be forgotten', () =>
      context.store.forgetDrafts(new Date(context.now().getTime() - DRAFT_LIFE)),
    )
  }
  keeper.listen((snapshot) => {
    guarded('the new knowledge could not be taken up', async () => {
      await bot.renew(snapshot)
      await closeAnswered(client, context)
    })
  })
  // What was changed while the bot was away may answer something, too.
  guarded('the gaps could not be looked at', () => closeAnswered(client, context))
  look()
  const hourly = setInterval(look, HOUR)
  hourly.unref()
  const watch = keepLoaded(folder, keeper, client, context)
  return {
    stop() {
      clearInterval(hourly)
      watch.close()
    },
  }
}
