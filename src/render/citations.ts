import { dateInWords } from '../knowledge/days.ts'
import type { Citation, Fact, Snapshot, Source } from '../knowledge/snapshot.ts'
import { cutAtWord } from './escape.ts'
import type { CitationEntry } from './view.ts'

/** The citations of several facts, each once, numbered in the order of their appearance. */
export function numberCitations(facts: readonly Fact[], snapshot: Snapshot) {
  const entries = new Map<string, CitationEntry>()
  const numbers = facts.map((fact) =>
    fact.citations.map((citation) => {
      const key = `${citation.source} ${citation.paragraphs.join(',')}`
      const known = entries.get(key)
      if (known) return known.number
      entries.set(key, entryFor(citation, entries.size + 1, snapshot))
      return entries.size
    }),
  )
  return { entries: [...entries.values()], numbers: numbers.map((some) => [...new Set(some)]) }
}

/** Sources as a whole, numbered in their order. */
export function entriesFor(sources: readonly Source[]): CitationEntry[] {
  return sources.map((source, index) => entryOf(source, index + 1))
}

function entryFor({ source: id, paragraphs }: Citation, number: number, snapshot: Snapshot): CitationEntry {
  const source = snapshot.sources.get(id)
  return source ? entryOf(source, number, inWords(paragraphs)) : { number, title: id, details: inWords(paragraphs) }
}

function entryOf({ title, publisher, date, url }: Source, number: number, where = ''): CitationEntry {
  const details = [publisher && cutAtWord(publisher, 80), dateInWords(date), where].filter(Boolean).join(', ')
  return { number, title: cutAtWord(title, 160), ...(url ? { url } : {}), details }
}

function inWords(paragraphs: readonly number[]): string {
  if (paragraphs.length === 0) return ''
  const shown = paragraphs
    .toSorted((one, other) => one - other)
    .slice(0, 12)
    .join(', ')
  return `paragraph${paragraphs.length > 1 ? 's' : ''} ${shown}${paragraphs.length > 12 ? ', …' : ''}`
}
