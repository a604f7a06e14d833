import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Fault, FaultCode } from './fault.ts'

/** A file as it was found: what is in it, or why that could not be read. Paths use `/` and start in the folder. */
export type KnowledgeFile =
  | { readonly path: string; readonly content: Uint8Array | string }
  | { readonly path: string; readonly problem: Problem }

export interface Problem {
  readonly code: FaultCode
  readonly message: string
  readonly hint: string
}

/** Where in a file's data something is: keys of mappings and numbers of list items. */
export type Path = readonly (string | number)[]

/** A file that was read as YAML, well or with faults. */
export interface YamlFile {
  readonly path: string
  readonly text: string
  /** The data; undefined when the YAML is broken. */
  readonly value: unknown
  /** The faults of the file as such; what they hide cannot be known. */
  readonly faults: readonly Fault[]
  /** A fault at the value (or the key) that a path leads to; `phrase` moves the caret to words within it. */
  faultAt(path: Path, problem: Problem, focus?: { key?: true; phrase?: string }): Fault
}

export const MAX_BYTES = 1_000_000
const MAX_DEPTH = 40
const MAX_ALIASES = 10_000

/** Reads a file as YAML; never throws, whatever is in it. */
export function readYaml(file: KnowledgeFile): YamlFile {
  if ('problem' in file) return broken(file.path, '', [{ ...file.problem, offset: 0 }])
  const { text, problem, offset = 0 } = decode(file.content)
  if (problem) return broken(file.path, text, [{ ...problem, offset }])
  // The parser recurses: refusing deep nesting beforehand keeps it from running long or out of stack.
  const deep = tooDeep(text)
  if (deep !== undefined) return broken(file.path, text, [{ ...TOO_DEEP, offset: deep }])
  const lines = new LineCounter()
  try {
    // Duplicate keys are found below in one pass: the parser compares every key with every other one.
    const doc = parseDocument(text, { lineCounter: lines, uniqueKeys: false, stringKeys: true, prettyErrors: false })
    const problems = [...yamlProblems(doc), ...treeProblems(doc.contents)]
    if (problems.length > 0) return broken(file.path, text, problems)
    const faultAt: YamlFile['faultAt'] = (path, found, focus) =>
      faultFrom(file.path, text, lines, { ...found, offset: offsetOf(doc, text, path, focus) })
    return { path: file.path, text, value: doc.toJS({ maxAliasCount: MAX_ALIASES }), faults: [], faultAt }
  } catch (error) {
    return broken(file.path, text, [{ ...thrown(error), offset: 0 }])
  }
}

interface PlacedProblem extends Problem {
  readonly offset: number
}

const TOO_DEEP: Problem = {
  code: 'too-deep',
  message: `lists or mappings are nested more than ${MAX_DEPTH} deep`,
  hint: 'Knowledge needs at most five levels: look for stray brackets or dashes.',
}

function decode(content: Uint8Array | string): { text: string; problem?: Problem; offset?: number } {
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
  if (size > MAX_BYTES) return { text: '', problem: tooLarge(size) }
  if (typeof content === 'string') return { text: content.replace(/^\uFEFF/, '') }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(content) }
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

/** The problem of a file that is over the limit. */
export function tooLarge(size: number): Problem {
  return {
    code: 'file-too-large',
    message: `the file has ${size} bytes; the limit is ${MAX_BYTES}`,
    hint: 'Divide it: a topic can become two, questions can go to several files.',
  }
}

/** The offset at which brackets or one line's dashes nest too deep. Counting is rough: quotes are not looked at. */
function tooDeep(text: string): number | undefined {
  let brackets = 0
  for (const { 0: sign, index } of text.matchAll(/[[\]{}]|^[ \t]*(?:[-?:][ \t]+){40}/gm)) {
    if (sign.length > 1) return index
    brackets = Math.max(0, brackets + (sign === '[' || sign === '{' ? 1 : -1))
    if (brackets > MAX_DEPTH) return index
  }
  return undefined
}

function yamlProblems(doc: Document): PlacedProblem[] {
  const seen = new Set<number>()
  const problems: PlacedProblem[] = []
  for (const { code, message, pos } of [...doc.errors, ...doc.warnings]) {
    // An unclosed bracket is told once for every level it leaves open.
    if (seen.has(pos[0])) continue
    seen.add(pos[0])
    problems.push({ ...yamlProblem(code, message), offset: pos[0] })
  }
  return problems
}

function yamlProblem(code: string, message: string): Problem {
  if (code === 'TAB_AS_INDENT') {
    return { code: 'tab-indent', message: 'a tab is used to indent', hint: 'Indent with two spaces for each level.' }
  }
  if (code === 'RESOURCE_EXHAUSTION') return TOO_DEEP
  if (code === 'BAD_ALIAS') return { ...BAD_ALIAS, message: lowerFirst(message) }
  const hint = HINTS[code] ?? 'Compare with the lines around it; text that holds ": " or " #" needs quotes.'
  return { code: 'bad-yaml', message: `this is not valid YAML: ${lowerFirst(message)}`, hint }
}

const BAD_ALIAS = {
  code: 'bad-alias',
  hint: 'Write the text out where the alias (*) stands; without aliases nothing can go wrong here.',
} as const

const HINTS: Record<string, string> = {
  BLOCK_AS_IMPLICIT_KEY: 'Text that holds ": " needs quotes around it.',
  BAD_SCALAR_START: 'Text that starts with such a sign needs quotes around it.',
  MISSING_CHAR: 'Close the quotation mark or bracket.',
  MULTIPLE_DOCS: 'A file holds one document: remove the line "---".',
  NON_STRING_KEY: 'Keys are plain words.',
}

/** Finds duplicate keys and deep nesting, each node once; aliases are not followed. */
function treeProblems(root: Node | null): PlacedProblem[] {
  const problems: PlacedProblem[] = []
  const visit = (node: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) {
      problems.push({ ...TOO_DEEP, offset: (node as Node).range?.[0] ?? 0 })
    } else if (isMap(node)) {
      const keys = new Set<unknown>()
      for (const { key, value } of node.items) {
        if (isScalar(key)) {
          if (keys.has(key.value)) problems.push({ ...duplicateKey(key.value), offset: key.range?.[0] ?? 0 })
          keys.add(key.value)
        }
        visit(value, depth + 1)
      }
    } else if (isSeq(node)) {
      for (const item of node.items) visit(isPair(item) ? item.value : item, depth + 1)
    }
  }
  visit(root, 0)
  return problems
}

function duplicateKey(key: unknown): Problem {
  return {
    code: 'duplicate-key',
    message: `the key "${key}" stands here a second time`,
    hint: 'Keep one of the two and remove or rename the other.',
  }
}

/** Where the node that a path leads to begins; where its last part is missing, the nearest node around it. */
function offsetOf(doc: Document, text: string, path: Path, focus: { key?: true; phrase?: string } = {}): number {
  let node: unknown = doc.contents
  let found: Node | null = doc.contents
  for (const [index, part] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
      if (!pair) break
      const last = index === path.length - 1
      found = (last && focus.key ? pair.key : (pair.value ?? pair.key)) as Node
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(part)]
      found = (node as Node | undefined) ?? found
    } else break
    if (isAlias(node)) break
  }
  const [start = 0, end = start] = found?.range ?? []
  const within = focus.phrase === undefined ? -1 : text.slice(start, end).indexOf(focus.phrase)
  return start + Math.max(0, within)
}

function broken(path: string, text: string, problems: readonly PlacedProblem[]): YamlFile {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1)
  const faultAt: YamlFile['faultAt'] = (_path, problem) => faultFrom(path, text, lines, { ...problem, offset: 0 })
  return { path, text, value: undefined, faults: problems.map((p) => faultFrom(path, text, lines, p)), faultAt }
}

function faultFrom(file: string, text: string, lines: LineCounter, problem: PlacedProblem): Fault {
  const { code, message, hint, offset } = problem
  const { line, col } = lines.linePos(offset)
  const start = lines.lineStarts[line - 1] ?? 0
  const end = text.indexOf('\n', start)
  const sourceLine = text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '')
  return { code, file, line: Math.max(1, line), column: Math.max(1, col), sourceLine, message, hint }
}

function thrown(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof ReferenceError) return { ...BAD_ALIAS, message: lowerFirst(message) }
  return error instanceof RangeError ? TOO_DEEP : yamlProblem('', message)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
