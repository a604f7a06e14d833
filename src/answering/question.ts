import { QUESTION_WORDS, rarity } from './english.ts'
import type { Lexicon } from './lexicon.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What kind of answer a question wants; a fact that cannot give it is a worse answer. */
export type Wanted = 'who' | 'when' | 'number' | 'where' | 'why' | 'any'

/** A word or name of the question that an answer should cover. */
export interface Unit {
  /** As written, for explanations. */
  readonly text: string
  /** Any one of these features covers it. */
  readonly features: readonly string[]
  /** How much its lack tells, 0 to 1, by rarity in general English. */
  readonly rarity: number
  readonly capital: boolean
  /** Neither the knowledge nor its names use it. */
  readonly foreign: boolean
}

/** A text as the engine reads it. */
export interface Question {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly repaired: readonly string[]
  /** Ids of the entities named. */
  readonly entities: readonly string[]
  /** Stems, concepts, pairs of them and phrases, with their base weights. */
  readonly features: ReadonlyMap<string, number>
  readonly units: readonly Unit[]
  readonly wanted: Wanted
  /** Figures in the text. */
  readonly numbers: readonly string[]
}

const WEIGHT = { content: 1, asking: 0.6, light: 0.2, named: 0.6, concept: 1, pair: 0.5, phrase: 1 }

/** Reads a clean text: words mended, names and words of the domain recognised, what is asked for. */
export function readQuestion(text: string, lexicon: Lexicon): Question {
  const { tokens, repaired } = lexicon.repair(tokensOf(text))
  const concepts = lexicon.conceptsIn(tokens)
  const covered = tokens.map((): string[] => [])
  for (const { id, start, length } of concepts) for (let i = start; i < start + length; i++) covered[i]?.push(id)

  const features = new Map<string, number>()
  const add = (feature: string, weight: number) => features.set(feature, Math.max(weight, features.get(feature) ?? 0))
  for (const phrase of phrasesOf(tokens)) add(phrase, WEIGHT.phrase)
  const units: Unit[] = []
  let before: string | undefined
  tokens.forEach((token, i) => {
    const ids = covered[i] ?? []
    const asking = QUESTION_WORDS.has(token.word)
    const light = token.light && ids.length === 0
    add(token.stem, asking ? WEIGHT.asking : light ? WEIGHT.light : ids.length > 0 ? WEIGHT.named : WEIGHT.content)
    for (const id of ids) add(id, WEIGHT.concept)
    if (light && !asking) return
    // Pairs skip light words, so that "the deadline for the sale" and "sale deadline" share their parts' order at least.
    const canonical = ids[0] ?? token.stem
    if (before !== undefined) add(`${before} ${canonical}`, WEIGHT.pair)
    before = canonical
    if (asking) return
    units.push({
      text: token.word,
      features: [token.stem, ...ids],
      rarity: /\d/.test(token.word) ? 0.6 : rarity(token.word),
      capital: token.capital,
      foreign: ids.length === 0 && !lexicon.knows(token.stem),
    })
  })
  return {
    text,
    tokens,
    repaired,
    entities: [...new Set(concepts.filter(({ id }) => id.startsWith('@')).map(({ id }) => id.slice(1)))],
    features,
    units,
    wanted: wantedBy(tokens),
    numbers: tokens.filter(({ word }) => /^\d/.test(word)).map(({ word }) => word),
  }
}

/** Every word and every two neighbours, light ones included: how it is said, where the other features are what is said. */
function phrasesOf(tokens: readonly Token[]): string[] {
  const stems = ['^', ...tokens.map(({ stem }) => stem), '$']
  return stems.slice(1).flatMap((stem, i) => (stem === '$' ? [`~${stems[i]} $`] : [`~${stem}`, `~${stems[i]} ${stem}`]))
}

function wantedBy(tokens: readonly Token[]): Wanted {
  for (const [i, { word }] of tokens.entries()) {
    const next = tokens[i + 1]?.word ?? ''
    if (word === 'who' || word === 'whom' || word === 'whose') return 'who'
    if (word === 'when' || (/^(what|which)$/.test(word) && /^(date|day|year|month|time|hour)$/.test(next)))
      return 'when'
    if (word === 'how' && /^(long|soon)$/.test(next)) return 'when'
    if (word === 'how' && /^(many|much|high|big|large|often|low)$/.test(next)) return 'number'
    if (/^(what|which)$/.test(word) && /^(percent|percentage|rate|number|share|price|level)$/.test(next))
      return 'number'
    if (word === 'where' || (/^(what|which)$/.test(word) && /^(country|city|place|state)$/.test(next))) return 'where'
    if (word === 'why') return 'why'
  }
  return 'any'
}
