import type { Citation, Fact, Snapshot, Source } from '../knowledge/snapshot.ts'
import { en } from '../words/en.ts'
import type { Words } from '../words/languages.ts'
import { cutAtWord } from './escape.ts'
import type { CitationEntry } from './view.ts'

/** The citations of several facts, each once, numbered in the order of their appearance. */
export function numberCitations(facts: readonly Fact[], snapshot: Snapshot, words: Words = en) {
  const entries = new Map<string, CitationEntry>()
  const numbers = facts.map((fact) =>
    fact.citations.map((citation) => {
      const key = `${citation.source} ${citation.paragraphs.join(',')}`
      const known = entries.get(key)
      if (known) return known.number
      entries.set(key, entryFor(citation, entries.size + 1, snapshot, words))
      return entries.size
    }),
  )
  return { entries: [...entries.values()], numbers: numbers.map((some) => [...new Set(some)]) }
}

/** Sources as a whole, numbered in their order. */
export function entriesFor(sources: readonly Source[], words: Words = en): CitationEntry[] {
  return sources.map((source, index) => entryOf(source, index + 1, words))
}

/** How many are left out; empty when none are. */
export function moreInWords(count: number, words: Words): string {
  return count > 0 ? words.andMore(count) : ''
}

function entryFor(
  { source: id, paragraphs }: Citation,
  number: number,
  snapshot: Snapshot,
  words: Words,
): CitationEntry {
  const source = snapshot.sources.get(id)
  const where = inWords(paragraphs, words)
  return source ? entryOf(source, number, words, where) : { number, title: id, details: where }
}

function entryOf({ title, publisher, date, url }: Source, number: number, words: Words, where = ''): CitationEntry {
  const details = [publisher && cutAtWord(publisher, 80), words.date(date), where].filter(Boolean).join(', ')
  return { number, title: cutAtWord(title, 160), ...(url ? { url } : {}), details }
}

function inWords(paragraphs: readonly number[], words: Words): string {
  if (paragraphs.length === 0) return ''
  const shown = paragraphs.toSorted((one, other) => one - other).slice(0, 12)
  return words.paragraphs(shown, paragraphs.length > shown.length)
}
