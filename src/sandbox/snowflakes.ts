const DISCORD_EPOCH = 1_420_070_400_000n

/** Makes ids as Discord does: the moment in the upper bits, a counter in the 22 lower ones, so that none comes twice. */
export function createSnowflakes(now: () => number): () => string {
  let count = 0n
  return () => {
    count = (count + 1n) % (1n << 22n)
    return String(((BigInt(now()) - DISCORD_EPOCH) << 22n) | count)
  }
}

/** Which shard a guild's events go to. */
export function shardOf(guild: string, shards: number): number {
  return Number((BigInt(guild) >> 22n) % BigInt(shards))
}
