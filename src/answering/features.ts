/** The number of a feature that no text of the knowledge has. */
export const UNSEEN = -1
/** Stands before the first word of a text and after the last. */
export const EDGE = -2

/**
 * Numbers for what texts have in common: words, names, and two of them in a row. Numbers are given out once and never
 * change, so that an index and the one that follows it can share them.
 */
export interface Features {
  /** Of a stem, `@entity` or `#term`. */
  word(key: string): number
  /** Of two words, one after the other. Not the same as the two being neighbours but for light words. */
  neighbours(first: number, second: number): number
  pair(first: number, second: number): number
}

export interface FeatureNumbers {
  /** Gives a number to what has none yet. */
  readonly learning: Features
  /** `UNSEEN` for what has none: texts of askers leave no trace. */
  readonly reading: Features
  /** How many numbers were given out. */
  size(): number
}

const NEIGHBOURS = 0x3f58476d
const PAIR = 0x14d049bb

export function createFeatures(): FeatureNumbers {
  const words = new Map<string, number>()
  const twos = new Map<number, number>()
  let size = 0
  const learn = <Key>(numbers: Map<Key, number>, key: Key) => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, size)
    return size++
  }
  const read = (first: number, second: number, kind: number) =>
    first === UNSEEN || second === UNSEEN ? UNSEEN : (twos.get(mixed(first, second, kind)) ?? UNSEEN)
  return {
    learning: {
      word: (key) => learn(words, key),
      neighbours: (first, second) => learn(twos, mixed(first, second, NEIGHBOURS)),
      pair: (first, second) => learn(twos, mixed(first, second, PAIR)),
    },
    reading: {
      word: (key) => words.get(key) ?? UNSEEN,
      neighbours: (first, second) => read(first, second, NEIGHBOURS),
      pair: (first, second) => read(first, second, PAIR),
    },
    size: () => size,
  }
}

/**
 * Two numbers made one of 30 bits, which JavaScript keeps without an object. Among a million pairs some hundred share
 * theirs with another one: too few to matter, where a key that cannot clash would cost twice the memory.
 */
function mixed(first: number, second: number, kind: number): number {
  let hash = Math.imul(first ^ kind, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) & 0x3fffffff
}
