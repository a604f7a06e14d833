/**
 * Reads a file of questions that is as plain as they all can be: ids at the margin, and under each of them its questions,
 * one a line. It gives what the YAML parser gives, in a twentieth of the time, or undefined: whatever else stands in the
 * file, a fault included, is for that parser to read and to tell.
 */
export function plainQuestions(text: string): Record<string, string[]> | undefined {
  if (CONTROL.test(text)) return undefined
  const asked: Record<string, string[]> = {}
  let list: string[] | undefined
  for (const line of text.split(/\r?\n/)) {
    if (IGNORED.test(line)) continue
    if (line.startsWith('  - ')) {
      const question = scalarOf(withoutBlanks(line.slice(4)))
      if (question === undefined || !list) return undefined
      list.push(question)
    } else {
      const [, id] = KEY.exec(line) ?? []
      if (id === undefined || NOT_TEXT.test(id) || Object.hasOwn(asked, id) || list?.length === 0) return undefined
      list = []
      asked[id] = list
    }
  }
  return list?.length ? asked : undefined
}

function withoutBlanks(text: string): string {
  let end = text.length
  while (text.charAt(end - 1) === ' ') end -= 1
  return text.slice(0, end)
}

const CONTROL = /(?![\r\n])\p{Cc}|\r(?!\n)|\uFEFF/u
const IGNORED = /^ *(?:#|$)/
const KEY = /^([a-z][a-z0-9-]*): *$/

// What begins with one of these is text in YAML, unless it is a number or a word like null, or holds a key or a comment.
const PLAIN = /^[\p{L}\p{N}$(¿¡]/u
const NOT_TEXT = /^(?:null|true|false|\d[\d.xoa-f_+-]*)$|: | #|:$/i

function scalarOf(text: string): string | undefined {
  if (text.startsWith('"')) return jsonText(text)
  if (text.startsWith("'")) return /^'(?:[^']|'')*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : undefined
  return PLAIN.test(text) && !NOT_TEXT.test(text) ? text : undefined
}

/** Every text of JSON is one of YAML and means the same. */
function jsonText(text: string): string | undefined {
  try {
    return String(JSON.parse(text))
  } catch {
    return undefined
  }
}
