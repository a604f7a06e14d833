import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  Parser,
} from 'yaml'
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
  /** The data; undefined when the YAML is broken, and nothing more can be told about the file. */
  readonly value: unknown
  /** The faults of the file as such. */
  readonly faults: readonly Fault[]
  /** A fault at the value (or the key) that a path leads to; `phrase` moves the caret to words within it. */
  faultAt(path: Path, problem: Problem, focus?: { key?: true; phrase?: string }): Fault
}

export const MAX_BYTES = 1_000_000
// Each alias is looked for among all that stand before it.
const MAX_ALIASES = 5_000
// Beyond these the YAML is noise, and reading on would take long.
const MAX_YAML_FAULTS = 20
const MAX_DEPTH = 100

/** Reads a file as YAML; never throws, whatever is in it. */
export function readYaml(file: KnowledgeFile): YamlFile {
  if ('problem' in file) return broken(file.path, '', [{ ...file.problem, offset: 0 }])
  const { text, problem, offset = 0 } = decode(file.content)
  if (problem) return broken(file.path, text, [{ ...problem, offset }])
  const parser = new Parser()
  try {
    const doc = documentOf(tokensOf(parser, text), text.length)
    const problems = [...yamlProblems(doc), ...treeProblems(doc.contents)]
    // Beside a duplicate key the rest can be read, and is checked all the same.
    if (problems.some(({ code }) => code !== 'duplicate-key')) return broken(file.path, text, problems)
    const value: unknown = doc.toJS({ maxAliasCount: MAX_ALIASES })
    const lines = linesOf(text)
    const offsetOf = createLocator(doc, text)
    const faultAt: YamlFile['faultAt'] = (path, found, focus) =>
      faultFrom(file.path, text, lines, { ...found, offset: offsetOf(path, focus) })
    return { path: file.path, text, value, faults: problems.map((p) => faultFrom(file.path, text, lines, p)), faultAt }
  } catch (error) {
    // Aliases that explode do so when they are resolved, after parsing: it began at the first anchor.
    const offset = error instanceof ReferenceError ? text.indexOf('&') : parser.offset
    return broken(file.path, text, [{ ...thrown(error), offset: Math.max(0, offset) }])
  }
}

/** The parser's tokens; it stops at nesting that would exhaust the stack of whatever walks the tree afterwards. */
function* tokensOf(parser: Parser, text: string): Generator<CST.Token> {
  let errors = 0
  let aliases = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('*') && ++aliases > MAX_ALIASES) throw new ReferenceError('there are too many aliases')
    for (const token of parser.next(lexeme)) {
      yield token
      if (token.type === 'error' && ++errors === MAX_YAML_FAULTS) return
    }
    if (parser.stack.length > MAX_DEPTH) throw new RangeError('nested too deep')
  }
  yield* parser.end()
}

function documentOf(tokens: Iterable<CST.Token>, length: number): Document.Parsed {
  // Duplicate keys are found in one pass below: the composer would compare every key with every other one.
  const composer = new Composer({ uniqueKeys: false, stringKeys: true })
  const [first, second] = composer.compose(tokens, true, length).take(2)
  if (!first) throw new Error('there is no document')
  if (second) {
    const error = {
      code: 'MULTIPLE_DOCS',
      message: 'A second document begins',
      pos: [second.range[0], second.range[1]],
    }
    first.errors.push(error as (typeof first.errors)[number])
  }
  return first
}

interface PlacedProblem extends Problem {
  readonly offset: number
}

const TOO_DEEP: Problem = {
  code: 'too-deep',
  message: 'lists or mappings are nested too deep',
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

function yamlProblems(doc: Document): PlacedProblem[] {
  const seen = new Set<number>()
  const problems: PlacedProblem[] = []
  const all = [...doc.errors, ...doc.warnings]
  // What a tab indents stands in the wrong place for the parser: the rest follows from that.
  const tabs = all.filter(({ code }) => code === 'TAB_AS_INDENT')
  for (const { code, message, pos } of tabs.length > 0 ? tabs : all) {
    // An unclosed bracket is told once for every level it leaves open.
    if (seen.has(pos[0]) || seen.size === MAX_YAML_FAULTS) continue
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

/** Keys that stand a second time in their mapping, and aliases of nothing; aliases are not followed. */
function* treeProblems(node: unknown, anchors = new Set<string>()): Generator<PlacedProblem> {
  if (isAlias(node) && !anchors.has(node.source)) {
    yield { ...BAD_ALIAS, message: `nothing is anchored as "&${node.source}"`, offset: node.range?.[0] ?? 0 }
  }
  if (isScalar(node) && node.anchor) anchors.add(node.anchor)
  if (!isMap(node) && !isSeq(node)) return
  if (node.anchor) anchors.add(node.anchor)
  if (isSeq(node)) for (const item of node.items) yield* treeProblems(item, anchors)
  if (!isMap(node)) return
  const keys = new Set<unknown>()
  for (const { key, value } of node.items) {
    if (isScalar(key) && keys.has(key.value)) yield { ...duplicateKey(key.value), offset: key.range?.[0] ?? 0 }
    if (isScalar(key)) keys.add(key.value)
    yield* treeProblems(value, anchors)
  }
}

function duplicateKey(key: unknown): Problem {
  return {
    code: 'duplicate-key',
    message: `the key "${key}" stands here a second time`,
    hint: 'Keep one of the two and remove or rename the other.',
  }
}

/** Finds where the node that a path leads to begins; where its last part is missing, the nearest node around it. */
function createLocator(doc: Document, text: string) {
  // A mapping may have thousands of keys, each with a fault: looking through them every time would take minutes.
  const pairsOf = new Map<Node, Map<unknown, Pair>>()
  const pairIn = (map: Node & { items: Pair[] }, key: string | number) => {
    const known =
      pairsOf.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) && String(pair.key.value), pair]))
    pairsOf.set(map, known)
    return known.get(String(key))
  }
  return (path: Path, focus: { key?: true; phrase?: string } = {}): number => {
    let found: Node | null = doc.contents
    for (const [index, part] of path.entries()) {
      let next: unknown
      if (isMap(found)) {
        const pair = pairIn(found, part)
        next = focus.key && index === path.length - 1 ? pair?.key : (pair?.value ?? pair?.key)
      } else if (isSeq(found)) next = found.items[Number(part)]
      if (!next) break
      found = next as Node
      if (isAlias(found)) break
    }
    const [start = 0, end = start] = found?.range ?? []
    const within = focus.phrase === undefined ? -1 : text.slice(start, end).indexOf(focus.phrase)
    return start + Math.max(0, within)
  }
}

function broken(path: string, text: string, problems: readonly PlacedProblem[]): YamlFile {
  const lines = linesOf(text)
  const faultAt: YamlFile['faultAt'] = (_path, problem) => faultFrom(path, text, lines, { ...problem, offset: 0 })
  return { path, text, value: undefined, faults: problems.map((p) => faultFrom(path, text, lines, p)), faultAt }
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

function thrown(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof ReferenceError) return { ...BAD_ALIAS, message: lowerFirst(message) }
  return error instanceof RangeError ? TOO_DEEP : yamlProblem('', message)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
