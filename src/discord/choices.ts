import Fuse from 'fuse.js'
import { type Day, dateInWords, lastDay } from '../knowledge/days.ts'
import type { Fact, Snapshot, Source } from '../knowledge/snapshot.ts'
import { cutAtWord, visible } from '../render/escape.ts'

/** One line of autocompletion: what is shown, and what the command is given. */
export interface Choice {
  readonly name: string
  readonly value: string
}

/** Discord shows no more. */
const MOST = 25
const LONGEST = 100

interface Entry {
  readonly name: string
  /** Other words to find it by. */
  readonly also: string
  readonly value: string
}

interface Index {
  readonly entries: readonly Entry[]
  readonly fuse: Fuse<Entry>
}

interface Indexes {
  readonly facts: Index
  readonly byTopic: ReadonlyMap<string, Index>
  readonly sources: Index
  readonly days: Index
}

// An index is built once for each snapshot, at the first keystroke, and goes when its snapshot goes.
const built = new WeakMap<Snapshot, Indexes>()

/** Facts by the question that names them, of one topic or of all; the value is the fact's id. */
export function factChoices(typed: string, snapshot: Snapshot, topic?: string): Choice[] {
  const { facts, byTopic } = indexesOf(snapshot)
  return find(typed, (topic === undefined ? undefined : byTopic.get(topic)) ?? facts)
}

/** Sources by title and publisher; the value is the source's id. */
export function sourceChoices(typed: string, snapshot: Snapshot): Choice[] {
  return find(typed, indexesOf(snapshot).sources)
}

/** Today and the days on which something ends or became known; the value is the day. */
export function dayChoices(typed: string, today: Day, snapshot: Snapshot): Choice[] {
  const now = { name: `Today, ${dateInWords(today)}`, value: today }
  const days = find(typed, indexesOf(snapshot).days).filter(({ value }) => value !== today)
  const wanted = typed.trim().toLowerCase()
  return wanted === '' || now.name.toLowerCase().includes(wanted) || today.includes(wanted)
    ? [now, ...days].slice(0, MOST)
    : days
}

function find(typed: string, { entries, fuse }: Index): Choice[] {
  // Discord does not check what is typed, so it may be as long as it likes.
  const words = visible(typed.slice(0, LONGEST))
  const found = words === '' ? entries.slice(0, MOST) : fuse.search(words, { limit: MOST }).map(({ item }) => item)
  return found.map(({ name, value }) => ({ name, value }))
}

function indexesOf(snapshot: Snapshot): Indexes {
  const known = built.get(snapshot)
  if (known) return known
  const indexes = {
    facts: indexOf([...snapshot.facts.values()].map(factEntry)),
    byTopic: new Map([...snapshot.topics].map(([name, { facts }]) => [name, indexOf(facts.map(factEntry))])),
    sources: indexOf([...snapshot.sources.values()].map(sourceEntry)),
    days: indexOf(dayEntries(snapshot)),
  }
  built.set(snapshot, indexes)
  return indexes
}

function indexOf(entries: readonly Entry[]): Index {
  const keys = [
    { name: 'name', weight: 2 },
    { name: 'also', weight: 1 },
  ]
  return { entries, fuse: new Fuse(entries, { keys, threshold: 0.4, ignoreLocation: true, ignoreDiacritics: true }) }
}

function factEntry({ id, statement, askedAs }: Fact): Entry {
  return { name: nameOf(askedAs[0] ?? statement), also: `${statement} ${id}`, value: id }
}

function sourceEntry({ id, title, publisher, date }: Source): Entry {
  return { name: nameOf([title, publisher].filter(Boolean).join(', ')), also: `${id} ${date}`, value: id }
}

function dayEntries({ facts }: Snapshot): Entry[] {
  const reasons = new Map<Day, string>()
  for (const { kind, period, known, statement, askedAs } of facts.values()) {
    if (kind === 'rule' && period.until) reasons.set(lastDay(period.until), `stated end: ${askedAs[0] ?? statement}`)
    else if (!reasons.has(known)) reasons.set(known, 'facts became known')
  }
  return [...reasons]
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .map(([day, reason]) => ({ name: nameOf(`${dateInWords(day)} – ${reason}`), also: day, value: day }))
}

function nameOf(text: string): string {
  return cutAtWord(visible(text), LONGEST) || '…'
}
