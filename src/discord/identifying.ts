import { setTimeout as wait } from 'node:timers/promises'
import { type IIdentifyThrottler, SimpleIdentifyThrottler } from 'discord.js'
import type { Context } from './context.ts'
import { logFailure, soonOr } from './store-trouble.ts'

/** Milliseconds that Discord wants between two shards that identify, and some for what the network makes of them. */
const INTERVAL = 5_000
const MARGIN = 250
/** Milliseconds after which a store that says nothing is not waited for. */
const PATIENCE = 3_000

type Needed = Pick<Context, 'store' | 'log' | 'metrics'>

/** What discord.js knows of the gateway. */
interface Gateway {
  fetchGatewayInformation(): Promise<{ session_start_limit: { max_concurrency: number } }>
}

/**
 * Lets the shards of all processes that share the store identify one after the other, or as many at once as Discord lets
 * (https://docs.discord.com/developers/events/gateway#rate-limiting): discord.js looks at those of its own process only,
 * and one that comes too soon loses seconds, and one of the logins that Discord allows in a day.
 */
export function identifyInTurn(needed: Needed): (gateway: Gateway) => Promise<IIdentifyThrottler> {
  return async (gateway) => {
    const { max_concurrency: atOnce } = (await gateway.fetchGatewayInformation()).session_start_limit
    // Where the store gives no turn, the pace within this process is all there is.
    const own = new SimpleIdentifyThrottler(atOnce)
    return {
      async waitForIdentify(shard, signal) {
        await untilTurn(shard, `identify ${shard % atOnce}`, signal, needed)
        await own.waitForIdentify(shard, signal)
      },
    }
  }
}

/** Resolves when the turn is taken, or cannot be; rejects only when nobody waits for it any more. */
async function untilTurn(shard: number, name: string, signal: AbortSignal, { store, log, metrics }: Needed) {
  try {
    for (let isTold = false; ; isTold = true) {
      const left = await soonOr(store.takeTurn(name, INTERVAL + MARGIN), undefined, PATIENCE)
      if (left === undefined) log.warn({ shard }, 'logs in without its turn: the database did not answer in time')
      if (!left) break
      if (!isTold) log.info({ shard, ms: left }, 'waits for its turn to log in')
      await wait(left, undefined, { signal })
    }
  } catch (err) {
    if (!signal.aborted) logFailure(err, 'logs in without its turn', { log, metrics }, { shard })
  }
  signal.throwIfAborted()
}
