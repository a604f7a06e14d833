import { dateInWords } from '../knowledge/days.ts'
import type { Citation, Fact, Snapshot } from '../knowledge/snapshot.ts'
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

function entryFor({ source: id, paragraphs }: Citation, number: number, snapshot: Snapshot): CitationEntry {
  const source = snapshot.sources.get(id)
  if (!source) return { number, title: id, details: '' }
  const details = [source.publisher && cutAtWord(source.publisher, 80), dateInWords(source.date), inWords(paragraphs)]
  return {
    number,
    title: cutAtWord(source.title, 160),
    ...(source.url ? { url: source.url } : {}),
    details: details.filter(Boolean).join(', '),
  }
}

function inWords(paragraphs: readonly number[]): string {
  if (paragraphs.length === 0) return ''
  const shown = paragraphs.slice(0, 12).join(', ')
  return `paragraph${paragraphs.length > 1 ? 's' : ''} ${shown}${paragraphs.length > 12 ? ', …' : ''}`
}
