import type { Bot } from '../../src/discord/client.ts'
import { type Block, type Inline, parseMarkdown } from '../../src/sandbox/page/markdown.ts'

/** What nobody sees, what steers a terminal, and what turns the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u
const SLIPS = /\bundefined\b|\bNaN\b|\[object \w+\]/
/** Words of the bot's own behind which it names people, roles and channels. */
const NAMING =
  /^(?:Shared by|Sent by|Proposed by|Written by|Approved by|Rejected by|Moderators are members|Proposals, faults and digests)/
/** Keys whose text is written as mark-up, and those whose text is shown as it is. */
const [MARKED, PLAIN] = [
  new Set(['content']),
  new Set(['label', 'placeholder', 'title', 'description', 'name', 'value', 'custom_id', 'filename']),
]

/** What the bot itself may put into its messages. */
export interface Own {
  /** Addresses of sources. */
  readonly links: ReadonlySet<string>
}

/** All that is wrong with something that the bot sends: a message, a form, choices, commands. */
export function flawsIn(body: unknown, own: Own): string[] {
  return [...walk(body, '')].flatMap(([key, text, at]) => {
    // The bot's own way to keep a mention from being one.
    const seen = MARKED.has(key) ? text.replaceAll('@\u200b', '@') : text
    const isText = MARKED.has(key) || PLAIN.has(key)
    // A form's field may have several lines.
    const flat = MARKED.has(key) || key === 'value' ? seen.replaceAll('\n', '') : seen
    return [
      ...(isText && UNSEEN.test(flat) ? [`${at} has characters that nobody sees: ${JSON.stringify(text)}`] : []),
      ...(SLIPS.test(text) && !text.includes('undefined null NaN') ? [`${at} is a slip: ${text}`] : []),
      ...(MARKED.has(key) ? flawsInText(text, own).map((flaw) => `${at} ${flaw} in ${JSON.stringify(text)}`) : []),
    ]
  })
}

function* walk(value: unknown, at: string): Generator<[key: string, text: string, at: string]> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') yield [key, inner, `${at}.${key}`]
    else yield* walk(inner, `${at}.${key}`)
  }
}

/** Mark-up that the bot does not write. */
export function flawsInText(text: string, { links }: Own): string[] {
  const flaws: string[] = []
  if (/@(?:everyone|here)\b/.test(text)) flaws.push('names everybody')
  const inline = (nodes: readonly Inline[], before: string) => {
    for (const [index, node] of nodes.entries()) {
      const isOwn =
        node.type === 'text' ||
        (node.type === 'link' && links.has(node.url)) ||
        (node.type === 'command' && /^[-_\p{L}\p{N}]+$/u.test(node.name)) ||
        (['user', 'role', 'channel'].includes(node.type) && NAMING.test(before))
      if (node.type === 'bold' && isLine(nodes, index)) inline(node.content, '')
      else if (!isOwn) flaws.push(`has ${node.type}`)
    }
  }
  const block = (one: Block) => {
    if (one.type === 'paragraph' || one.type === 'subtext') inline(one.content, plainOf(one.content))
    else if (one.type === 'quote') {
      // Quotes are the bot's own where it says whose words they are.
      if (!plainTextOf(one.content).startsWith('“')) flaws.push('has quote')
      one.content.forEach(block)
    } else if (one.type === 'list' && !one.ordered) {
      for (const { content, children } of one.items) {
        inline(content, '')
        if (children.length > 0) flaws.push('has a list in a list')
      }
    } else if (one.type !== 'code-block') flaws.push(`has ${one.type}`)
    else if (!text.includes('```diff\n')) flaws.push('has code-block')
  }
  parseMarkdown(text).forEach(block)
  return flaws
}

/** A heading of the bot's is bold from one end of its line to the other. */
function isLine(nodes: readonly Inline[], index: number): boolean {
  const [before, after] = [nodes[index - 1], nodes[index + 1]]
  const endsLine = before === undefined || (before.type === 'text' && before.text.endsWith('\n'))
  return endsLine && (after === undefined || (after.type === 'text' && after.text.startsWith('\n')))
}

/** What somebody reads in a text with mark-up. */
export function readOf(text: string): string {
  return plainTextOf(parseMarkdown(text.replaceAll('@\u200b', '@')))
}

function plainTextOf(blocks: readonly Block[]): string {
  return blocks
    .map((one): string => {
      if (one.type === 'code-block') return one.text
      if (one.type === 'quote') return plainTextOf(one.content)
      if (one.type === 'list')
        return one.items.map((item) => `${plainOf(item.content)}\n${plainTextOf(item.children)}`).join('\n')
      return plainOf(one.content)
    })
    .join('\n')
}

function plainOf(nodes: readonly Inline[]): string {
  return nodes.map((node) => ('content' in node ? plainOf(node.content) : 'text' in node ? node.text : '')).join('')
}

/** Notes every body that the bot sends from now on. */
export function listenIn({ client }: Bot): unknown[] {
  const sent: unknown[] = []
  const { rest } = client
  const request = rest.request.bind(rest)
  rest.request = (options) => {
    if (options.body !== undefined) sent.push(options.body)
    return request(options)
  }
  return sent
}
