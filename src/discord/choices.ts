import { type Day, lastDay } from '../knowledge/days.ts'
import type { Entity, Fact, Snapshot, Source, Topic } from '../knowledge/snapshot.ts'
import { type MeasureName, measuresOf, titleOf } from '../overviews/figures.ts'
import { speakersOf } from '../overviews/positions.ts'
import { digest } from '../render/custom-id.ts'
import { cutAtWord, visible } from '../render/escape.ts'
import type { Words } from '../words/languages.ts'
import { createWordSearch, type Findable, type WordSearch } from './word-search.ts'

/** One line of autocompletion: what is shown, and what the command is given. */
export interface Choice {
  readonly name: string
  readonly value: string
}

/** Discord shows no more. */
const MOST = 25
const LONGEST = 100

/** More of a fact's questions say little new, and a large knowledge has hundreds of thousands of them. */
const MOST_QUESTIONS = 8
/** What is known is wanted more often than that something is not. */
const WORTH_OF_UNKNOWN = 0.55

interface Entry extends Findable {
  readonly choice: Choice
  readonly topic?: string
}

interface Index {
  readonly entries: readonly Entry[]
  readonly words: WordSearch
}

interface Indexes {
  readonly facts: Index
  readonly sources: Index
  /** By the words that tell what each day is. */
  readonly days: Map<Words, Index>
  readonly topics: Index
  readonly entities: Index
  readonly whose: Index
}

// An index is built once for each snapshot, at the first keystroke, and goes when its snapshot goes.
const built = new WeakMap<Snapshot, Indexes>()

/** Facts by the question that names them, of one topic or of all; the value is the fact's id. */
export function factChoices(typed: string, snapshot: Snapshot, topic?: string): Choice[] {
  return find(typed, indexesOf(snapshot).facts, topic)
}

/** Sources by title and publisher; the value is the source's id. */
export function sourceChoices(typed: string, snapshot: Snapshot): Choice[] {
  return find(typed, indexesOf(snapshot).sources)
}

/** Topics by title and name; the value is the name. */
export function topicNameChoices(typed: string, snapshot: Snapshot): Choice[] {
  return find(typed, indexesOf(snapshot).topics)
}

/** The same, and what is typed as the name of a new one. */
export function topicChoices(typed: string, snapshot: Snapshot): Choice[] {
  return withTyped(typed, topicNameChoices(typed, snapshot))
}

/** Entities by all their names; the value is the id. */
export function entityChoices(typed: string, snapshot: Snapshot): Choice[] {
  return find(typed, indexesOf(snapshot).entities)
}

/** What is measured; the value stands for its name and unit. */
export function measureChoices(typed: string, snapshot: Snapshot): Choice[] {
  const wanted = asTyped(typed).toLowerCase()
  return measuresOf(snapshot)
    .map((one) => ({ name: nameOf(`${titleOf(one)} (${one.unit})`), value: measureId(one) }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, MOST)
}

/** Names a measure where there is little room. */
export function measureId({ name, unit }: Pick<MeasureName, 'name' | 'unit'>): string {
  return digest(`${name} in ${unit}`)
}

/** Topics, and whoever says anything; the value is a topic's name or an entity's id. */
export function whoseChoices(typed: string, snapshot: Snapshot): Choice[] {
  return find(typed, indexesOf(snapshot).whose)
}

/** Entities and facts to compare: only what is like the one that is chosen already. */
export function comparedChoices(typed: string, other: string | null, snapshot: Snapshot): Choice[] {
  const entities = entityChoices(typed, snapshot).map(({ name, value }) => ({ name, value: `entity:${value}` }))
  const facts = factChoices(typed, snapshot).map(({ name, value }) => ({ name, value: `fact:${value}` }))
  if (other?.startsWith('fact:')) return facts
  if (other?.startsWith('entity:')) return entities
  return [...entities.slice(0, 12), ...facts].slice(0, MOST)
}

/** The topic of exactly this name or title. */
export function topicNamed(typed: string, { topics }: Snapshot): Topic | undefined {
  return topics.get(typed) ?? topics.values().find(({ title }) => title.toLowerCase() === typed.toLowerCase())
}

/** The entity of exactly this id, name or alias. */
export function named(typed: string, { entities }: Snapshot): Entity | undefined {
  const wanted = asTyped(typed).toLowerCase()
  return (
    entities.get(typed) ??
    entities.values().find(({ name, aliases }) => [name, ...aliases].some((one) => one.toLowerCase() === wanted))
  )
}

/** Terms of the glossary. */
export function termChoices(typed: string, { glossary }: Snapshot): Choice[] {
  const wanted = asTyped(typed).toLowerCase()
  const found = glossary.filter(({ term }) => term.toLowerCase().includes(wanted)).slice(0, MOST)
  return withTyped(
    typed,
    found.map(({ term }) => ({ name: nameOf(term), value: term })),
  )
}

/** What is typed may also be something new. */
function withTyped(typed: string, found: readonly Choice[]): Choice[] {
  const own = asTyped(typed)
  if (own === '' || found.some(({ value }) => value === own)) return [...found]
  return [...found.slice(0, MOST - 1), { name: own, value: own }]
}

/** Today and the days on which something ends or became known; the value is the day. */
export function dayChoices(typed: string, today: Day, snapshot: Snapshot, words: Words): Choice[] {
  const now = { name: nameOf(words.todayChoice(today)), value: today }
  const days = find(typed, daysIn(words, snapshot)).filter(({ value }) => value !== today)
  const wanted = asTyped(typed).toLowerCase()
  return wanted === '' || now.name.toLowerCase().includes(wanted) || today.includes(wanted)
    ? [now, ...days].slice(0, MOST)
    : days
}

function find(typed: string, { entries, words }: Index, topic?: string): Choice[] {
  const wanted = asTyped(typed)
  const isAmong = (entry?: Entry) => topic === undefined || entry?.topic === topic
  const found =
    wanted === ''
      ? entries.filter(isAmong).slice(0, MOST)
      : words.search(wanted, MOST, (at) => isAmong(entries[at])).flatMap((at) => entries[at] ?? [])
  return found.map(({ choice }) => choice)
}

function indexesOf(snapshot: Snapshot): Indexes {
  const known = built.get(snapshot)
  if (known) return known
  const facts = [...snapshot.facts.values()]
  const indexes = {
    facts: indexOf([...facts.filter(isKnown), ...facts.filter((fact) => !isKnown(fact))].map(factEntry)),
    sources: indexOf([...snapshot.sources.values()].map(sourceEntry)),
    days: new Map(),
    topics: indexOf([...snapshot.topics.values()].map(topicEntry)),
    entities: indexOf([...snapshot.entities.values()].map(entityEntry)),
    whose: indexOf([...[...snapshot.topics.values()].map(topicEntry), ...speakersOf(snapshot).map(entityEntry)]),
  }
  built.set(snapshot, indexes)
  return indexes
}

function daysIn(words: Words, snapshot: Snapshot): Index {
  const { days } = indexesOf(snapshot)
  const known = days.get(words) ?? indexOf(dayEntries(snapshot, words))
  days.set(words, known)
  return known
}

function indexOf(entries: readonly Entry[]): Index {
  return { entries, words: createWordSearch(entries) }
}

function isKnown({ kind }: Fact): boolean {
  return kind !== 'unknown'
}

function factEntry(fact: Fact): Entry {
  const { id, topic, statement, askedAs } = fact
  const [name = statement, ...others] = askedAs.slice(0, MOST_QUESTIONS)
  return {
    choice: { name: nameOf(name), value: id },
    texts: [name, [...others, statement, id].join(' ')],
    worth: isKnown(fact) ? 1 : WORTH_OF_UNKNOWN,
    topic,
  }
}

function sourceEntry({ id, title, publisher, date }: Source): Entry {
  const name = nameOf([title, publisher].filter(Boolean).join(', '))
  return { choice: { name, value: id }, texts: [name, `${id} ${date}`] }
}

function topicEntry({ name, title, description }: Topic): Entry {
  return { choice: { name: nameOf(title), value: name }, texts: [`${name} ${title}`, description] }
}

function entityEntry({ id, name, aliases }: Entity): Entry {
  return { choice: { name: nameOf(name), value: id }, texts: [name, [id, ...aliases].join(' ')] }
}

function dayEntries({ facts }: Snapshot, words: Words): Entry[] {
  const reasons = new Map<Day, string>()
  for (const { kind, period, known, statement, askedAs } of facts.values()) {
    if (kind === 'rule' && period.until) reasons.set(lastDay(period.until), words.statedEnd(askedAs[0] ?? statement))
    else if (!reasons.has(known)) reasons.set(known, words.becameKnown)
  }
  return [...reasons]
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .map(([day, reason]) => {
      const name = nameOf(`${words.date(day)} – ${reason}`)
      return { choice: { name, value: day }, texts: [name, day] }
    })
}

/** Discord does not check what is typed, so it may be as long as it likes. */
function asTyped(text: string): string {
  return visible(text.slice(0, LONGEST))
}

/** A text as the name of a choice. */
export function nameOf(text: string): string {
  return cutAtWord(visible(text), LONGEST) || '…'
}
