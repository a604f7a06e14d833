/** Every code a fault can have; docs/knowledge-errors.md explains each one. */
export const FAULT_CODES = [
  // Files
  'missing-file',
  'unreadable-file',
  'outside-link',
  'file-too-large',
  'not-utf8',
  // YAML
  'bad-yaml',
  'tab-indent',
  'duplicate-key',
  'bad-alias',
  'too-deep',
  // Shape
  'unknown-key',
  'missing-key',
  'wrong-type',
  'unknown-value',
  'empty-text',
  'empty-list',
  'too-long',
  'control-character',
  'bad-id',
  'bad-date',
  'impossible-date',
  'bad-url',
  'no-citation',
  'long-quote',
  // Meaning
  'until-before-from',
  'missing-speaker',
  'relative-date',
  'duplicate-id',
  'lookalike-id',
  'unknown-source',
  'unknown-entity',
  'unknown-fact',
  'circular-supersession',
  'shared-alias',
  'duplicate-question',
  'bad-topic-name',
  'topic-file-mismatch',
  'reserved-topic',
  'too-many-topics',
] as const

export type FaultCode = (typeof FAULT_CODES)[number]

export interface Problem {
  readonly code: FaultCode
  /** What is wrong. */
  readonly message: string
  /** How to mend it. */
  readonly hint: string
}

/** A problem in a knowledge folder, with its place: it has to be mended before any of the folder is loaded. */
export interface Fault extends Problem {
  readonly file: string
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly sourceLine: string
}

const SHOWN = 80

/** For people: where and what, the source line with a caret, and the mend. */
export function faultText(fault: Fault): string {
  const told = cut(fault.message)
  const head = `${printable(fault.file)}:${fault.line}:${fault.column}: ${printable(told)} [${fault.code}]`
  const { shown, caret } = windowOn(fault.sourceLine, fault.column - 1)
  const source = shown.trim() === '' ? [] : [`    ${shown}`, `    ${' '.repeat(caret)}^`]
  return [head, ...source, `  ${printable(cut(fault.hint))}`].join('\n')
}

/** A text from files, or a name of one, as a terminal can show it: what is not seen or would steer it is written out. */
function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu
const LONGEST = 500

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}

/** Order of files, then of places within them. */
export function byPlace(a: Fault, b: Fault): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code)
}

/** The part of a long line around a column, and where in that part the column is. */
function windowOn(line: string, column: number): { shown: string; caret: number } {
  // Written out, they would move the caret.
  const plain = (text: string) => text.replace(UNPRINTABLE, ' ')
  if (line.length <= SHOWN) return { shown: plain(line), caret: column }
  const start = Math.max(0, Math.min(column - SHOWN / 2, line.length - SHOWN))
  const end = start + SHOWN
  const before = start > 0 ? '…' : ''
  const after = end < line.length ? '…' : ''
  return { shown: before + plain(line.slice(start, end)) + after, caret: column - start + before.length }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
