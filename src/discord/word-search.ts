import Fuse from 'fuse.js'
import { stemmer } from 'stemmer'

/** What can be found by its words. */
export interface Findable {
  /** The earlier ones say more of it than the later ones. */
  readonly texts: readonly string[]
  /** What a match is worth, 1 if not said. */
  readonly worth?: number
}

/** Finds entries by the words that somebody types: in full or only begun, in another form or misspelt. */
export interface WordSearch {
  /** Positions of the best of some entries, the best first; empty when no word is found. */
  search(typed: string, most: number, among?: (entry: number) => boolean): number[]
}

// What a word counts for when the entry has it as typed, in another form, only begun by it, or something like it.
const SAME = 1
const FORM = 0.9
const BEGUN = 0.5
const ALIKE = 0.6
/** A word of the next text counts for so much of what it does in the text before. */
const NEXT_TEXT = 0.6
/** An entry with less than this share of the best score is not what was meant. */
const NEAR_BEST = 0.35
/** Shorter words have too many neighbours for a typo, shorter stems for a form, to be told. */
const SHORTEST = 4
/** As many characters as Fuse compares at once; no word that people type is longer. */
const LONGEST = 32

interface Posting {
  readonly entry: number
  readonly weight: number
}

/** An index of words, so that a search costs what its words cost, however many entries there are. */
export function createWordSearch(entries: readonly Findable[]): WordSearch {
  const postings = postingsOf(entries)
  const vocabulary = [...postings.keys()].sort()
  const byStem = Map.groupBy(vocabulary, stemmer)
  const byPair = new Map<string, string[]>()
  for (const word of vocabulary) for (const pair of pairsOf(word)) listIn(byPair, pair).push(word)

  /** Words of the vocabulary that a typed one may mean, and how much a match with each counts. */
  function meant(word: string): Map<string, number> {
    const stem = stemmer(word)
    const start = stem.length < SHORTEST || !word.startsWith(stem) ? word : stem
    const found = new Map(begunWith(start, vocabulary).map((other) => [other, BEGUN]))
    for (const other of byStem.get(stem) ?? []) found.set(other, FORM)
    if (postings.has(word)) found.set(word, SAME)
    return found.size > 0 || word.length < SHORTEST ? found : alike(word)
  }

  /** Fuse judges the likeliest words only: it compares with each it is given. */
  function alike(word: string): Map<string, number> {
    const shared = new Map<string, number>()
    for (const pair of pairsOf(word)) {
      for (const other of byPair.get(pair) ?? [])
        shared.set(other, (shared.get(other) ?? 0) + 1 / (other.length + word.length))
    }
    const likeliest = [...shared].sort(([, one], [, other]) => other - one).slice(0, 40)
    const fuse = new Fuse(
      likeliest.map(([other]) => other),
      { threshold: 0.4, distance: 20, includeScore: true },
    )
    return new Map(fuse.search(word, { limit: 5 }).map(({ item, score = 0 }) => [item, ALIKE * (1 - score)]))
  }

  /** Adds to each entry how well it matches a typed word: the rarer the word, the more. */
  function addScores(word: string, scores: Float64Array): void {
    const best = new Float64Array(entries.length)
    const matched: number[] = []
    for (const [other, quality] of meant(word)) {
      for (const { entry, weight } of postings.get(other) ?? []) {
        const known = best[entry] ?? 0
        if (known === 0) matched.push(entry)
        best[entry] = Math.max(known, quality * weight)
      }
    }
    // Squared, because a sentence has many common words and they should not outweigh the one that tells.
    const rarity = Math.log(1 + entries.length / matched.length) ** 2
    for (const entry of matched) scores[entry] = (scores[entry] ?? 0) + (best[entry] ?? 0) * rarity
  }

  return {
    search(typed, most, among = () => true) {
      const scores = new Float64Array(entries.length)
      for (const word of new Set(wordsOf(typed))) addScores(word, scores)
      const found: { entry: number; score: number }[] = []
      scores.forEach((score, entry) => {
        if (score > 0 && among(entry)) found.push({ entry, score: score * (entries[entry]?.worth ?? 1) })
      })
      const least = NEAR_BEST * found.reduce((best, { score }) => Math.max(best, score), 0)
      return found
        .filter(({ score }) => score >= least)
        .sort((one, other) => other.score - one.score)
        .slice(0, most)
        .map(({ entry }) => entry)
    },
  }
}

function postingsOf(entries: readonly Findable[]): Map<string, Posting[]> {
  const postings = new Map<string, Posting[]>()
  entries.forEach(({ texts }, entry) => {
    const weights = new Map<string, number>()
    texts.forEach((text, position) => {
      for (const word of wordsOf(text)) if (!weights.has(word)) weights.set(word, NEXT_TEXT ** position)
    })
    for (const [word, weight] of weights) listIn(postings, word).push({ entry, weight })
  })
  return postings
}

/** Words in lower case and without accents, so that they are found however they are typed. */
function wordsOf(text: string): string[] {
  const plain = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  return Array.from(plain.matchAll(/[\p{L}\p{N}]+/gu), ([word]) => word.slice(0, LONGEST))
}

/** Neighbouring letters, its beginning and end included. */
function pairsOf(word: string): Set<string> {
  const whole = ` ${word} `
  return new Set(Array.from({ length: whole.length - 1 }, (_, at) => whole.slice(at, at + 2)))
}

/** The words that begin like this one, from a sorted list. */
function begunWith(start: string, sorted: readonly string[]): string[] {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < start) low = middle + 1
    else high = middle
  }
  let end = low
  while (sorted[end]?.startsWith(start)) end++
  return sorted.slice(low, end)
}

function listIn<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const known = lists.get(key)
  if (known) return known
  const list: Item[] = []
  lists.set(key, list)
  return list
}
