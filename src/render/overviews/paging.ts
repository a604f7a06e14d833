/** One page of a list, as a reader counts pages: from 1. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** How many items stand on the pages before. */
  readonly before: number
  readonly page: number
  readonly pages: number
}

export interface Room {
  readonly items: number
  readonly characters: number
}

/** The page that is asked for, or the nearest there is: as many items as fit, in order. There is always one page. */
export function pageOf<Item>(
  items: readonly Item[],
  page: number,
  lengthOf: (item: Item) => number,
  room: Room,
): Page<Item> {
  const pages: Item[][] = [[]]
  let used = 0
  for (const item of items) {
    const length = lengthOf(item)
    const last = pages.at(-1) ?? []
    if (last.length > 0 && (last.length === room.items || used + length > room.characters)) {
      pages.push([item])
      used = length
    } else {
      last.push(item)
      used += length
    }
  }
  const at = Math.min(Math.max(page, 1), pages.length)
  const before = pages.slice(0, at - 1).reduce((sum, { length }) => sum + length, 0)
  return { items: pages[at - 1] ?? [], before, page: at, pages: pages.length }
}
