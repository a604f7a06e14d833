import { QUESTION_WORDS, rarity } from './english.ts'
import { EDGE, type Features, UNSEEN } from './features.ts'
import type { Concept, Lexicon } from './lexicon.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What kind of answer a question wants; a fact that cannot give it is a worse answer. */
export type Wanted = 'who' | 'when' | 'number' | 'where' | 'why' | 'any'

/** A word or name of the question that an answer should cover. */
export interface Unit {
  /** As written, for explanations. */
  readonly text: string
  /** Any one of these features covers it; none if no text of the knowledge has it. */
  readonly features: readonly number[]
  /** How much its lack tells, 0 to 1, by rarity in general English. */
  readonly rarity: number
  readonly capital: boolean
}

/** A text as numbered features, each with how much it counts by itself. */
export interface Text {
  readonly ids: readonly number[]
  readonly weights: readonly number[]
}

/** A question as the engine reads it. */
export interface Question extends Text {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly repaired: readonly string[]
  /** The entities named. */
  readonly entities: readonly { readonly id: string; readonly feature: number }[]
  readonly units: readonly Unit[]
  readonly wanted: Wanted
  /** It asks for several things: to list, to compare, each, both. */
  readonly several: boolean
  /** Figures in the text. */
  readonly numbers: readonly { readonly text: string; readonly feature: number }[]
}

const SEVERAL =
  /^(?:all|any|both|each|every|everything|everyone|list|lists|enumerate|compare|contrast|comparison|versus|vs|various|several|different|compendium|overview|respective|respectively|differ|difference|together)$/
/** “Which reasons”, “what are the …s”. */
const SEVERAL_ASKED = /\b(?:which|what)(?: \w+)? \w+(?<!s|u|i)s\b|\b(?:who|what|which) (?:are|were)\b/i
/** How much each kind of feature counts by itself. */
export const WEIGHT = { content: 1.4, asking: 1.2, light: 1, named: 1.2, concept: 1, pair: 0.5, neighbours: 1 }

/** Reads a clean text: words mended, names and words of the domain recognised, what is asked for. */
export function readQuestion(text: string, lexicon: Lexicon, features: Features): Question {
  const { tokens, repaired } = lexicon.repair(tokensOf(text))
  const concepts = lexicon.conceptsIn(tokens)
  const covered = coveredBy(tokens, concepts)
  const units = tokens.flatMap((token, i): Unit[] => {
    const ids = covered[i] ?? NONE
    if (QUESTION_WORDS.has(token.word) || (token.light && ids.length === 0)) return []
    return [
      {
        text: token.word,
        features: [token.stem, token.wrote ?? token.stem, ...ids].map(features.word).filter((id) => id !== UNSEEN),
        rarity: /\d/.test(token.word) ? 0.6 : rarity(token.word),
        capital: token.capital,
      },
    ]
  })
  return {
    ...featuresOf(tokens, covered, features),
    text,
    tokens,
    repaired,
    entities: [...new Set(concepts.map(({ id }) => id))]
      .filter((id) => id.startsWith('@'))
      .map((id) => ({ id: id.slice(1), feature: features.word(id) })),
    units,
    wanted: wantedBy(tokens),
    several: tokens.some(({ word }) => SEVERAL.test(word)) || SEVERAL_ASKED.test(text),
    numbers: tokens
      .filter(({ word }) => /^\d/.test(word))
      .map(({ word, stem }) => ({ text: word, feature: features.word(stem) })),
  }
}

/** Reads a text of the knowledge. Its slips stay: askers make the same ones. */
export function readText(tokens: readonly Token[], lexicon: Lexicon, features: Features): Text {
  return featuresOf(tokens, coveredBy(tokens, lexicon.conceptsIn(tokens)), features)
}

const NONE: readonly string[] = []

/** For each token the names and terms that it is part of. */
function coveredBy(tokens: readonly Token[], concepts: readonly Concept[]): (readonly string[])[] {
  const covered: (readonly string[])[] = tokens.map(() => NONE)
  for (const { id, start, length } of concepts)
    for (let i = start; i < start + length; i++) covered[i] = [...(covered[i] ?? NONE), id]
  return covered
}

/**
 * What is said: words, names, pairs of them that skip light words, so that “the deadline for the sale” and “sale
 * deadline” share something of their order. And how it is said: every two neighbours, with the text's beginning and end.
 */
function featuresOf(tokens: readonly Token[], covered: readonly (readonly string[])[], features: Features): Text {
  const weights = new Map<number, number>()
  let unseen = 0
  const add = (id: number, weight: number) => {
    if (id === UNSEEN) unseen++
    else if (weight > (weights.get(id) ?? 0)) weights.set(id, weight)
  }
  let previous = EDGE
  let before: number | undefined
  tokens.forEach(({ word, stem, wrote, light: saysLittle }, i) => {
    const ids = covered[i] ?? NONE
    const asking = QUESTION_WORDS.has(word)
    const light = saysLittle && ids.length === 0
    const id = features.word(stem)
    add(id, asking ? WEIGHT.asking : light ? WEIGHT.light : ids.length > 0 ? WEIGHT.named : WEIGHT.content)
    if (wrote !== undefined) add(features.word(wrote), WEIGHT.content)
    add(features.neighbours(previous, id), WEIGHT.neighbours)
    previous = id
    for (const concept of ids) add(features.word(concept), WEIGHT.concept)
    if (light && !asking) return
    const canonical = ids[0] === undefined ? id : features.word(ids[0])
    if (before !== undefined) add(features.pair(before, canonical), WEIGHT.pair)
    before = canonical
  })
  add(features.neighbours(previous, EDGE), WEIGHT.neighbours)
  return {
    ids: [...weights.keys(), ...Array<number>(unseen).fill(UNSEEN)],
    weights: [...weights.values(), ...Array<number>(unseen).fill(1)],
  }
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
