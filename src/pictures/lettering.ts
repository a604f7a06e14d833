/** The bundled font; every text of a picture is set in it, wherever it is drawn. */
export const FONT = 'DejaVu Sans'

// Widths of DejaVu Sans, in ems, on the wide side: a line that is a little short is better than one that runs out.
const NARROW = /[ijlft.,:;!'|()[\] ]/
const WIDE = /[mwMWQ@%—…]/
const FULL = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const LETTERED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u

/** About how wide a text is, in the unit of the size. */
export function widthOf(text: string, size: number): number {
  let ems = 0
  for (const letter of text) {
    ems += NARROW.test(letter)
      ? 0.4
      : WIDE.test(letter)
        ? 1
        : FULL.test(letter)
          ? 1
          : /[A-Z\d]/.test(letter)
            ? 0.7
            : 0.62
  }
  return ems * size
}

/** A text as lines that fit into a width; a word that is wider by itself is broken. */
export function linesOf(text: string, size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((one) => broken(one, size, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}

/** The text, or a pointer to it where the font lacks its letters: half a sentence might say something else. */
export function drawable(text: string): string {
  return LETTERED.test(text) ? text : '(see the text)'
}

function broken(word: string, size: number, width: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const letter of word) {
    if (part !== '' && widthOf(part + letter, size) > width) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part]
}
