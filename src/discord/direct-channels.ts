import { type BaseInteraction, type Client, type Message, SnowflakeUtil } from 'discord.js'

/** So many of them may have come before old ones are looked for. */
const OFTEN = 1_000
/** Milliseconds after which nobody is being answered in them any more. */
const OLD = 10 * 60_000

/** Forgets the channels of direct messages in which nothing happens any more: discord.js keeps all, one for each person. */
export function createDirectChannels(client: Client, now: () => Date): (sent: Message | BaseInteraction) => void {
  let come = 0
  return ({ channel }) => {
    if (!channel?.isDMBased()) return
    come += 1
    if (come % OFTEN !== 0) return
    const old = now().getTime() - OLD
    client.channels.cache.sweep(
      (one) => one.isDMBased() && SnowflakeUtil.timestampFrom(one.lastMessageId ?? one.id) < old,
    )
  }
}
