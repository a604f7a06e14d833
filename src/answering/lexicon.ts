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

/** The words of one knowledge folder: its names, its glossary, and every word it uses. */
export interface Lexicon {
  conceptsIn(tokens: readonly Token[]): Concept[]
  /** The tokens with misspelt ones mended; what was mended, as `wrote → read`. */
  repair(tokens: readonly Token[]): { tokens: Token[]; repaired: string[] }
  /** Whether the knowledge uses the word at all. */
  knows(stem: string): boolean
}

interface Name {
  readonly id: string
  readonly stems: readonly string[]
  /** Has to be written with a capital, because in lower case it is an everyday word (US, us). */
  readonly capital: boolean
}

/** Repairs beyond this many are noise, and would cost time. */
const MOST_REPAIRS = 8
const FUNCTION_WORDS =
  'the when what which who where why how does did with from about they their there have will would should could because before after between still until people'.split(
    ' ',
  )

export function createLexicon(snapshot: Snapshot): Lexicon {
  const names = new Map<string, Name[]>()
  const add = (id: string, text: string) => {
    const tokens = tokensOf(text)
    const [first] = tokens
    if (!first) return
    const capital = tokens.length === 1 && STOP_WORDS.has(first.word)
    const list = names.get(first.stem) ?? []
    list.push({ id, stems: tokens.map((token) => token.stem), capital })
    names.set(
      first.stem,
      list.sort((a, b) => b.stems.length - a.stems.length),
    )
  }
  for (const { id, name, aliases } of snapshot.entities.values())
    for (const text of [name, ...aliases]) add(`@${id}`, text)
  for (const { term, synonyms } of snapshot.glossary) for (const text of [term, ...synonyms]) add(`#${term}`, text)

  const vocabulary = new Map<string, string>()
  const learn = (text: string) => {
    for (const { word, stem } of tokensOf(text)) if (!vocabulary.has(stem)) vocabulary.set(stem, word)
  }
  for (const { name, aliases } of snapshot.entities.values()) [name, ...aliases].forEach(learn)
  for (const { term, synonyms } of snapshot.glossary) [term, ...synonyms].forEach(learn)
  for (const { title } of snapshot.topics.values()) learn(title)
  for (const { statement, askedAs } of snapshot.facts.values()) [statement, ...askedAs].forEach(learn)

  // Curators write questions as people do, slips included: a slip must not become what others are mended to.
  const inNames = new Set<string>()
  for (const list of names.values()) for (const { stems } of list) for (const stem of stems) inNames.add(stem)
  const isSpelt = (word: string, stem: string) => isEnglish(word) || inNames.has(stem)
  const goodWords = [...new Set([...vocabulary.values(), ...FUNCTION_WORDS])].filter(
    (word) => word.length > 2 && isSpelt(word, tokenOf(word).stem),
  )
  const byLetter = new Map<string, Fuse<string>>()
  const nearest = (word: string): string | undefined => {
    const letter = word.slice(0, 1)
    let fuse = byLetter.get(letter)
    if (!fuse) {
      fuse = new Fuse(
        goodWords.filter((good) => good.startsWith(letter)),
        { includeScore: true, threshold: 0.45, distance: 10 },
      )
      byLetter.set(letter, fuse)
    }
    return fuse
      .search(word, { limit: 8 })
      .map(({ item }) => ({ item, edits: edits(word, item) }))
      .filter(({ item, edits }) => edits <= (Math.min(word.length, item.length) > 6 ? 2 : 1))
      .sort((a, b) => a.edits - b.edits)[0]?.item
  }

  return {
    knows: (stem) => vocabulary.has(stem),
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
        const { word, stem } = token
        if (word.length < 3 || !/^\p{L}+$/u.test(word) || isSpelt(word, stem)) return token
        if (repaired.length >= MOST_REPAIRS) return token
        const better = nearest(word)
        if (!better) return token
        repaired.push(`${word} → ${better}`)
        return tokenOf(better, token.capital)
      })
      return { tokens: mended, repaired }
    },
  }
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
