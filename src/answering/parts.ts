import { QUESTION_WORDS } from './english.ts'
import { tokensOf } from './tokens.ts'

const ASKING = [...QUESTION_WORDS].join('|')
const HELPING = 'is|are|was|were|did|does|do|has|have|had|will|would|can|could|should'
const LEADING = "by|on|from|since|until|till|'til"
/** Where one question ends and another begins: a question mark, a semicolon, “, when …”, “and did …”. */
const SEAM = new RegExp(
  `\\?+\\s+|;\\s+|,?\\s+(?:and|or|&|n)\\s+(?=(?:${ASKING}|${HELPING}|(?:${LEADING})\\s+(?:${ASKING}))\\b)|,\\s+(?=(?:${ASKING})\\b)`,
  'i',
)
const ASKS = new RegExp(`\\b(?:${ASKING})\\b|^(?:${HELPING})\\b`, 'i')
const POINTS_BACK = /\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|one)\b/i
const MOST_PARTS = 4

/** One of the questions that a text asks. */
export interface Part {
  /** As written. */
  readonly text: string
  /** The same, made to stand by itself: “when do they run out” or “which days” takes along
   * what the first part is about. */
  readonly question: string
}

/** The questions that a text asks, in order, if it asks more than one; else none. */
export function partsOf(text: string): Part[] {
  const parts = text
    .split(SEAM)
    .map((part) => part.trim())
    .filter((part) => tokensOf(part).some(({ light }) => !light))
  const [first, ...others] = parts
  if (first === undefined || others.length === 0 || parts.length > MOST_PARTS) return []
  const subject = tokensOf(first)
    .filter(({ light }) => !light)
    .map(({ word, capital }) => (capital ? word.toUpperCase() : word))
    .join(' ')
  const whole = (part: string) => (POINTS_BACK.test(part) || !saysMuch(part) ? `${part} ${subject}` : part)
  return [{ text: first, question: first }, ...others.map((part) => ({ text: part, question: whole(part) }))]
}

/** Whether a part is a question that means something by itself, so that leaving it unanswered has to be told. */
export function standsAlone({ text }: Part): boolean {
  return ASKS.test(text) && (!POINTS_BACK.test(text) || saysMuch(text))
}

function saysMuch(text: string): boolean {
  return tokensOf(text).filter(({ light }) => !light).length >= 2
}
