import Fuse from 'fuse.js'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { isEnglish, STOP_WORDS } from './english.ts'
import { type Token, tokenOf, tokensOf } from './tokens.ts'

/** A name or word of the domain found in a text: what it stands for, and the tokens it covers. */
export interface Concept {
  /** `@entity-id`, or `#term` of the glossary. */
  readonly id: string
  readonly start: number
  readonly length: number
}

/** The words of one knowledge folder: its names, its glossary, and every word of its texts. */
export interface Lexicon {
  /** Counts the words of a text; those of a careful one (a statement, a name) are spelt as they should be. */
  learn(tokens: readonly Token[], careful: boolean): void
  /** Takes back what a text taught. */
  unlearn(tokens: readonly Token[], careful: boolean): void
  conceptsIn(tokens: readonly Token[]): Concept[]
  /** The tokens with misspelt ones mended; what was mended, as `wrote → read`. */
  repair(tokens: readonly Token[]): { tokens: Token[]; repaired: string[] }
}

interface Name {
  readonly id: string
  readonly stems: readonly string[]
  /** Has to be written with a capital, because in lower case it is an everyday word (US, us). */
  readonly capital: boolean
}

/** Repairs beyond this many are noise, and would cost time. */
const MOST_REPAIRS = 8
/** No word that people misspell is longer, and comparing takes the square of its length. */
const LONGEST_WORD = 40
/** What the knowledge itself writes is taken for a slip only beside a word that it writes so many times as often. */
const SLIP = 10
const FUNCTION_WORDS =
  'the when what which who where why how does did with from about they their there have will would should could because before after between still until people'.split(
    ' ',
  )

/** The names and terms of a knowledge folder; the words of its texts are yet to be learnt. */
export function createLexicon({ entities, glossary }: Pick<Snapshot, 'entities' | 'glossary'>): Lexicon {
  const named = [
    ...[...entities.values()].flatMap(({ id, name, aliases }) =>
      [name, ...aliases].map((text) => ({ id: `@${id}`, text })),
    ),
    ...glossary.flatMap(({ term, synonyms }) => [term, ...synonyms].map((text) => ({ id: `#${term}`, text }))),
  ].map(({ id, text }) => ({ id, tokens: tokensOf(text) }))
  const names = namesOf(named)
  const written = new Map<string, { count: number; careful: number }>()
  /** Curators write questions as people do, slips included: a slip must not become what others are mended to. */
  const isSpelt = (word: string) => isEnglish(word) || (written.get(word)?.careful ?? 0) > 0
  const matchers = new Map<string, Fuse<string>>()
  const count = (tokens: readonly Token[], careful: boolean, step: 1 | -1) => {
    for (const { word } of tokens) {
      const seen = written.get(word) ?? { count: 0, careful: 0 }
      if (seen.count === 0) written.set(word, seen)
      seen.count += step
      if (careful) seen.careful += step
      if (seen.count === 0) written.delete(word)
      matchers.delete(word.slice(0, 1))
    }
  }
  for (const { tokens } of named) count(tokens, true, 1)
  count(
    FUNCTION_WORDS.map((word) => tokenOf(word)),
    true,
    1,
  )

  const matcherFor = (letter: string) => {
    const known = matchers.get(letter)
    if (known) return known
    const words = [...written.keys()].filter((word) => word.length >= 3 && word.startsWith(letter) && isSpelt(word))
    const made = new Fuse(words, { includeScore: true, threshold: 0.45, distance: 10 })
    matchers.set(letter, made)
    return made
  }
  const nearest = (word: string): string | undefined =>
    matcherFor(word.slice(0, 1))
      .search(word, { limit: 8 })
      .map(({ item }) => ({ item, edits: edits(word, item) }))
      .filter(({ item, edits }) => edits <= (Math.min(word.length, item.length) > 6 ? 2 : 1))
      .sort((a, b) => a.edits - b.edits)[0]?.item

  return {
    learn: (tokens, careful) => count(tokens, careful, 1),
    unlearn: (tokens, careful) => count(tokens, careful, -1),
    conceptsIn(tokens) {
      const found: Concept[] = []
      const shouted = tokens.every((token) => !token.capital)
      for (let start = 0; start < tokens.length; start++) {
        const token = tokens[start] as Token
        for (const { id, stems, capital } of names.get(token.stem) ?? []) {
          if (capital && !(token.capital || (shouted && standsForName(tokens, start)))) continue
          if (stems.every((stem, offset) => tokens[start + offset]?.stem === stem))
            found.push({ id, start, length: stems.length })
        }
      }
      return found
    },
    repair(tokens) {
      const repaired: string[] = []
      const mended = tokens.map((token) => {
        const { word } = token
        if (word.length < 3 || word.length > LONGEST_WORD || !/^\p{L}+$/u.test(word) || isSpelt(word)) return token
        if (repaired.length >= MOST_REPAIRS) return token
        const better = nearest(word)
        const times = written.get(word)?.count ?? 0
        if (!better || (written.get(better)?.count ?? 0) < SLIP * times) return token
        repaired.push(`${word} → ${better}`)
        const read = tokenOf(better, token.capital)
        // Who makes the same slip as a curator is understood by it as well.
        return times > 0 ? { ...read, wrote: token.stem } : read
      })
      return { tokens: mended, repaired }
    },
  }
}

/** The names by their first stem, longer ones first. */
function namesOf(named: readonly { id: string; tokens: readonly Token[] }[]): ReadonlyMap<string, readonly Name[]> {
  const names = new Map<string, Name[]>()
  for (const { id, tokens } of named) {
    const [first] = tokens
    if (!first) continue
    const name = {
      id,
      stems: tokens.map(({ stem }) => stem),
      capital: tokens.length === 1 && STOP_WORDS.has(first.word),
    }
    const list = names.get(first.stem)
    if (list) list.push(name)
    else names.set(first.stem, [name])
  }
  for (const list of names.values()) list.sort((a, b) => b.stems.length - a.stems.length)
  return names
}

/** Whether a name that doubles as an everyday word (us) stands where the everyday word hardly can. */
function standsForName(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.word
  const after = tokens[at + 1]
  return (
    before === 'the' ||
    before === undefined ||
    before === 'versus' ||
    before === 'and' ||
    (after !== undefined && !after.light)
  )
}

/** Damerau–Levenshtein distance with adjacent transpositions: how many slips of the pen lie between two words. */
function edits(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = previous
    previous = row
  }
  return previous[b.length] ?? 0
}
