import type { StandingFact } from '../answering/outcome.ts'
import type { Day } from '../knowledge/days.ts'
import type { Fact, Snapshot, Source, Topic } from '../knowledge/snapshot.ts'
import { en } from '../words/en.ts'
import type { Words } from '../words/languages.ts'
import { measureInWords } from '../words/measures.ts'
import { entriesFor, moreInWords, numberCitations } from './citations.ts'
import { type Presentation, shareButton } from './compose.ts'
import { encodeCustomId } from './custom-id.ts'
import { cutAtWord } from './escape.ts'
import { factMenus, factParts, namesOf, quoteParts } from './facts.ts'
import { toneOf } from './status-words.ts'
import type { Part, View } from './view.ts'

/** Everything that is recorded of one fact, from the fullest composition to the smallest. */
export function* composeFact(
  standing: StandingFact,
  asOf: Day,
  snapshot: Snapshot,
  { words = en, isShareable = false }: Presentation = {},
): Generator<View> {
  for (const citations of [12, 6, 1]) {
    yield {
      tone: toneOf([standing]),
      parts: [
        ...factParts([standing], asOf, snapshot, citations, words),
        { kind: 'break' },
        ...detailsOf(standing.fact, snapshot, words),
      ],
      controls: [
        { kind: 'button', customId: encodeCustomId('wrong', asOf, [standing.fact]), label: words.buttons.wrong },
        ...shareButton(isShareable, asOf, [standing.fact], words),
      ],
    }
  }
}

/** The sources of an answer in full, with the very words where they are quoted. */
export function* composeSources(facts: readonly Fact[], snapshot: Snapshot, words: Words = en): Generator<View> {
  const names = namesOf(facts)
  const { entries, numbers } = numberCitations(facts, snapshot, words)
  for (const most of [20, 10, 5, 1]) {
    yield {
      tone: 'neutral',
      parts: [
        ...facts.flatMap((fact, index): Part[] => [
          {
            kind: 'statement',
            text: cutAtWord(names[index] ?? fact.id, 100),
            citations: (numbers[index] ?? []).filter((number) => number <= most),
          },
          ...(most >= 10 ? quoteParts(fact, snapshot) : []),
          ...(most >= 5 ? [{ kind: 'note', text: checkedInWords(fact, words) } as const] : []),
        ]),
        { kind: 'break' },
        { kind: 'citations', entries: entries.slice(0, most), more: moreInWords(entries.length - most, words) },
      ],
      controls: [],
    }
  }
}

/** A topic and its facts to choose from; they are named by questions, so that the overview claims nothing. */
export function composeTopic({ title, description, facts }: Topic, asOf: Day, words: Words = en): View {
  const count = words.topic.facts(facts.length, asOf)
  const more = facts.length > 100 ? ` ${words.topic.more}` : ''
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: cutAtWord(title, 200) },
      ...(description ? [{ kind: 'note', text: cutAtWord(description, 300) } as const] : []),
      { kind: 'note', text: count + more },
    ],
    controls: factMenus('show', facts, asOf, words.topic.choose),
  }
}

/** All sources, each with the number of facts that cite it. */
export function* composeSourceList(snapshot: Snapshot, words: Words = en): Generator<View> {
  const sources = [...snapshot.sources.values()]
  for (const most of [25, 12, 4]) {
    const entries = entriesFor(sources.slice(0, most), words).map((entry, index) => {
      const cited = citing(sources[index], snapshot).length
      return { ...entry, details: `${entry.details} – ${words.sources.citedBy(cited)}` }
    })
    yield {
      tone: 'neutral',
      parts: [
        { kind: 'line', text: words.sources.all },
        { kind: 'citations', entries, more: moreInWords(sources.length - most, words) },
      ],
      controls: [],
    }
  }
}

/** One source and the facts that cite it. */
export function composeSource(source: Source, asOf: Day, snapshot: Snapshot, words: Words = en): View {
  const facts = citing(source, snapshot)
  return {
    tone: 'neutral',
    parts: [
      { kind: 'citations', entries: entriesFor([source], words), more: '' },
      { kind: 'note', text: words.sources.cite(facts.length) },
    ],
    controls: factMenus('further', facts, asOf, words.sources.open),
  }
}

function citing(source: Source | undefined, { facts }: Snapshot): Fact[] {
  return [...facts.values()].filter(({ citations }) => citations.some((one) => one.source === source?.id))
}

function detailsOf(fact: Fact, snapshot: Snapshot, words: Words): Part[] {
  const { card, kinds } = words
  const { from, until } = fact.period
  const entities = fact.entities.map((id) => snapshot.entities.get(id)?.name ?? id).slice(0, 12)
  const items = [
    card.kind(kinds[fact.kind]),
    card.topic(snapshot.topics.get(fact.topic)?.title ?? fact.topic),
    ...(from === undefined && until === undefined ? [] : [card.period(fact.period)]),
    ...(fact.measure ? [card.figure(measureInWords(fact.measure, words))] : []),
    ...(entities.length > 0 ? [card.entities(entities.join(', '))] : []),
    checkedInWords(fact, words),
    card.id(fact.id),
  ]
  return [
    { kind: 'list', title: card.title, items: items.map((item) => cutAtWord(item, 200)) },
    ...linked(card.replaces, fact.supersedes, snapshot),
    ...linked(card.replacedBy, fact.supersededBy, snapshot),
    ...linked(card.saidOtherwise, fact.contrasts, snapshot),
  ]
}

function linked(title: string, ids: readonly string[], snapshot: Snapshot): Part[] {
  const facts = ids.flatMap((id) => snapshot.facts.get(id) ?? []).slice(0, 3)
  return facts.length === 0 ? [] : [{ kind: 'list', title, items: namesOf(facts).map((name) => cutAtWord(name, 100)) }]
}

function checkedInWords({ known, stated, verified, reviewBy }: Fact, { card }: Words): string {
  return card.checked(stated ?? known, verified, reviewBy)
}
