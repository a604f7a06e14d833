/** Draws parsed markdown. Text only ever becomes text nodes, and URLs have been checked by the parser. */
import '@skyra/discord-components-core/discord-header.js'
import '@skyra/discord-components-core/discord-mention.js'
import '@skyra/discord-components-core/discord-quote.js'
import '@skyra/discord-components-core/discord-spoiler.js'
import '@skyra/discord-components-core/discord-subscript.js'
import { html, type TemplateResult } from 'lit'
import { type Block, type Inline, type ListItem, type Mark, parseMarkdown } from './markdown.ts'

/** What the names behind mentions are, and what a click on a command mention does. */
export interface MarkdownContext {
  userName(id: string): string
  roleName(id: string): string
  channelName(id: string): string
  openCommand(id: string, name: string): void
}

type Drawn = TemplateResult | string

/** A message's text as Discord draws it. */
export function drawMarkdown(text: string, context: MarkdownContext): TemplateResult {
  return html`<div class="markdown" dir="auto">${drawBlocks(parseMarkdown(text), context)}</div>`
}

/** One line of a text, without its marks: for reply previews and the live region. */
export function plainText(text: string, context: MarkdownContext): string {
  return parseMarkdown(text)
    .map((block) => blockText(block, context))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const drawBlocks = (blocks: Block[], context: MarkdownContext): Drawn[] =>
  blocks.map((block) => drawBlock(block, context))

function drawBlock(block: Block, context: MarkdownContext): Drawn {
  switch (block.type) {
    case 'paragraph':
      return html`<div class="paragraph">${drawInlines(block.content, context)}</div>`
    case 'subtext':
      return html`<discord-subscript>${drawInlines(block.content, context)}</discord-subscript>`
    case 'heading':
      return html`<discord-header level=${block.level}>${drawInlines(block.content, context)}</discord-header>`
    case 'quote':
      return html`<discord-quote><div>${drawBlocks(block.content, context)}</div></discord-quote>`
    case 'code-block':
      return html`<pre class="code-block"><code>${block.text}</code></pre>`
    case 'list': {
      const items = block.items.map((item) => drawItem(item, context))
      return block.ordered ? html`<ol start=${block.start}>${items}</ol>` : html`<ul>${items}</ul>`
    }
  }
}

const drawItem = (item: ListItem, context: MarkdownContext) =>
  html`<li>${drawInlines(item.content, context)}${drawBlocks(item.children, context)}</li>`

const drawInlines = (nodes: Inline[], context: MarkdownContext): Drawn[] =>
  nodes.map((node) => drawInline(node, context))

function drawInline(node: Inline, context: MarkdownContext): Drawn {
  switch (node.type) {
    case 'text':
      return node.text
    case 'code':
      return html`<code class="inline-code">${node.text}</code>`
    case 'link':
      return html`<a href=${node.url} target="_blank" rel="noopener noreferrer nofollow" title=${node.url}
        >${drawInlines(node.content, context)}</a
      >`
    case 'user':
      return html`<discord-mention type="user">${context.userName(node.id)}</discord-mention>`
    case 'role':
      return html`<discord-mention type="role">${context.roleName(node.id)}</discord-mention>`
    case 'channel':
      return html`<discord-mention type="channel">${context.channelName(node.id)}</discord-mention>`
    case 'everyone':
      return html`<span class="everyone">${node.text}</span>`
    case 'command':
      return html`<discord-mention
        type="slash"
        role="button"
        tabindex="0"
        @click=${() => context.openCommand(node.id, node.name)}
        @keydown=${onEnter(() => context.openCommand(node.id, node.name))}
        >${node.name}</discord-mention
      >`
    case 'time':
      return drawTime(node.seconds, node.style)
    case 'emoji':
      return html`<span class="emoji">:${node.name}:</span>`
    default:
      return drawMark(node.type, drawInlines(node.content, context))
  }
}

function drawMark(type: Mark, content: Drawn[]): TemplateResult {
  switch (type) {
    case 'bold':
      return html`<strong>${content}</strong>`
    case 'italic':
      return html`<em>${content}</em>`
    case 'underline':
      return html`<u>${content}</u>`
    case 'strike':
      return html`<s>${content}</s>`
    case 'spoiler':
      return html`<discord-spoiler
        role="button"
        tabindex="0"
        aria-label="Spoiler: press to show"
        @click=${(event: Event) => reveal(event.currentTarget)}
        @keydown=${onEnter((event) => reveal(event.currentTarget))}
        >${content}</discord-spoiler
      >`
  }
}

const reveal = (spoiler: EventTarget | null) => (spoiler as HTMLElement).removeAttribute('aria-label')

const onEnter = (act: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
  if (event.key === 'Enter' || event.key === ' ') act(event)
}

const STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
}

function drawTime(seconds: number, style: string): TemplateResult {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return html`<span class="timestamp">Invalid Date</span>`
  const full = date.toLocaleString([], STYLES.F)
  const shown = style === 'R' ? relative(date) : date.toLocaleString([], STYLES[style])
  return html`<time class="timestamp" datetime=${date.toISOString()} title=${full}>${shown}</time>`
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

function relative(date: Date): string {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000)
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const)
  return new Intl.RelativeTimeFormat([], { numeric: 'auto' }).format(Math.round(seconds / size), unit)
}

function blockText(block: Block, context: MarkdownContext): string {
  if (block.type === 'code-block') return block.text
  if (block.type === 'quote') return block.content.map((inner) => blockText(inner, context)).join(' ')
  if (block.type === 'list') return block.items.map((item) => inlineText(item.content, context)).join(' ')
  return inlineText(block.content, context)
}

const inlineText = (nodes: Inline[], context: MarkdownContext): string =>
  nodes
    .map((node) => {
      if ('text' in node) return node.text
      if ('content' in node) return node.type === 'spoiler' ? '(spoiler)' : inlineText(node.content, context)
      if (node.type === 'command') return `/${node.name}`
      if (node.type === 'user') return `@${context.userName(node.id)}`
      if (node.type === 'role') return `@${context.roleName(node.id)}`
      if ('id' in node) return `#${context.channelName(node.id)}`
      return node.type === 'emoji' ? `:${node.name}:` : new Date(node.seconds * 1000).toLocaleString()
    })
    .join('')
