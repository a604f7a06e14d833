import Fuse from 'fuse.js'

/** One spelling for all ids that people could take for each other: case, separators, l/1/I and 0/O. */
export function skeleton(id: string): string {
  return (
    id
      .normalize('NFKC')
      .toLowerCase()
      // A separator between digits tells numbers apart: rule-1-12 is not rule-11-2.
      .replace(/(?<!\d)[^\p{L}\p{N}]+|[^\p{L}\p{N}]+(?!\d)/gu, '')
      .replace(/[1|]/g, 'l')
      .replace(/0/g, 'o')
  )
}

/** One spelling for a name that differs only in case or spaces. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

const ASCII = /^[ -~]*$/

/** One spelling for a question that differs only in case, spaces or punctuation. */
export function questionKey(question: string): string {
  // Far the most questions are ASCII, where plain character classes do, several times as fast.
  const key = ASCII.test(question)
    ? question.toLowerCase().replace(/[^a-z0-9$+<=>^`|~]+/g, ' ')
    : nameKey(question).replace(/[^\p{L}\p{N}\p{S}]+/gu, ' ')
  return key.trim() || question
}

// Every look-up scans all candidates, so a folder with thousands of unknown ids gets hints for the first ones only.
const LOOKUPS = 50

/** Finds what somebody meant who mistyped one of the candidates. */
export function createDidYouMean(candidates: Iterable<string>): (typed: string) => string | undefined {
  let fuse: Fuse<string> | undefined
  let left = LOOKUPS
  return (typed) => {
    if (left-- <= 0 || typed.length > 100) return undefined
    fuse ??= new Fuse([...candidates], { threshold: 0.4, ignoreLocation: true })
    return fuse.search(typed, { limit: 1 })[0]?.item
  }
}
