/** Data as YAML source: what a curator would type. Text stays text, whatever is in it. */

/** Wider than this a statement is folded. */
const WIDTH = 120

/** What YAML takes for text as it stands: it starts with a letter and holds none of YAML's signs. */
const PLAIN = /^\p{L}[\p{L}\p{N} .'’“”()%€$/+;?!–-]*$/u
const PLAIN_IN_FLOW = /^\p{L}[\p{L}\p{N} .'’“”()%€$/+;!–-]*$/u
const DAY = /^\d{4}-\d{2}(?:-\d{2})?$/
/** Words that YAML 1.1 or 1.2 reads as something else. */
const NOT_TEXT = /^(?:null|true|false|yes|no|on|off|y|n)$/i

/** On one line, as it may stand within brackets: `[a, b]`, `{ from: 2025-05-01 }`, `"with, comma"`. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, inner]) => `${key}: ${inline(inner)}`)
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
  }
  return typeof value === 'string' ? scalar(value, PLAIN_IN_FLOW) : String(value)
}

/** What follows `key:` or `-` on its line, and on lines below at the given indentation. */
export function afterColon(value: unknown, indent: number): string {
  if (typeof value !== 'string') return ` ${inline(value)}`
  const text = scalar(value, PLAIN)
  if (indent + text.length <= WIDTH - 20 || /\s{2}|^\s|\s$|[\n\r]/.test(value)) return ` ${text}`
  const margin = ' '.repeat(indent)
  return ` >-\n${folded(value, WIDTH - indent)
    .map((line) => margin + line)
    .join('\n')}`
}

/** A list with one entry a line. */
export function blockList(values: readonly string[], indent: number): string {
  return values.map((value) => `${' '.repeat(indent)}- ${scalar(value, PLAIN)}\n`).join('')
}

function scalar(value: string, plain: RegExp): string {
  const isPlain = (plain.test(value) || DAY.test(value)) && !NOT_TEXT.test(value) && !/\s$|\s{2}/.test(value)
  // Every text of JSON is one of YAML and means the same; what YAML takes for a line break is escaped.
  return isPlain ? value : JSON.stringify(value).replace(/[\u0085\u2028\u2029\uFEFF]/g, escapedUnit)
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function folded(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
