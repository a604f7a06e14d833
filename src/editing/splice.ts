import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { UserError } from '../errors.ts'
import { documentOf, type Path } from '../knowledge/yaml-tree.ts'
import { afterColon, blockList, inline } from './yaml-words.ts'

/**
 * Changes within a YAML text, at the ranges that the parser gives: whatever is not meant keeps every byte. A document is
 * never written anew, which would fold and space it in another way.
 */

/** Sets keys of the mapping at a path; undefined removes one. New keys stand where the order of keys puts them. */
export function setKeys(
  text: string,
  path: Path,
  values: Readonly<Record<string, unknown>>,
  order: readonly string[],
): string {
  return Object.entries(values).reduce<string>((done, [key, value]) => setKey(done, path, key, value, order), text)
}

/** Sets a list of texts at a path: what stays keeps its lines, what is new follows. */
export function setList(text: string, path: Path, wanted: readonly string[]): string {
  const list = nodeAt(text, path)
  if (!isSeq(list) || list.flow) return setKey(text, path.slice(0, -1), String(path.at(-1)), [...wanted], [])
  const now = list.items.map((item) => tidy(isScalar(item) ? String(item.value) : ''))
  const kept = now.filter((value) => wanted.includes(value))
  const added = wanted.filter((value) => !now.includes(value))
  const indent = columnOf(text, lineStart(text, startOf(list.items[0] as Node)))
  // Another order than the present one is written as a whole.
  if (kept.length === 0 || [...kept, ...added].some((value, index) => value !== wanted[index])) {
    const { start } = lineRange(text, list.items[0] as Node)
    const { end } = lineRange(text, list.items.at(-1) as Node)
    return splice(text, start, end, blockList(wanted, indent))
  }
  const gone = list.items.filter((_, index) => !wanted.includes(now[index] ?? ''))
  const { end } = lineRange(text, list.items.at(-1) as Node)
  const withNew = splice(text, end, end, (endsLine(text, end) ? '' : '\n') + blockList(added, indent))
  return gone.reduceRight<string>((done, item) => {
    const range = lineRange(text, item as Node)
    return splice(done, range.start, range.end, '')
  }, withNew)
}

function setKey(text: string, path: Path, key: string, value: unknown, order: readonly string[]): string {
  const map = nodeAt(text, path)
  if (!isMap(map)) throw new UserError('What is in the file there is not a mapping of keys: change it in an editor.')
  const pair = pairOf(map, key)
  if (value === undefined) return pair ? removePair(text, map, pair) : text
  return pair ? replaceValue(text, map, pair, value) : addPair(text, map, key, value, order)
}

function replaceValue(text: string, map: YAMLMap, pair: Pair, value: unknown): string {
  const [, keyEnd] = rangeOf(pair.key as Node)
  const colon = text.indexOf(':', keyEnd) + 1
  const old = pair.value as Node | null
  const end = old ? Math.max(colon, contentEnd(text, old)) : colon
  if (map.flow) return splice(text, colon, end, ` ${inline(value)}`)
  return splice(text, colon, end, afterColon(value, indentOf(text, map) + 2))
}

function addPair(text: string, map: YAMLMap, key: string, value: unknown, order: readonly string[]): string {
  const before = order.slice(0, order.indexOf(key))
  const behind = map.items.findLast((pair) => before.includes(keyOf(pair))) ?? map.items.at(-1)
  if (map.flow) {
    if (!behind) return splice(text, ...wholeOf(map), `{ ${key}: ${inline(value)} }`)
    const end = pairEnd(text, behind)
    return splice(text, end, end, `, ${key}: ${inline(value)}`)
  }
  if (!behind) throw new UserError('What is in the file there is empty: change it in an editor.')
  const end = lineEnd(text, pairEnd(text, behind))
  const indent = indentOf(text, map)
  const line = `${' '.repeat(indent)}${key}:${afterColon(value, indent + 2)}\n`
  return splice(text, end, end, endsLine(text, end) ? line : `\n${line}`)
}

function removePair(text: string, map: YAMLMap, pair: Pair): string {
  const index = map.items.indexOf(pair)
  const [start] = rangeOf(pair.key as Node)
  const end = pairEnd(text, pair)
  if (!map.flow) return splice(text, lineStart(text, start), lineEnd(text, end), '')
  const [last, next] = [map.items[index - 1], map.items[index + 1]]
  if (last) return splice(text, pairEnd(text, last), end, '')
  return splice(text, start, next ? rangeOf(next.key as Node)[0] : end, '')
}

/** The node at a path of a text that can be read; what is missing is undefined. */
export function nodeAt(text: string, path: Path): Node | undefined {
  let node: unknown = documentOf(text).contents
  for (const part of path) {
    if (isMap(node)) node = pairOf(node, String(part))?.value
    else if (isSeq(node)) node = node.items[Number(part)]
    else return undefined
  }
  return (node as Node | null) ?? undefined
}

/** From the start of a node's first line to the end of its last one, its line break included. */
export function lineRange(text: string, node: Node): { start: number; end: number } {
  return { start: lineStart(text, startOf(node)), end: lineEnd(text, contentEnd(text, node)) }
}

/** The same for a key with its value. */
export function pairLines(text: string, pair: Pair): { start: number; end: number } {
  return { start: lineStart(text, startOf(pair.key as Node)), end: lineEnd(text, pairEnd(text, pair)) }
}

export function splice(text: string, start: number, end: number, put: string): string {
  // A file with Windows line ends gets such lines.
  return text.slice(0, start) + (text.includes('\r\n') ? put.replace(/\r?\n/g, '\r\n') : put) + text.slice(end)
}

/** Whether a line ends right before a position, as it does at the start of a text. */
export function endsLine(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n'
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

/** How many blanks a line starts with. */
export function columnOf(text: string, start: number): number {
  return /^ */.exec(text.slice(start, start + 200))?.[0].length ?? 0
}

export function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyOf(pair) === key)
}

function pairEnd(text: string, pair: Pair): number {
  const key = rangeOf(pair.key as Node)[1]
  const end = pair.value ? contentEnd(text, pair.value as Node) : key
  return Math.max(end, text.indexOf(':', key) + 1)
}

/** Where a node's own content ends, without the line break, blank lines and comments after it. */
function contentEnd(text: string, node: Node): number {
  if (isSeq(node) && !node.flow) return lastEnd(text, node, node.items.at(-1) as Node | undefined)
  if (isMap(node) && !node.flow) {
    const pair = node.items.at(-1)
    return pair ? pairEnd(text, pair) : rangeOf(node)[0]
  }
  const [start, end] = rangeOf(node)
  return start + text.slice(start, end).trimEnd().length
}

function lastEnd(text: string, list: YAMLSeq, item: Node | undefined): number {
  return item?.range ? Math.max(contentEnd(text, item), rangeOf(item)[0]) : rangeOf(list)[0]
}

/** In a file, a mapping of its own begins with its first key; in a list it begins after the dash. */
function indentOf(text: string, map: YAMLMap): number {
  const [start] = rangeOf(map.items[0]?.key as Node)
  return start - lineStart(text, start)
}

function startOf(node: Node | undefined): number {
  return node ? rangeOf(node)[0] : 0
}

function wholeOf(node: Node): [number, number] {
  const [start, end] = rangeOf(node)
  return [start, end]
}

function rangeOf(node: Node): [number, number, number] {
  if (!node?.range) throw new Error('a node of a parsed text has no range')
  return node.range
}

function tidy(value: string): string {
  return value.replace(/\s+/g, ' ').trim()
}
