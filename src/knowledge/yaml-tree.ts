import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  Parser,
} from 'yaml'
import type { Problem } from './fault.ts'

/** Where in a file's data something is: keys of mappings and numbers of list items. */
export type Path = readonly (string | number)[]

/** What of it is meant: the key instead of the value, or words within the value. */
export interface Focus {
  readonly key?: true
  readonly phrase?: string
}

/** A problem and where in the text it is. */
export interface PlacedProblem extends Problem {
  readonly offset: number
}

// Each alias is looked for among all that stand before it.
const MAX_ALIASES = 5_000
// Beyond these the YAML is noise, and reading on would take long.
const MAX_YAML_FAULTS = 20
const MAX_DEPTH = 100

/** What a text holds as YAML: its data, undefined when that is broken, and its problems. Never throws. */
export function readTree(text: string): { value: unknown; problems: PlacedProblem[] } {
  const parser = new Parser()
  try {
    const doc = documentOf(text, parser)
    const problems = [...yamlProblems(doc), ...treeProblems(doc.contents)]
    // Beside a duplicate key the rest can be read, and is checked all the same.
    const readable = problems.every(({ code }) => code === 'duplicate-key')
    return { value: readable ? doc.toJS({ maxAliasCount: MAX_ALIASES }) : undefined, problems }
  } catch (error) {
    // Aliases that explode do so when they are resolved, after parsing: it began at the first anchor.
    const offset = error instanceof ReferenceError ? text.indexOf('&') : parser.offset
    return { value: undefined, problems: [{ ...thrown(error), offset: Math.max(0, offset) }] }
  }
}

/**
 * Finds where in a readable text the node that a path leads to begins; where its last part is missing, the nearest node
 * around it. It reads the text anew: kept for every file in case of a fault, the trees would take most of the memory.
 */
export function createLocator(text: string): (path: Path, focus?: Focus) => number {
  const { contents } = documentOf(text)
  // A mapping may have thousands of keys, each with a fault: looking through them every time would take minutes.
  const pairsOf = new Map<Node, Map<unknown, Pair>>()
  const pairIn = (map: Node & { items: Pair[] }, key: string | number) => {
    const known =
      pairsOf.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) && String(pair.key.value), pair]))
    pairsOf.set(map, known)
    return known.get(String(key))
  }
  return (path, focus = {}) => {
    let found: Node | null = contents
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

/** A text's one document, with the range of every node; its errors are in it. Throws what cannot be read at all. */
export function documentOf(text: string, parser = new Parser()): Document.Parsed {
  // Duplicate keys are found in one pass below: the composer would compare every key with every other one.
  const composer = new Composer({ uniqueKeys: false, stringKeys: true })
  const [first, second] = composer.compose(tokensOf(parser, text), true, text.length).take(2)
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

const TOO_DEEP: Problem = {
  code: 'too-deep',
  message: 'lists or mappings are nested too deep',
  hint: 'Knowledge needs at most five levels: look for stray brackets or dashes.',
}

function thrown(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof ReferenceError) return { ...BAD_ALIAS, message: lowerFirst(message) }
  return error instanceof RangeError ? TOO_DEEP : yamlProblem('', message)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
