/**
 * Discord's markdown as a tree. Pure, and total: whatever does not parse is text. Blocks are found line by line, inline
 * marks by the first pattern that matches at a position, in Discord's order of precedence.
 */
export type Mark = 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'

export type Inline =
  | { type: 'text' | 'code'; text: string }
  | { type: Mark; content: Inline[] }
  | { type: 'link'; url: string; content: Inline[] }
  | { type: 'user' | 'role' | 'channel'; id: string }
  | { type: 'everyone'; text: string }
  | { type: 'command'; name: string; id: string }
  | { type: 'time'; seconds: number; style: string }
  | { type: 'emoji'; name: string }

export type Block =
  | { type: 'paragraph' | 'subtext'; content: Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3; content: Inline[] }
  | { type: 'list'; ordered: boolean; start: number; items: ListItem[] }
  | { type: 'quote'; content: Block[] }
  | { type: 'code-block'; text: string }

export interface ListItem {
  content: Inline[]
  children: Block[]
}

/** Reads a message's text as Discord does. */
export function parseMarkdown(text: string): Block[] {
  return blocks(text.replaceAll('\r\n', '\n').split('\n'), false)
}

function blocks(lines: string[], inQuote: boolean): Block[] {
  const out: Block[] = []
  let plain: string[] = []
  const flush = () => {
    if (plain.length > 0) out.push({ type: 'paragraph', content: inlines(plain.join('\n')) })
    plain = []
  }
  for (let at = 0; at < lines.length; ) {
    const found = block(lines, at, inQuote)
    if (!found) plain.push(lines[at++] ?? '')
    else {
      if (found.before) plain.push(found.before)
      flush()
      out.push(found.block)
      at = found.next
      if (found.after) lines.splice(--at, 1, found.after)
    }
  }
  flush()
  return out
}

/** The block that starts at a line, and where it ends; `before` and `after` share its lines without belonging to it. */
function block(
  lines: string[],
  at: number,
  inQuote: boolean,
): { block: Block; next: number; before?: string; after?: string } | undefined {
  const line = lines[at] ?? ''
  const heading = /^(#{1,3}) +(\S.*)$/.exec(line)
  if (heading?.[1] && heading[2]) {
    const level = heading[1].length as 1 | 2 | 3
    return { block: { type: 'heading', level, content: inlines(heading[2]) }, next: at + 1 }
  }
  const subtext = /^-# +(\S.*)$/.exec(line)
  if (subtext?.[1]) return { block: { type: 'subtext', content: inlines(subtext[1]) }, next: at + 1 }
  if (!inQuote && line.startsWith('>>> ')) {
    const rest = [line.slice(4), ...lines.slice(at + 1)]
    return { block: { type: 'quote', content: blocks(rest, true) }, next: lines.length }
  }
  if (!inQuote && line.startsWith('> ')) {
    const quoted = until(lines, at, (next) => !next.startsWith('> '))
    return { block: { type: 'quote', content: blocks(strip(quoted, 2), true) }, next: at + quoted.length }
  }
  if (LIST_ITEM.test(line)) {
    const items = until(lines, at, (next) => endsList(next, line))
    return { block: list(items), next: at + items.length }
  }
  return codeBlock(lines, at)
}

function codeBlock(lines: string[], at: number) {
  const line = lines[at] ?? ''
  const opening = /^((?:(?!```|`[^`]).|`[^`]+`)*)```/.exec(line)
  if (!opening || /(?:^|[^\\])\\$/.test(opening[1] ?? '')) return undefined
  const rest = [line.slice(opening[0].length), ...lines.slice(at + 1)].join('\n')
  const end = rest.indexOf('```')
  if (end <= 0) return undefined
  const inside = rest.slice(0, end)
  // A first line of letters only names the language, unless it is all there is.
  const text = inside.replace(/^[\w+#.-]*\n(?=[\s\S])/, '').replace(/\n$/, '')
  const next = at + inside.split('\n').length
  const after = (rest.slice(end + 3).split('\n', 1)[0] ?? '').trimStart()
  return { block: { type: 'code-block', text } as const, next, before: opening[1] ?? '', after }
}

const LIST_ITEM = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/

/** A list ends at a line that is neither an item of its kind nor indented under one. */
const endsList = (line: string, first: string): boolean => {
  const kind = (text: string) => /^ *(\d)?/.exec(text)?.[1] === undefined
  return !/^ +\S/.test(line) && !(LIST_ITEM.test(line) && kind(line) === kind(first))
}

function list(lines: string[]): Block {
  const [, indent = '', marker = '-'] = LIST_ITEM.exec(lines[0] ?? '') ?? []
  const items: ListItem[] = []
  for (let at = 0; at < lines.length; ) {
    const text = LIST_ITEM.exec(lines[at] ?? '')?.[3] ?? (lines[at] ?? '').trim()
    const inner = until(lines, at + 1, (next) => next.length - next.trimStart().length <= indent.length)
    const children = inner.length > 0 ? blocks(strip(inner, smallestIndent(inner)), true) : []
    items.push({ content: inlines(text), children })
    at += 1 + inner.length
  }
  const ordered = /\d/.test(marker)
  return { type: 'list', ordered, start: ordered ? Number.parseInt(marker, 10) : 1, items }
}

const until = (lines: string[], from: number, ends: (line: string) => boolean): string[] => {
  const end = lines.findIndex((line, index) => index >= from && ends(line))
  return lines.slice(from, end < 0 ? lines.length : end)
}
const strip = (lines: string[], width: number) => lines.map((line) => line.slice(width))
const smallestIndent = (lines: string[]) => Math.min(...lines.map((line) => line.length - line.trimStart().length))

type Rule = [pattern: RegExp, make: (match: RegExpExecArray) => Inline]

const text = (value: string): Inline => ({ type: 'text', text: value })
const mark =
  (type: Mark) =>
  (match: RegExpExecArray): Inline => ({ type, content: inlines(match[1] ?? '') })
const mention =
  (type: 'user' | 'role' | 'channel') =>
  (match: RegExpExecArray): Inline => ({ type, id: match[1] ?? '' })

/** Only http(s) becomes a link: `javascript:` and the like stay the text that they are. */
const autolink = (match: RegExpExecArray): Inline => {
  const url = match[1] ?? ''
  return URL.canParse(url) ? { type: 'link', url, content: [text(url)] } : text(match[0])
}
const masked = (match: RegExpExecArray): Inline => {
  const [whole, label = '', url = ''] = match
  // Discord leaves a label alone that is itself an address: it could lead elsewhere than it says.
  if (!URL.canParse(url) || /https?:\/\//i.test(label)) return text(whole)
  return { type: 'link', url, content: inlines(label) }
}

// Patterns are sticky. Marks take their shortest body, in which a backslash keeps the next character from closing it.
const RULES: Rule[] = [
  [/\\([!-/:-@[-`{-~])/y, (match) => text(match[1] ?? '')],
  [/(?<!`)(`{1,2})(?!`)([\s\S]*?[^`])\1(?!`)/y, (match) => ({ type: 'code', text: (match[2] ?? '').trim() })],
  [/<(https?:\/\/[^\s<>]+)>/y, autolink],
  [/<@!?(\d{17,20})>/y, mention('user')],
  [/<@&(\d{17,20})>/y, mention('role')],
  [/<#(\d{17,20})>/y, mention('channel')],
  [/<\/([^:<>]{1,98}):(\d{17,20})>/y, (match) => ({ type: 'command', name: match[1] ?? '', id: match[2] ?? '' })],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y,
    (match) => ({ type: 'time', seconds: Number(match[1]), style: match[2] ?? 'f' }),
  ],
  [/<a?:(\w{2,32}):\d{17,20}>/y, (match) => ({ type: 'emoji', name: match[1] ?? '' })],
  [/\[((?:\\.|[^[\]\\]|\[[^[\]]*\])+)\]\(<?(https?:\/\/(?:\([^\s()<>]*\)|[^\s()<>])+)>?\)/y, masked],
  [/(https?:\/\/[^\s<]+[^\s<.,:;"')\]*_~|])/y, autolink],
  [/@(?:everyone|here)\b/y, (match) => ({ type: 'everyone', text: match[0] })],
  [/\|\|((?:\\.|[^\\])+?)\|\|/sy, mark('spoiler')],
  [/\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/sy, mark('bold')],
  [/__((?:\\.|[^\\])+?)__(?!_)/sy, mark('underline')],
  [/~~((?:\\.|[^\\])+?)~~/sy, mark('strike')],
  [/\*(?=[^\s*])((?:\\.|\*\*|[^\\*])+?)(?<!\s)\*(?!\*)/sy, mark('italic')],
  // Not inside a word: snake_case_names are names.
  [/(?<!\w)_((?:\\.|__|[^\\_])+?)_(?!\w)/sy, mark('italic')],
]

const STARTS = new Set('\\`<[h@|*_~')

function inlines(source: string): Inline[] {
  const out: Inline[] = []
  const push = (node: Inline) => {
    const last = out.at(-1)
    if (node.type === 'text' && last?.type === 'text') last.text += node.text
    else out.push(node)
  }
  for (let at = 0; at < source.length; ) {
    const found = STARTS.has(source[at] ?? '') ? match(source, at) : undefined
    push(found?.node ?? text(source[at] ?? ''))
    at += found?.length ?? 1
  }
  return out
}

function match(source: string, at: number): { node: Inline; length: number } | undefined {
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at
    const result = pattern.exec(source)
    if (result) return { node: make(result), length: result[0].length }
  }
  return undefined
}
