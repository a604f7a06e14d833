import type { StandingFact } from '../../answering/outcome.ts'
import type { Fact } from '../../knowledge/snapshot.ts'
import { moreInWords, numberCitations } from '../citations.ts'
import { cutAtWord, escaped } from '../escape.ts'
import { quoteParts } from '../facts.ts'
import { noLongerHolds, statusInWords, verificationInWords } from '../status-words.ts'
import type { Part } from '../view.ts'
import type { Setting } from './overview.ts'

/** A page of facts may take so many and so much; what is left of a message is for what is common to them. */
export const ROOM = { items: 7, characters: 2_300 } as const

/** With so few citations, room is short, and what has replaced a fact is not quoted in full beside it. */
export const TIGHT = 2

/** A fact in an overview, under a heading of its own if it has one. */
export interface Entry extends StandingFact {
  readonly heading?: string
  /** The number by which a picture tells of it. */
  readonly number?: number
  /** Instead of the sentence on its status, which still follows where its statement would mislead without. */
  readonly note?: string
  readonly quoted?: boolean
}

/** About how many characters an entry takes. */
export function lengthOf({ fact, standing, note, heading = '' }: Entry): number {
  const texts = [fact.statement, standing.supersededBy?.statement, note, heading, fact.quote?.text]
  return texts.reduce((sum, text = '') => sum + escaped(text).length, 190)
}

/** Facts one below another, each cited by number; then what is common to all of them. */
export function entryParts(
  entries: readonly Entry[],
  { asOf, snapshot, words }: Pick<Setting, 'asOf' | 'snapshot' | 'words'>,
  mostCitations: number,
): Part[] {
  const facts = entries.map(({ fact }) => fact)
  const { entries: cited, numbers } = numberCitations(facts, snapshot, words)
  const verified = new Set(entries.map((entry) => verificationInWords(entry, words)))
  const parts = entries.flatMap((entry, index): Part[] => {
    const { fact, heading, number, note } = entry
    const isLoud = noLongerHolds(entry)
    const told = mostCitations > TIGHT ? entry : withShortSuccessor(entry)
    const status = note === undefined || isLoud ? statusInWords(told, asOf, snapshot, words) : ''
    const own = verified.size === 1 ? '' : verificationInWords(entry, words)
    return [
      ...(index > 0 ? [{ kind: 'gap' } as const] : []),
      ...(heading ? [{ kind: 'heading', text: heading } as const] : []),
      {
        kind: 'statement',
        text: number === undefined ? fact.statement : `${number}. ${fact.statement}`,
        citations: (numbers[index] ?? []).filter((one) => one <= mostCitations),
      },
      ...(entry.quoted ? quoteParts(fact, snapshot) : []),
      { kind: 'status', text: [note && `${note}.`, status, own].filter(Boolean).join(' '), loud: isLoud },
    ]
  })
  return [
    ...parts,
    { kind: 'break' },
    { kind: 'note', text: [`${words.asOf(asOf)}.`, ...(verified.size === 1 ? verified : [])].join(' ') },
    {
      kind: 'citations',
      entries: cited.slice(0, mostCitations),
      more: moreInWords(cited.length - mostCitations, words),
    },
  ]
}

/** Each once, in their order. */
export function factsOf(entries: readonly Entry[]): Fact[] {
  return [...new Set(entries.map(({ fact }) => fact))]
}

function withShortSuccessor<One extends StandingFact>(entry: One): One {
  const { supersededBy } = entry.standing
  if (!supersededBy) return entry
  const short = { ...supersededBy, statement: cutAtWord(supersededBy.statement, 150) }
  return { ...entry, standing: { ...entry.standing, supersededBy: short } }
}

/** What belongs together is turned over together, unless that is too much for one page. */
export function groupsOfEntries(groups: readonly (readonly Entry[])[]): (readonly Entry[])[] {
  return groups.flatMap((group) => (lengthOfGroup(group) > ROOM.characters ? group.map((entry) => [entry]) : [group]))
}

export function lengthOfGroup(group: readonly Entry[]): number {
  return group.reduce((sum, entry) => sum + lengthOf(entry), 0)
}

/** A heading stands once for all that follows under it. */
export function withoutRepeated(entries: readonly Entry[]): Entry[] {
  return entries.map(({ heading, ...entry }, index) =>
    heading === undefined || heading === entries[index - 1]?.heading ? entry : { ...entry, heading },
  )
}
