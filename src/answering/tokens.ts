import { stemmer } from 'stemmer'
import { isEnglish, QUESTION_WORDS, STOP_WORDS, spelledOut } from './english.ts'

/** A word of a text. */
export interface Token {
  /** Lower case, spelled out. Numbers are one token with their unit (`30%`), days read as `november 10`. */
  readonly word: string
  readonly stem: string
  /** Written with a capital somewhere but at the start of a sentence, or as an abbreviation: a name, most likely. */
  readonly capital: boolean
  /** Says little by itself: a stop word or a question word. */
  readonly light: boolean
  /** The stem as it was written, where a slip was mended that the knowledge makes, too. */
  readonly wrote?: string
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
// Slips inside a name pass (novemeber), other words with such a beginning do not (market, decades).
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:[a-z]*(?:ry|ch|il|ne|ly|st|er))?\\.?'
const MONTH_DAY = new RegExp(`\\b${MONTH}\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\s*%)`, 'gi')
const DAY_MONTH = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\b`, 'gi')
const WORD = /\p{L}[\p{L}\p{M}]*(?:'\p{L}+)?|\d+(?:[.,]\d+)*(?:%|[a-z]{1,2}\b)?/gu

/** The words of a text, in order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const plain = text.includes('.')
    ? text.replace(/\b(?:\p{L}\.){2,}/gu, (abbreviation) => abbreviation.replaceAll('.', '').toUpperCase())
    : text
  const prepared = /\d/.test(plain) ? withFigures(plain) : plain
  let start = true
  for (const [match] of prepared.matchAll(WORD)) {
    const lower = match.toLowerCase()
    const acronym = match !== lower && match.length > 1 && match === match.toUpperCase()
    const capital = acronym || (!start && match[0] !== lower[0])
    if (!acronym && /^[a-z]+$/.test(lower)) for (const word of spelledOut(lower)) tokens.push(tokenOf(word, capital))
    else for (const word of wordsIn(lower, acronym)) tokens.push(tokenOf(word, capital))
    start = false
  }
  return tokens
}

function withFigures(text: string): string {
  return text
    .replace(/(\d)\s*(?:percent|per cent|pct)\b/gi, '$1%')
    .replace(/(\d)\s*([ap])m\b/gi, '$1$2m')
    .replace(MONTH_DAY, (_, month, day) => dayWord(month, day))
    .replace(DAY_MONTH, (_, day, month) => dayWord(month, day))
}

function wordsIn(word: string, acronym: boolean): readonly string[] {
  if (acronym) return [word.replace(/'s$/, '')]
  const [stemPart = word, ending] = word.split("'")
  if (ending === undefined) return spelledOut(word)
  if (ending === 't') {
    const known = spelledOut(`${stemPart}t`)
    return known.length > 1 ? known : [stemPart.replace(/n$/, ''), 'not']
  }
  return spelledOut(stemPart)
}

/** The token of one word. */
export function tokenOf(word: string, capital = false): Token {
  const light = STOP_WORDS.has(word) || QUESTION_WORDS.has(word)
  return { word, stem: stemOf(word), capital: capital && !(light && isEnglish(word) && word.length > 3), light }
}

const stems = new Map<string, string>()
/** Words whose stems are remembered, as stemming is slow; when there are more, it starts afresh. */
const MOST_STEMS = 50_000

function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const stem = /^\p{L}+$/u.test(word) ? stemmer(british(word)) : word
  if (stems.size >= MOST_STEMS) stems.clear()
  stems.set(word, stem)
  return stem
}

/** British spellings stem apart from American ones; two rules bring most of them together. */
function british(word: string): string {
  return word
    .replace(/([a-z]{3})is(e|ed|es|ing|ation)$/, '$1iz$2')
    .replace(/([a-z]{2})our(s|ed|ing|able|ite)?$/, '$1or$2')
}

function dayWord(month: string, day: string): string {
  const index = MONTHS.findIndex((name) => name.startsWith(month.slice(0, 3).toLowerCase()))
  return ` ${MONTHS[index]} ${Number(day)} `
}
