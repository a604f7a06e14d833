import { LineCounter } from 'yaml'
import type { Fault, Problem } from './fault.ts'
import { plainQuestions } from './plain-questions.ts'
import { createLocator, type Focus, type Path, type PlacedProblem, readTree } from './yaml-tree.ts'

/** A file as it was found: what is in it, or why that could not be read. Paths use `/` and start in the folder. */
export type KnowledgeFile =
  | { readonly path: string; readonly content: Uint8Array | string }
  | { readonly path: string; readonly problem: Problem }

/** A file that was read as YAML, well or with faults. */
export interface YamlFile {
  readonly path: string
  readonly text: string
  /** The data; undefined when the YAML is broken, and nothing more can be told about the file. */
  readonly value: unknown
  /** The faults of the file as such. */
  readonly faults: readonly Fault[]
  /** A fault at the value that a path leads to, or at what the focus says of it. */
  faultAt(path: Path, problem: Problem, focus?: Focus): Fault
  /** The number of the line on which the value stands that a path leads to. */
  lineOf(path: Path): number
}

export const MAX_BYTES = 1_000_000
/** Reads a file as YAML; never throws, whatever is in it. */
export function readYaml(file: KnowledgeFile): YamlFile {
  if ('problem' in file) return fileOf(file.path, '', undefined, [{ ...file.problem, offset: 0 }])
  const { text, problem, offset = 0 } = decode(file.content)
  if (problem) return fileOf(file.path, text, undefined, [{ ...problem, offset }])
  const plain = plainQuestions(text)
  const { value, problems } = plain ? { value: plain, problems: [] } : readTree(text)
  return fileOf(file.path, text, value, problems)
}

function fileOf(path: string, text: string, value: unknown, problems: readonly PlacedProblem[]): YamlFile {
  // Nearly always there is no fault, and nobody asks where anything stands.
  let lines: LineCounter | undefined
  let locate: ReturnType<typeof createLocator> | undefined
  const linesOnce = () => {
    lines ??= linesOf(text)
    return lines
  }
  const offsetOf = (way: Path, focus?: Focus) => {
    locate ??= value === undefined ? () => 0 : createLocator(text)
    return locate(way, focus)
  }
  const placed = (problem: PlacedProblem) => faultFrom(path, text, linesOnce(), problem)
  return {
    path,
    text,
    value,
    faults: problems.map(placed),
    faultAt: (way, problem, focus) => placed({ ...problem, offset: offsetOf(way, focus) }),
    lineOf: (way) => linesOnce().linePos(offsetOf(way)).line,
  }
}

function decode(content: Uint8Array | string): { text: string; problem?: Problem; offset?: number } {
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
  if (size > MAX_BYTES) return { text: '', problem: tooLarge(size) }
  if (typeof content === 'string') return withoutZero(content.replace(/^\uFEFF/, ''))
  try {
    return withoutZero(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch {
    const text = new TextDecoder('utf-8').decode(content)
    const problem = {
      code: 'not-utf8',
      message: 'here are bytes that are not UTF-8',
      hint: 'Save the file in the encoding UTF-8.',
    } as const
    return { text, problem, offset: Math.max(0, text.indexOf('\uFFFD')) }
  }
}

/** YAML has no zero bytes, its parser lets them be in comments, and PostgreSQL cannot keep them. */
function withoutZero(text: string) {
  const offset = text.indexOf('\0')
  if (offset === -1) return { text }
  const problem = {
    code: 'control-character',
    message: 'here is a zero byte',
    hint: 'Save the file as plain text, or put back a good copy of it.',
  } as const
  return { text, problem, offset }
}

/** The problem of a file that is over the limit. */
export function tooLarge(size: number): Problem {
  return {
    code: 'file-too-large',
    message: `the file has ${size} bytes; the limit is ${MAX_BYTES}`,
    hint: 'Divide it: a topic can become two, questions can go to several files.',
  }
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1)
  return lines
}

function faultFrom(file: string, text: string, lines: LineCounter, problem: PlacedProblem): Fault {
  const { code, message, hint, offset } = problem
  const { line, col } = lines.linePos(offset)
  const start = lines.lineStarts[line - 1] ?? 0
  const end = text.indexOf('\n', start)
  const sourceLine = text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '')
  return { code, file, line: Math.max(1, line), column: Math.max(1, col), sourceLine, message, hint }
}
