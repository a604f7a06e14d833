import { UserError } from '../errors.ts'
import type { Day } from '../knowledge/days.ts'
import { questionKey } from '../knowledge/similar.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { FieldName, Form } from './form.ts'
import {
  citationsOf,
  dateFrom,
  dateIn,
  dayIn,
  entityOf,
  kindOf,
  line,
  linesOf,
  measureOf,
  periodOf,
  quoteOf,
  shownLines,
} from './form-words.ts'
import { freeId, slug } from './ids.ts'
import { type FactValues, type Operation, verifiedOn } from './operation.ts'

/** What a form has to be read with. */
export interface Reading {
  readonly snapshot: Snapshot
  readonly today: Day
  /** Ids that were in use once; they never come back for something else. */
  readonly used: ReadonlySet<string>
}

const FEWEST_QUESTIONS = 3

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
    (name) => shownLines(fields[name] ?? '') !== shownLines(base[name] ?? ''),
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
    if (name === 'measure') put('measure', measureOf(text, snapshot, problems))
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

function newId(statement: string, { snapshot, used }: Reading): string {
  return freeId(slug(statement), [...snapshot.facts.keys(), ...used])
}

function newSourceId({ fields }: Form, { snapshot }: Reading): string {
  const date = dateFrom(fields.date ?? '') ?? ''
  return freeId([slug(fields.title ?? ''), date].filter(Boolean).join('-'), [...snapshot.sources.keys()])
}
