import { UserError } from '../errors.ts'
import type { Day } from '../knowledge/days.ts'
import { partOf } from '../knowledge/parse.ts'
import type { FactData } from '../knowledge/shapes.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import {
  applyChanges,
  changesBetween,
  dataOf,
  FACT_KEYS,
  findItem,
  type Item,
  type ItemChange,
  type ItemPart,
  schemaLine,
  type Texts,
} from './items.ts'
import { setKeys, setList } from './splice.ts'
import { afterColon, blockList, inline } from './yaml-words.ts'

/** What keys get; undefined takes a key away, and what is not named stays. */
export type Values<Data> = { readonly [Key in keyof Data]?: Data[Key] | undefined }

export type FactValues = Values<Omit<FactData, 'id'>>

/** What a moderator wants to be changed, in terms of what is known and not of files. */
export type Operation =
  | {
      readonly kind: 'add-fact'
      readonly id: string
      readonly topic: string
      readonly values: FactValues
      readonly questions: readonly string[]
    }
  | {
      readonly kind: 'edit-fact'
      readonly id: string
      readonly values: FactValues
      /** All of its questions; left as they are if missing. */
      readonly questions?: readonly string[]
    }
  | { readonly kind: 'retire-fact'; readonly id: string }
  | { readonly kind: 'ask-as'; readonly id: string; readonly questions: readonly string[] }
  | {
      readonly kind: 'set-source'
      readonly id: string
      readonly values: Values<{ title: string; publisher: string; date: string; url: string }>
    }
  | { readonly kind: 'set-entity'; readonly id: string; readonly values: Values<{ name: string; aliases: string[] }> }
  | { readonly kind: 'set-glossary'; readonly term: string; readonly synonyms: readonly string[] }
  | {
      readonly kind: 'set-topic'
      readonly name: string
      readonly values: Values<{ title: string; description: string }>
    }
  | { readonly kind: 'undo'; readonly revision: number; readonly changes: readonly ItemChange[] }

/** The changes in the files that an operation amounts to. What cannot be done is told by a UserError. */
export function planChanges(operation: Operation, texts: Texts, snapshot: Snapshot): ItemChange[] {
  switch (operation.kind) {
    case 'add-fact':
      return addFact(operation, texts, snapshot)
    case 'edit-fact':
      return editFact(operation, texts, snapshot)
    case 'retire-fact':
      return retireFact(operation.id, texts, snapshot)
    case 'ask-as':
      return askAs(operation, texts, snapshot)
    case 'set-source':
      return setListed(texts, 'source', 'sources.yaml', operation.id, operation.values, SOURCE_KEYS)
    case 'set-entity':
      return setListed(texts, 'entity', 'entities.yaml', operation.id, operation.values, [
        'id',
        'name',
        'body',
        'aliases',
      ])
    case 'set-glossary':
      return setGlossary(operation.term, operation.synonyms, texts)
    case 'set-topic':
      return setTopic(operation.name, operation.values, texts)
    case 'undo':
      return undo(operation.changes)
  }
}

/**
 * What a folder is after an operation. Text that found its way out of its place would change something else than was
 * meant, so that is looked at here, whatever the text.
 */
export function afterChanges(texts: Texts, changes: readonly ItemChange[]): Map<string, string> {
  const astray = changes.find(({ file }) => partOf(file) === undefined)
  if (astray) throw new UserError(`“${astray.key}” cannot be the name of a file of the knowledge.`)
  const after = applyChanges(texts, changes)
  const name = ({ part, key, file }: ItemChange) => `${part} ${key} ${file}`
  const meant = new Set(changes.map(name))
  const other = changesBetween(texts, after).find((change) => !meant.has(name(change)))
  if (other) throw new UserError(`This would also change ${other.part} ${other.key}: make the change in an editor.`)
  return after
}

const SOURCE_KEYS = ['id', 'title', 'publisher', 'date', 'url']

function addFact(
  { id, topic, values, questions }: Extract<Operation, { kind: 'add-fact' }>,
  texts: Texts,
  snapshot: Snapshot,
): ItemChange[] {
  if (snapshot.facts.has(id)) throw new UserError(`The id “${id}” is taken. Choose another one.`)
  if (!snapshot.topics.has(topic)) throw new UserError(`There is no topic “${topic}”. Add it with /knowledge topic.`)
  const file = fileOfTopic(topic, texts)
  const data: Record<string, unknown> = { id, ...values }
  const margin = marginOf(texts.get(file) ?? '')
  const lines = FACT_KEYS.filter((key) => data[key] !== undefined && !isEmptyList(data[key])).map(
    (key) => `${key}:${afterColon(data[key], margin.length + 4)}`,
  )
  const block = `${margin}- ${lines.join(`\n${margin}  `)}\n`
  return [{ part: 'fact', file, key: id, after: block }, ...addQuestions(id, questions, topic, texts)]
}

function editFact(
  { id, values, questions }: Extract<Operation, { kind: 'edit-fact' }>,
  texts: Texts,
  snapshot: Snapshot,
): ItemChange[] {
  const item = factItem(id, texts)
  const changed = changedValues(dataOf(item) as Record<string, unknown>, values)
  const after = setKeys(item.text, [0], changed, FACT_KEYS)
  const asked = questions && setQuestions(id, questions, texts, snapshot)
  return [...(after === item.text ? [] : [changeOf(item, after)]), ...(asked ?? [])]
}

/** Goes together with its questions, and no other fact names it any more. */
function retireFact(id: string, texts: Texts, snapshot: Snapshot): ItemChange[] {
  const item = factItem(id, texts)
  const { supersededBy = [], contrasts = [] } = snapshot.facts.get(id) ?? {}
  const referring = [...new Set([...supersededBy, ...contrasts])].flatMap((other) => {
    const naming = factItem(other, texts)
    const data = dataOf(naming) as Record<string, unknown>
    const left = (key: string) => [data[key] ?? []].flat().filter((one) => one !== id)
    const changed = changedValues(data, { supersedes: left('supersedes'), contrasts: left('contrasts') })
    // A contrast may be said of the other fact only.
    return Object.keys(changed).length === 0 ? [] : [changeOf(naming, setKeys(naming.text, [0], changed, FACT_KEYS))]
  })
  const asked = questionItems(id, texts).map((questions) => changeOf(questions, undefined))
  return [changeOf(item, undefined), ...asked, ...referring]
}

function askAs(
  { id, questions }: Extract<Operation, { kind: 'ask-as' }>,
  texts: Texts,
  snapshot: Snapshot,
): ItemChange[] {
  const asked = snapshot.facts.get(id)?.askedAs ?? []
  return setQuestions(id, [...asked, ...questions.filter((one) => !asked.includes(one))], texts, snapshot)
}

function setQuestions(id: string, wanted: readonly string[], texts: Texts, snapshot: Snapshot): ItemChange[] {
  const items = questionItems(id, texts)
  const [first, ...others] = items
  const topic = snapshot.facts.get(id)?.topic ?? ''
  if (!first) return addQuestions(id, wanted, topic, texts)
  // What stands in other files stays there, as long as it is wanted.
  const elsewhere = others.map((item) => ({
    item,
    left: (dataOf(item) as string[]).filter((one) => wanted.includes(one)),
  }))
  const taken = new Set(elsewhere.flatMap(({ left }) => left))
  const own = wanted.filter((one) => !taken.has(one))
  const set = (item: Item, list: readonly string[]) => (list.length === 0 ? undefined : setList(item.text, [id], list))
  return [
    ...elsewhere.map(({ item, left }) => changeOf(item, set(item, left))),
    changeOf(first, set(first, own)),
  ].filter(({ before, after }) => before !== after)
}

function addQuestions(id: string, questions: readonly string[], topic: string, texts: Texts): ItemChange[] {
  if (questions.length === 0) return []
  const file = `questions/${fileOfTopic(topic, texts).replace('topics/', '')}`
  return [{ part: 'questions', file, key: id, after: `${id}:\n${blockList(questions, 2)}` }]
}

/** A source or entity: its keys set, or the whole of it added. */
function setListed(
  texts: Texts,
  part: ItemPart,
  file: string,
  id: string,
  values: Readonly<Record<string, unknown>>,
  order: readonly string[],
): ItemChange[] {
  const item = findItem(texts, part, id)
  if (item) {
    const changed = changedValues(dataOf(item) as Record<string, unknown>, values)
    const after = setKeys(item.text, [0], changed, order)
    return after === item.text ? [] : [changeOf(item, after)]
  }
  const data = Object.fromEntries(order.map((key) => [key, key === 'id' ? id : values[key]]))
  const given = Object.entries(data).filter(([, value]) => value !== undefined && !isEmptyList(value))
  const lines = given.map(([key, value]) => `${key}:${afterColon(value, 4)}`)
  const block = part === 'entity' ? `- ${inline(Object.fromEntries(given))}\n` : `- ${lines.join('\n  ')}\n`
  return [{ part, file, key: id, after: block }]
}

function setGlossary(term: string, synonyms: readonly string[], texts: Texts): ItemChange[] {
  const item = findItem(texts, 'glossary', term)
  if (item && synonyms.length === 0) return [changeOf(item, undefined)]
  if (item) {
    const changed = changedValues(dataOf(item) as Record<string, unknown>, { synonyms: [...synonyms] })
    const after = setKeys(item.text, [0], changed, ['term', 'synonyms'])
    return after === item.text ? [] : [changeOf(item, after)]
  }
  return [{ part: 'glossary', file: 'glossary.yaml', key: term, after: `- ${inline({ term, synonyms })}\n` }]
}

function setTopic(name: string, values: Readonly<Record<string, unknown>>, texts: Texts): ItemChange[] {
  const item = findItem(texts, 'topic', name)
  if (item) {
    const after = setKeys(item.text, [], changedValues(dataOf(item) as Record<string, unknown>, values), TOPIC_KEYS)
    return after === item.text ? [] : [changeOf(item, after)]
  }
  const file = `topics/${name}.yaml`
  const lines = TOPIC_KEYS.map((key) => `${key}:${afterColon(key === 'topic' ? name : (values[key] ?? ''), 2)}\n`)
  return [{ part: 'topic', file, key: name, after: schemaLine(file) + lines.join('') }]
}

const TOPIC_KEYS = ['topic', 'title', 'description']

/** The other way round: what was added goes, what was changed or removed is as it was. */
function undo(changes: readonly ItemChange[]): ItemChange[] {
  return changes.map(({ before, after, ...item }) => ({
    ...item,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  }))
}

/** What is given and is not so already. */
function changedValues(now: Readonly<Record<string, unknown>>, values: Readonly<Record<string, unknown>>) {
  const plain = (value: unknown) => JSON.stringify(isEmptyList(value) ? undefined : value)
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key, value]) => plain(tidy(now[key])) !== plain(value))
      .map(([key, value]) => [key, isEmptyList(value) ? undefined : value]),
  )
}

/** Texts may be folded in the file, and years are numbers there. */
function tidy(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim()
  if (Array.isArray(value)) return value.map(tidy)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tidy(inner)]))
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function changeOf({ part, file, key, place, text }: Item, after: string | undefined): ItemChange {
  return { part, file, key, place, before: text, ...(after === undefined ? {} : { after }) }
}

function factItem(id: string, texts: Texts): Item {
  const item = findItem(texts, 'fact', id)
  if (!item) throw new UserError(`There is no fact “${id}” that can be changed here.`)
  return item
}

function questionItems(id: string, texts: Texts): Item[] {
  return [...texts.keys()].flatMap((file) => {
    const item = file.startsWith('questions/') && findItem(new Map([[file, texts.get(file) ?? '']]), 'questions', id)
    return item || []
  })
}

function fileOfTopic(topic: string, texts: Texts): string {
  return findItem(texts, 'topic', topic)?.file ?? `topics/${topic}.yaml`
}

/** How far the facts of a file are set in. */
function marginOf(text: string): string {
  return /^facts:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)- /m.exec(text)?.[1] ?? '  '
}

/** The day on which somebody looked at a fact again; a review that was due by then is no more. */
export function verifiedOn(today: Day, reviewBy: Day | undefined, stated: Day | undefined): FactValues {
  if (reviewBy !== undefined) return { verified: today, reviewBy }
  return stated !== undefined && stated <= today ? { verified: today, reviewBy: undefined } : { verified: today }
}
