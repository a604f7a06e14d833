import type { Outcome } from '../answering/outcome.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { composeOutcome } from './compose.ts'
import { visible } from './escape.ts'
import type { Part, View } from './view.ts'

/** Everything an asker would see of an outcome, as plain text for a terminal. */
export function renderText(outcome: Outcome, snapshot: Snapshot): string {
  const [fullest] = composeOutcome(outcome, snapshot)
  return fullest ? drawText(fullest) : ''
}

/** A composition as plain text. Whatever could steer a terminal is taken out. */
export function drawText({ parts }: View): string {
  return parts
    .map(drawPart)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function drawPart(part: Part): string {
  switch (part.kind) {
    case 'line':
      return visible(part.text)
    case 'statement':
      return [visible(part.text), ...part.citations.map((number) => `[${number}]`)].join(' ')
    case 'quote':
      return `  “${visible(part.text)}”${part.speaker ? ` — ${visible(part.speaker)}` : ''}`
    case 'status':
    case 'note':
      return `  ${visible(part.text)}`
    case 'list':
      return [part.title && `\n${part.title}:`, ...part.items.map((item) => `  - ${visible(item)}`)].join('\n')
    case 'citations':
      return [...part.entries.map(drawEntry), part.more && `  ${part.more}`].filter(Boolean).join('\n')
    case 'topics':
      return `${part.title}: ${part.names.map((name) => `/${name}`).join(', ')}${part.more && ` ${part.more}`}`
    case 'difference':
      return part.lines.map(({ sign, text }) => `  ${sign} ${visible(text)}`).join('\n')
    case 'heading':
      return visible(part.text)
    case 'people':
    case 'picture':
    case 'recorded':
    case 'gap':
    case 'break':
      return ''
  }
}

function drawEntry({ number, title, details, url }: Extract<Part, { kind: 'citations' }>['entries'][number]): string {
  return `  [${number}] ${[visible(title), visible(details), url && visible(url)].filter(Boolean).join(', ')}`
}
