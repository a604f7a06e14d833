import unhomoglyph from 'unhomoglyph'

/** Longest text that is read at all, in characters: Discord's own limit for a message. */
const LONGEST = 2000

const CODE_FENCE = /```(?:[a-z]+\n)?([\s\S]*?)```/gi
const MASKED_LINK = /!?\[[^\]\n]{0,400}\]\([^)\s]{0,2000}\)/g
const URL = /\b(?:https?|ftp|discord):\/\/\S+|\bwww\.\S+/gi
const DISCORD_TOKEN = /<(?:@[!&]?|#|a?:\w{1,40}:|t:|\/[\w -]{1,80}:|id:)[^>\s]{0,40}>/g
const MASS_MENTION = /@(?:everyone|here)\b/gi
const QUOTED_LINE = /^\s*>.*$/gm
const INVISIBLE = /\p{Cf}|\p{Cc}|\p{Co}|\p{Cn}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u3164/gu

/**
 * The words of a message as its writer sees them: without invisible characters, mark-up, links and mentions, with
 * look-alike letters of other alphabets read as the Latin ones they pretend to be.
 */
export function cleanText(raw: string): string {
  const text = raw
    .slice(0, LONGEST)
    .normalize('NFKC')
    // One character can stand for eighteen.
    .slice(0, LONGEST)
    .replace(/[\r\n\t\u2028\u2029]+/g, '\n')
    .replace(INVISIBLE, (character) => (character === '\n' ? '\n' : ''))
    .replace(CODE_FENCE, ' $1 ')
    .replace(DISCORD_TOKEN, ' ')
    .replace(MASS_MENTION, ' ')
  const plain = firstWithWords(text.replace(MASKED_LINK, ' ').replace(QUOTED_LINE, ' '), text).replace(URL, ' ')
  return foldLookAlikes(plain)
    .replace(/[*_~|`\\]+/g, ' ')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

/** The text without its quotes and links, unless nothing else was written. */
function firstWithWords(stripped: string, whole: string): string {
  return /\p{L}{2}/u.test(stripped) ? stripped : whole.replace(/^\s*>+/gm, ' ').replace(/[[\]()]/g, ' ')
}

function foldLookAlikes(text: string): string {
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (latin === letters || latin * 2 < letters) return text
  return text.replace(/[\p{L}\p{N}]+/gu, (word) => {
    // Only the foreign letters: to the list of look-alikes, 1 is an l and m is rn.
    const folded = word.replace(/[^\p{Script=Latin}\p{N}]/gu, unhomoglyph)
    return /^[\p{Script=Latin}\p{N}]+$/u.test(folded) ? folded : word
  })
}

/** Sentences, at full stops and marks that end one; abbreviations with dots inside (U.S.) do not. */
export function sentencesOf(text: string): string[] {
  return text
    .split(
      /(?<=[.!?])["')]*\s+(?=["'(]?[\p{L}\p{N}])(?<!\b\p{L}\.\s)(?<!\b(?:Mr|Mrs|Ms|Dr|Rep|Sen|Gov|vs|etc|Nov|Oct|Dec|Sept?|Aug|Jan|Feb)\.\s)/u,
    )
    .filter(Boolean)
}
