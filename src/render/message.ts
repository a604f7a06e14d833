import type { APIComponentInContainer } from 'discord.js'
import type { Outcome } from '../answering/outcome.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { controlRows, fits, type Message, message, picture, separator, text } from './components.ts'
import { composeOutcome, type Presentation } from './compose.ts'
import { escaped, link, visible } from './escape.ts'
import type { Tone } from './status-words.ts'
import type { CitationEntry, Part, View } from './view.ts'

/** Ids of the registered commands by name, so that topics can be mentioned as commands to click. */
export type CommandIds = ReadonlyMap<string, string>

const COLOURS: Record<Tone, number> = {
  holds: 0x2e7d32,
  ahead: 0x1565c0,
  over: 0x757575,
  ended: 0xc62828,
  doubtful: 0xef8f00,
  open: 0x6a4c93,
  neutral: 0x546e7a,
}

/** An outcome as a Discord message: as much of it as fits, the answer first. */
export function renderOutcome(
  outcome: Outcome,
  snapshot: Snapshot,
  commandIds: CommandIds = new Map(),
  presentation: Presentation = {},
): Message {
  return renderFirstFitting(composeOutcome(outcome, snapshot, presentation), commandIds)
}

/** The first of several compositions that fits into a message; the last one is expected to. */
export function renderFirstFitting(views: Iterable<View>, commandIds: CommandIds = new Map()): Message {
  let smallest: Message | undefined
  for (const view of views) {
    smallest = renderView(view, commandIds)
    if (fits(smallest)) return smallest
  }
  if (!smallest) throw new Error('there is nothing to render')
  throw new Error('not even the smallest composition fits into a message')
}

/** A composition as a Discord message. */
export function renderView({ tone, parts, controls }: View, commandIds: CommandIds = new Map()): Message {
  const labels = new Set(controls.flatMap((control) => (control.kind === 'button' ? [control.label] : [])))
  const components: APIComponentInContainer[] = []
  let lines: string[] = []
  let isParted = false
  const add = (component: APIComponentInContainer) => {
    if (isParted && components.length > 0) components.push(separator())
    isParted = false
    components.push(component)
  }
  const flush = () => {
    const content = lines.filter(Boolean).join('\n')
    if (content) add(text(content))
    lines = []
  }
  for (const part of parts) {
    if (part.kind === 'gap' || part.kind === 'break' || part.kind === 'picture') flush()
    if (part.kind === 'break') isParted = true
    else if (part.kind === 'picture') add(picture(part.file, visible(part.description)))
    else lines.push(drawPart(withoutLabels(part, labels), commandIds))
  }
  flush()
  return message(COLOURS[tone], [...components, ...controlRows(controls)])
}

/** What a button says in full need not be read twice. */
function withoutLabels(part: Part, labels: ReadonlySet<string>): Part {
  return part.kind === 'list' ? { ...part, items: part.items.filter((item) => !labels.has(item)) } : part
}

function drawPart(part: Part, commandIds: CommandIds): string {
  switch (part.kind) {
    case 'line':
      return escaped(part.text)
    case 'statement':
      return [escaped(part.text), ...part.citations.map((number) => `\\[${number}\\]`)].join(' ')
    case 'quote':
      return `> “${escaped(part.text)}”${part.speaker ? ` — ${escaped(part.speaker)}` : ''}`
    case 'status':
      return part.loud ? escaped(part.text) : quiet(escaped(part.text))
    case 'note':
    case 'recorded':
      return quiet(escaped(part.text))
    case 'list':
      if (part.inMenu) return ''
      return [
        part.title && quiet(`${escaped(part.title)}:`),
        ...part.items.map((item) => drawItem(item, part.title !== '')),
      ]
        .filter(Boolean)
        .join('\n')
    case 'citations':
      return [...part.entries.map(drawEntry), part.more && quiet(part.more)].filter(Boolean).join('\n')
    case 'topics': {
      const names = part.names.map((name) => mention(name, commandIds)).join(' · ')
      return quiet(`${escaped(part.title)}: ${[names, part.more].filter(Boolean).join(' ')}`)
    }
    case 'people':
      return quiet([escaped(part.text), ...mentionsOf(part.users, part.none)].join(' '))
    case 'difference':
      return `\`\`\`diff\n${part.lines.map(({ sign, text }) => `${sign} ${inBlock(text)}`).join('\n')}\n\`\`\``
    case 'heading':
      return `**${escaped(part.text)}**`
    case 'picture':
    case 'gap':
    case 'break':
      return ''
  }
}

function mentionsOf(ids: readonly string[], none = ''): string[] {
  const known = ids.filter((id) => /^[#&]?\d{17,20}$/.test(id))
  return known.length === 0 ? [escaped(none)] : known.map((id) => (id.startsWith('#') ? `<${id}>` : `<@${id}>`))
}

/** Nothing counts within a block of code but its end; what names everybody is kept from it there as well. */
function inBlock(text: string): string {
  return (
    visible(text)
      .replaceAll('```', "'''")
      .replace(/@(?=everyone|here)/g, '@\u200b') || '…'
  )
}

/** A list without a title is what the message is about, so its items are full size. */
function drawItem(item: string, small: boolean): string {
  return small ? quiet(`• ${escaped(item)}`) : `- ${escaped(item)}`
}

function drawEntry({ number, title, details, url }: CitationEntry): string {
  const document = url === undefined ? escaped(title) : link(title, url)
  return quiet([`\\[${number}\\] ${document}`, escaped(details)].filter(Boolean).join(', '))
}

/** Discord's mention of a slash command, which opens it; its plain name while it is not registered. */
function mention(name: string, commandIds: CommandIds): string {
  const id = commandIds.get(name)
  return id === undefined ? `/${escaped(name)}` : `</${name}:${id}>`
}

function quiet(line: string): string {
  return `-# ${line}`
}
