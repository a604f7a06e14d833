/** Chance that comes out the same on every machine and in every run. */
export interface Random {
  /** From 0 to just under 1. */
  next(): number
  below(limit: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
}

/** A stream of chance of its own for each seed (the generator known as mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, chance: (share) => next() < share, pick: (list) => list[below(list.length)] as never }
}

/** Draws items as often as their weights say. */
export function createSampler<T>(items: readonly T[], weightOf: (item: T, at: number) => number): (r: Random) => T {
  let sum = 0
  const sums = Float64Array.from(items, (item, at) => {
    sum += weightOf(item, at)
    return sum
  })
  return (random) => {
    const target = random.next() * sum
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) > target) high = middle
      else low = middle + 1
    }
    return items[low] as T
  }
}
