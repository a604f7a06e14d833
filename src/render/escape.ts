/**
 * Text from people and files as a reader sees it: one line, without control, invisible or direction-changing
 * characters, and without towers of combining marks.
 */
export function visible(text: string): string {
  return (
    text
      .toWellFormed()
      // Putting the marks of a tower in order takes the square of their number.
      .replace(/(\p{M}{8})\p{M}+/gu, '$1')
      .normalize('NFC')
      .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
      .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu, '')
      .replace(/(\p{M}{3})\p{M}+/gu, '$1')
      .replace(/\s+/g, ' ')
      .trim()
  )
}

/** The text for a Discord message: it reads the same there and can neither format, link, mention nor pretend. */
export function escaped(text: string): string {
  return (
    visible(text)
      .replace(/[\\`*_~|<>[\]()]/g, '\\$&')
      // What counts only at the start of a line: headings, quieter text, lists.
      .replace(/^(?:[#+-]|\d+(?=\.))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
      .replaceAll('://', '\\://')
      .replace(/\b(discord(?:app)?)\.(?=gg|com)/gi, '$1\\.')
      // A backslash would not stop the server from reading a mention; a character of no width does.
      .replace(/@(?=\S)/g, '@\u200b')
  )
}

/** Discord's limit for a message without components. */
const LONGEST_CONTENT = 2000

/** A text as all that a message says: escaped, and cut where Discord would refuse it. */
export function asContent(text: string): string {
  const whole = escaped(text)
  // Escaping can double the length.
  return whole.length <= LONGEST_CONTENT ? whole : escaped(cutAtWord(visible(text), LONGEST_CONTENT / 2 - 50))
}

/** A masked link, whose address can end neither the link nor the line; just the text if the address is too long. */
export function link(text: string, url: string): string {
  const address = new URL(url).href.replace(/[()<>[\]\\`*_~|]|@(?=everyone|here)/g, hex)
  return address.length > 300 ? escaped(text) : `[${escaped(text)}](<${address}>)`
}

/** At most so many characters, ending where a sentence ends if any does, and saying by `…` that more follows. */
export function cutAtSentence(text: string, max: number): string {
  if (text.length <= max) return text
  const ends = [...text.slice(0, max - 1).matchAll(/[.!?]["”’)]?(?=\s)/g)]
  const last = ends.at(-1)
  return last ? `${text.slice(0, last.index + last[0].length)} …` : cutAtWord(text, max)
}

/** At most so many characters, ending with a whole word and `…` when something is missing. */
export function cutAtWord(text: string, max: number): string {
  if (text.length <= max) return text
  const head = text.slice(0, max - 1)
  const space = text[max - 1] === ' ' ? head.length : head.lastIndexOf(' ')
  const kept = space > 0 ? head.slice(0, space) : head.replace(/[\uD800-\uDBFF]$/, '')
  return `${kept.replace(/[\s,;:–-]+$/, '')}…`
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
