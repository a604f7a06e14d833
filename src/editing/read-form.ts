import { UserError } from '../errors.ts'
import { type Day, isDay, isPartialDate, monthNumber, type PartialDate } from '../knowledge/days.ts'
import type { FactData } from '../knowledge/shapes.ts'
import { createDidYouMean, nameKey, questionKey, skeleton } from '../knowledge/similar.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { FieldName, Form } from './form.ts'
import { type FactValues, type Operation, verifiedOn } from './operation.ts'

/** What a form has to be read with. */
export interface Reading {
  readonly snapshot: Snapshot
  readonly today: Day
  /** Ids that were in use once; they never come back for something else. */
  readonly used: ReadonlySet<string>
}

const FEWEST_QUESTIONS = 3
const KINDS = ['rule', 'event', 'plan', 'position', 'estimate', 'unknown'] as const

/** What a form asks for. All that cannot be read in it is told at once, by a UserError. */
export function readForm(form: Form, reading: Reading): Operation {
  const problems: string[] = []
  const operation = operationOf(form, reading, problems)
  if (problems.length > 0) throw new UserError(problems.join('\n'))
  return operation
}

function operationOf(form: Form, reading: Reading, problems: string[]): Operation {
  const { snapshot, today } = reading
  const id = form.id ?? ''
  switch (form.kind) {
    case 'add':
    case 'supersede': {
      const values = factValues(form, Object.keys(form.fields) as FieldName[], reading, problems)
      const questions = questionsOf(form, problems)
      if (questions.length < FEWEST_QUESTIONS) {
        problems.push(
          `Write at least ${FEWEST_QUESTIONS} different questions, one a line: there ${questions.length === 1 ? 'is' : 'are'} ${questions.length}.`,
        )
      }
      return {
        kind: 'add-fact',
        id: newId(String(values.statement ?? ''), reading),
        topic: form.fields.topic ?? '',
        values: { ...values, verified: today, ...(form.kind === 'supersede' ? { supersedes: [id] } : {}) },
        questions,
      }
    }
    case 'edit': {
      const values = factValues(form, changedFields(form), reading, problems)
      const asked = changedFields(form).includes('questions') ? { questions: questionsOf(form, problems) } : {}
      return { kind: 'edit-fact', id, values, ...asked }
    }
    case 'retire':
      return { kind: 'retire-fact', id }
    case 'verify': {
      const reviewBy = dayIn(form.fields.reviewBy, 'Look at it again by', problems)
      if (reviewBy !== undefined && reviewBy <= today) problems.push('“Look at it again by” has to be a day to come.')
      return { kind: 'edit-fact', id, values: verifiedOn(today, reviewBy, snapshot.facts.get(id)?.reviewBy) }
    }
    case 'ask-as':
      return { kind: 'ask-as', id, questions: questionsOf(form, problems) }
    case 'source':
      return { kind: 'set-source', id: id || newSourceId(form, reading), values: sourceValues(form, problems) }
    case 'entity': {
      const { name = '', aliases = '' } = form.fields
      return {
        kind: 'set-entity',
        id: id || freeId(slug(name), [...snapshot.entities.keys()]),
        values: { name: line(name), aliases: linesOf(aliases) },
      }
    }
    case 'glossary':
      return { kind: 'set-glossary', term: id, synonyms: linesOf(form.fields.synonyms ?? '') }
    case 'topic': {
      const { title = '', description = '' } = form.fields
      return { kind: 'set-topic', name: id, values: { title: line(title), description: line(description) } }
    }
    case 'undo':
      return { kind: 'undo', revision: form.revision ?? 0, changes: form.changes ?? [] }
  }
}

function changedFields({ fields, base }: Form): FieldName[] {
  return (Object.keys(fields) as FieldName[]).filter(
    (name) => (fields[name] ?? '').trim() !== (base[name] ?? '').trim(),
  )
}

function factValues(form: Form, names: readonly FieldName[], reading: Reading, problems: string[]): FactValues {
  const { fields } = form
  const { snapshot } = reading
  const isNew = form.kind !== 'edit'
  const values: Record<string, unknown> = {}
  // What an edit empties is taken away; of something new, what is empty is not there.
  const put = (key: string, value: unknown) => {
    if (value !== undefined || !isNew) values[key] = value
  }
  for (const name of names) {
    const text = line(fields[name] ?? '')
    if (name === 'statement') values.statement = text
    if (name === 'kind') put('kind', kindOf(text, problems))
    if (name === 'period') put('period', periodOf(text, problems))
    if (name === 'quote') put('quote', quoteOf(text, snapshot, problems))
    if (name === 'citations') put('citations', citationsOf(fields.citations ?? '', snapshot, problems))
    if (name === 'speaker') put('speaker', text === '' ? undefined : entityOf(text, snapshot, problems))
    if (name === 'entities') {
      const names = text.split(',').map(line).filter(Boolean)
      put('entities', [...new Set(names.flatMap((one) => entityOf(one, snapshot, problems) ?? []))])
    }
    if (name === 'known') put('known', dateIn(fields.known, 'Known since', problems))
    if (name === 'reviewBy') {
      const day = dayIn(fields.reviewBy, 'Look at it again by', problems)
      if (day !== undefined) values.reviewBy = day
    }
  }
  if (isNew && values.statement === '') problems.push('The fact itself is missing.')
  const speaker = names.includes('speaker') ? values.speaker : form.base.speaker
  if (values.kind === 'position' && !speaker) {
    problems.push(
      'A position needs the one who holds it: fill in “Whose claim, wish or figure it is” under “More details”.',
    )
  }
  return values as FactValues
}

function kindOf(text: string, problems: string[]): FactData['kind'] | undefined {
  const kind = KINDS.find((one) => one === text.toLowerCase())
  if (!kind) problems.push(`The kind should be one of ${KINDS.join(', ')}.`)
  return kind
}

/** `from … until …`, `… to …`, `until …`, `on …`; a date by itself is the day, month or year it is about. */
function periodOf(text: string, problems: string[]): FactData['period'] | undefined {
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

function dateIn(text: string | undefined, what: string, problems: string[]): PartialDate | undefined {
  if (line(text ?? '') === '') return undefined
  const date = dateFrom(text ?? '')
  if (date === undefined) problems.push(`I could not read “${what}”. Write it like 2025-11-10.`)
  return date
}

function dayIn(text: string | undefined, what: string, problems: string[]): Day | undefined {
  const date = dateIn(text, what, problems)
  if (date === undefined || isDay(date)) return date
  problems.push(`“${what}” has to be a whole day, like 2025-11-10.`)
  return undefined
}

function quoteOf(text: string, snapshot: Snapshot, problems: string[]): FactData['quote'] | undefined {
  if (text === '') return undefined
  const [, words = text, name] = /^(.+?)\s+[—–-]{1,2}\s+([^—–]+)$/.exec(text) ?? []
  const speaker = name && entityOf(name, snapshot, problems)
  return { text: words.replace(/^[“"„](.*)[”"“]$/, '$1'), ...(speaker ? { speaker } : {}) }
}

function citationsOf(text: string, snapshot: Snapshot, problems: string[]): FactData['citations'] | undefined {
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

function entityOf(name: string, { entities }: Snapshot, problems: string[]): string | undefined {
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

function questionsOf({ fields }: Form, problems: string[]): string[] {
  const byKey = new Map(linesOf(fields.questions ?? '').map((question) => [questionKey(question), question]))
  const tooLong = [...byKey.values()].find((question) => question.length > 200)
  if (tooLong) problems.push(`A question has more than 200 characters: “${tooLong.slice(0, 60)}…”`)
  return [...byKey.values()]
}

function sourceValues({ fields }: Form, problems: string[]) {
  const { title = '', publisher = '', url = '' } = fields
  const date = dateIn(fields.date, 'Date of publication', problems)
  if (date === undefined && problems.length === 0) problems.push('The date of publication is missing.')
  return {
    title: line(title),
    publisher: line(publisher) || undefined,
    ...(date === undefined ? {} : { date }),
    url: line(url) || undefined,
  }
}

const FILLERS = new Set(
  'a an the of in on at to for from by and or is are was were be has have had that this it its as with will would'.split(
    ' ',
  ),
)

function newId(statement: string, { snapshot, used }: Reading): string {
  return freeId(slug(statement), [...snapshot.facts.keys(), ...used])
}

function newSourceId({ fields }: Form, { snapshot }: Reading): string {
  const date = dateFrom(fields.date ?? '') ?? ''
  return freeId([slug(fields.title ?? ''), date].filter(Boolean).join('-'), [...snapshot.sources.keys()])
}

/** The first words that say something, as an id. */
function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  const telling = (words ?? []).filter((word) => !FILLERS.has(word))
  return (telling.length > 0 ? telling : ['fact']).slice(0, 6).join('-').slice(0, 50).replace(/-+$/, '')
}

/** An id that nobody takes for another one. */
function freeId(wanted: string, taken: readonly string[]): string {
  const skeletons = new Set(taken.map(skeleton))
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? wanted : `${wanted}-no-${number}`
    if (!skeletons.has(skeleton(id))) return id
  }
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((one) => line(one.replace(/^\s*(?:[-•*]|\d{1,2}[.)])\s+/, '')))
    .filter(Boolean)
}

/** What is invisible or controls something is taken out; what remains is one line. */
function line(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
