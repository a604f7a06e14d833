import { type Day, isDay, isPartialDate, monthNumber, type PartialDate } from '../knowledge/days.ts'
import type { FactData } from '../knowledge/shapes.ts'
import { createDidYouMean, nameKey } from '../knowledge/similar.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'

/** What stands in the fields of a form, read as what it means. What cannot be read is added to the problems. */

const KINDS = ['rule', 'event', 'plan', 'position', 'estimate', 'unknown'] as const

/** One of the kinds of facts. */
export function kindOf(text: string, problems: string[]): FactData['kind'] | undefined {
  const kind = KINDS.find((one) => one === text.toLowerCase())
  if (!kind) problems.push(`The kind should be one of ${KINDS.join(', ')}.`)
  return kind
}

/** `from … until …`, `… to …`, `until …`, `on …`; a date by itself is the day, month or year it is about. */
export function periodOf(text: string, problems: string[]): FactData['period'] | undefined {
  if (text === '') return undefined
  const read = (date: string) => {
    const found = dateFrom(date)
    if (found === undefined)
      problems.push(`I could not read the date “${date}”. Write it like 2025-11-10, 10 November 2025 or May 2025.`)
    return found
  }
  const [, until] = /^(?:until|till|up to|to|–|-)\s+(.+)$/i.exec(text) ?? []
  if (until) return periodWith(undefined, read(until))
  const [, start, end] = /^(?:from\s+)?(.+?)\s*(?:\s(?:until|till|to)\s|\s[–-]\s|–)\s*(.+)$/i.exec(text) ?? []
  if (start && end) return periodWith(read(start), read(end))
  const [, from] = /^(?:from|since)\s+(.+?)(?:\s+on)?$/i.exec(text) ?? []
  if (from) return periodWith(read(from), undefined)
  const on = read(text.replace(/^(?:on|in)\s+/i, ''))
  return periodWith(on, on)
}

function periodWith(from: PartialDate | undefined, until: PartialDate | undefined): FactData['period'] {
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
}

/** `2025-11-10`, `2025-11`, `2025`, `10 November 2025`, `November 10, 2025`, `Nov 2025`. */
export function dateFrom(text: string): PartialDate | undefined {
  const plain = line(text).replace(/^(\d{4}-\d{2}(?:-\d{2})?)[.,]?$/, '$1')
  if (isPartialDate(plain)) return plain
  const [, day, month = '', year] =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?(\p{L}+)\.?,?\s+(\d{4})$/u.exec(plain) ??
    (([, m, d, y]) => [undefined, d, m, y])(/^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(plain) ?? [])
  const number = monthNumber(month)
  if (number === undefined || year === undefined) return undefined
  const date = [year, String(number).padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-')
  return isPartialDate(date) ? date : undefined
}

/** A date in a field; an empty field has none. */
export function dateIn(text: string | undefined, what: string, problems: string[]): PartialDate | undefined {
  if (line(text ?? '') === '') return undefined
  const date = dateFrom(text ?? '')
  if (date === undefined) problems.push(`I could not read “${what}”. Write it like 2025-11-10.`)
  return date
}

/** The same where only a whole day will do. */
export function dayIn(text: string | undefined, what: string, problems: string[]): Day | undefined {
  const date = dateIn(text, what, problems)
  if (date === undefined || isDay(date)) return date
  problems.push(`“${what}” has to be a whole day, like 2025-11-10.`)
  return undefined
}

/** `words — speaker`, with or without quotation marks. */
export function quoteOf(text: string, snapshot: Snapshot, problems: string[]): FactData['quote'] | undefined {
  if (text === '') return undefined
  const [, words = text, name] = /^(.+?)\s+[—–-]{1,2}\s+([^—–]+)$/.exec(text) ?? []
  const speaker = name && entityOf(name, snapshot, problems)
  return { text: words.replace(/^[“"„](.*)[”"“]$/, '$1'), ...(speaker ? { speaker } : {}) }
}

/** `name: 30 euro`, `name of somebody: at most 30 %`. */
export function measureOf(text: string, snapshot: Snapshot, problems: string[]): FactData['measure'] | undefined {
  if (text === '') return undefined
  const [, name = '', of, bound, value, unit = ''] =
    /^([^:]+?)(?:\s+of\s+([^:]+?))?\s*:\s*(?:(exactly|at most|about)\s+)?(-?\d+(?:\.\d+)?)\s*(\S.*)$/i.exec(text) ?? []
  if (value === undefined) {
    problems.push('I could not read the figure. Write it like “fare of Harbour Office: at most 30 euro”.')
    return undefined
  }
  const whose = of && entityOf(of, snapshot, problems)
  return {
    name,
    ...(whose ? { of: whose } : {}),
    value: Number(value),
    unit,
    bound: (bound?.toLowerCase().replace(' ', '-') ?? 'exactly') as 'exactly' | 'at-most' | 'about',
  }
}

/** One a line: `source: 16, 17`, the source by its id or title. */
export function citationsOf(text: string, snapshot: Snapshot, problems: string[]): FactData['citations'] | undefined {
  const citations = linesOf(text).flatMap((entry) => {
    const [, name = entry, numbers = ''] =
      /^(.*?)(?:\s*[:,]\s*(?:paragraphs?\s+)?|\s+paragraphs?\s+)(\d[\d,\s]*)$/i.exec(entry) ?? []
    const source = sourceOf(name, snapshot)
    if (source === undefined) {
      const guess = createDidYouMean(snapshot.sources.keys())(name)
      problems.push(
        `There is no source “${name}”.${guess ? ` Did you mean “${guess}”?` : ''} Add it with /knowledge source.`,
      )
      return []
    }
    const paragraphs = (numbers.match(/\d+/g) ?? []).map(Number)
    if (paragraphs.includes(0)) problems.push('Paragraphs are counted from 1.')
    const [first, ...others] = paragraphs
    return { source, ...(first === undefined ? {} : { paragraph: others.length > 0 ? paragraphs : first }) }
  })
  if (citations.length === 0 && problems.length === 0) problems.push('A fact needs a source: say where it stands.')
  return citations
}

function sourceOf(name: string, { sources }: Snapshot): string | undefined {
  return sources.has(name) ? name : sources.values().find(({ title }) => nameKey(title) === nameKey(name))?.id
}

/** The entity that has this id, name or alias. */
export function entityOf(name: string, { entities }: Snapshot, problems: string[]): string | undefined {
  if (entities.has(name)) return name
  const wanted = nameKey(name)
  const found = entities
    .values()
    .find((entity) => [entity.name, ...entity.aliases].some((one) => nameKey(one) === wanted))
  if (found) return found.id
  const guess = createDidYouMean([...entities.values()].map((entity) => entity.name))(name)
  problems.push(
    `There is no entity “${name}”.${guess ? ` Did you mean “${guess}”?` : ''} Add it with /knowledge entity.`,
  )
  return undefined
}

/** The entities that a text names, by a name or an alias that is a name: one with a capital letter. */
export function entitiesNamedIn(text: string, { entities }: Snapshot): string[] {
  const words = ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  const isNamed = (name: string) =>
    /\p{Lu}/u.test(name) && words.includes(` ${name.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `)
  return [...entities.values()].filter(({ name, aliases }) => [name, ...aliases].some(isNamed)).map(({ id }) => id)
}

/** What stands on each line, without bullets. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((one) => line(one.replace(/^\s*(?:[-•*]|\d{1,2}[.)])\s+/, '')))
    .filter(Boolean)
}

/** The lines of a field as a form shows them. */
export function shownLines(text: string): string {
  return text.split(/\r?\n/).map(line).join('\n').trim()
}

/** What is invisible or controls something is taken out; what remains is one line. */
export function line(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u2800]/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
