import { tokensOf } from './tokens.ts'

/** From 0 (no word in common) to 1 (the same words, in whatever order and form): what two texts share of what they say. */
export function alike(one: string, other: string): number {
  return share(wordsOf(one), wordsOf(other))
}

/** Groups texts that say nearly the same; each group in the order given, its first one naming it. */
export function groupsOf<Item>(items: readonly Item[], textOf: (item: Item) => string, least = 0.75): Item[][] {
  const groups: { words: ReadonlySet<string>; items: Item[] }[] = []
  for (const item of items) {
    const words = wordsOf(textOf(item))
    const near = groups.find((group) => share(group.words, words) >= least)
    if (near) near.items.push(item)
    else groups.push({ words, items: [item] })
  }
  return groups.map((group) => group.items)
}

/** The stems that say something; of a text that has none, all of them. */
function wordsOf(text: string): ReadonlySet<string> {
  const tokens = tokensOf(text)
  const telling = tokens.filter(({ light }) => !light)
  return new Set((telling.length > 0 ? telling : tokens).map(({ stem }) => stem))
}

function share(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const most = one.size + other.size
  return most === 0 ? 1 : (2 * one.intersection(other).size) / most
}
