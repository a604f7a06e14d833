import type { StandingFact } from '../answering/outcome.ts'
import type { Day } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { en } from '../words/en.ts'
import type { Words } from '../words/languages.ts'
import { moreInWords, numberCitations } from './citations.ts'
import { type Action, encodeMenuId } from './custom-id.ts'
import { cutAtSentence, cutAtWord, visible } from './escape.ts'
import { noLongerHolds, statusInWords, verificationInWords } from './status-words.ts'
import type { Control, MenuOption, Part } from './view.ts'

/** More than this would be a bibliography; the Sources button shows the rest. */
const MOST_CITATIONS = 8
/** Discord's limit. */
const MENU_SIZE = 25

/** Facts one under another, each with its quote and status, then what is common: as-of date and citations. */
export function factParts(
  facts: readonly StandingFact[],
  asOf: Day,
  snapshot: Snapshot,
  most = MOST_CITATIONS,
  words: Words = en,
): Part[] {
  const { entries, numbers } = numberCitations(
    facts.map(({ fact }) => fact),
    snapshot,
    words,
  )
  const verified = new Set(facts.map((fact) => verificationInWords(fact, words)))
  const statuses = facts.map((standing) => {
    const replaces = standing.fact.supersedes.length > 0 ? ` ${words.status.replaces}` : ''
    return statusInWords(standing, asOf, snapshot, words) + replaces
  })
  const parts = facts.flatMap((standing, index): Part[] => {
    const { fact } = standing
    const status = statuses[index] ?? ''
    const citations = (numbers[index] ?? []).filter((number) => number <= most)
    return [
      ...(index > 0 ? [{ kind: 'break' } as const] : []),
      { kind: 'statement', text: fact.statement, citations },
      ...quoteParts(fact, snapshot),
      {
        kind: 'status',
        text: verified.size === 1 ? status : `${status} ${verificationInWords(standing, words)}`,
        loud: noLongerHolds(standing),
      },
    ]
  })
  // Most statuses name the day; it need not be read twice.
  const isDaySaid = statuses.every((status) => status.includes(words.date(asOf)))
  const common = [...(isDaySaid ? [] : [`${words.asOf(asOf)}.`]), ...(verified.size === 1 ? verified : [])]
  return [
    ...parts,
    ...(common.length > 0 ? [{ kind: 'note', text: common.join(' ') } as const] : []),
    { kind: 'break' },
    { kind: 'citations', entries: entries.slice(0, most), more: moreInWords(entries.length - most, words) },
  ]
}

/** The question that names each fact on buttons and in menus; facts asked for alike get names that differ. */
export function namesOf(facts: readonly Fact[]): string[] {
  const taken = new Set<string>()
  return facts.map((fact) => {
    const name = [...fact.askedAs, fact.statement].find((text) => visible(text) && !taken.has(text)) ?? fact.statement
    taken.add(name)
    return name
  })
}

/** Menus of facts to choose from, as many as it takes for Discord's 25 choices each, up to a hundred facts. */
export function factMenus(action: Action, facts: readonly Fact[], asOf: Day, placeholder: string): Control[] {
  const options = menuOptions(facts.slice(0, 4 * MENU_SIZE))
  return Array.from({ length: Math.ceil(options.length / MENU_SIZE) }, (_, page) => ({
    kind: 'menu',
    customId: encodeMenuId(action, asOf, page),
    placeholder: page === 0 ? placeholder : `${placeholder} (${page + 1})`,
    options: options.slice(page * MENU_SIZE, (page + 1) * MENU_SIZE),
  }))
}

function menuOptions(facts: readonly Fact[]): MenuOption[] {
  const names = namesOf(facts)
  return facts.map(({ id }, index) => ({ label: labelOf(names[index] ?? id), value: id }))
}

/** Fits a button or a menu. */
export function labelOf(text: string): string {
  return cutAtWord(visible(text), 80) || '…'
}

/** The fact's quote, if it has one. */
export function quoteParts({ quote }: Fact, snapshot: Snapshot): Part[] {
  if (!quote) return []
  const speaker = quote.speaker && snapshot.entities.get(quote.speaker)?.name
  return [
    { kind: 'quote', text: cutAtSentence(quote.text, 300), ...(speaker ? { speaker: cutAtWord(speaker, 80) } : {}) },
  ]
}
