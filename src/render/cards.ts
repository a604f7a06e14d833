import type { StandingFact } from '../answering/outcome.ts'
import { type Day, dateInWords } from '../knowledge/days.ts'
import type { Fact, Measure, Snapshot, Source, Topic } from '../knowledge/snapshot.ts'
import { entriesFor, numberCitations } from './citations.ts'
import { encodeCustomId } from './custom-id.ts'
import { cutAtWord } from './escape.ts'
import { factMenus, factParts, namesOf, quoteParts } from './facts.ts'
import { periodInWords, toneOf } from './status-words.ts'
import type { Part, View } from './view.ts'

/** Everything that is recorded of one fact, from the fullest composition to the smallest. */
export function* composeFact(standing: StandingFact, asOf: Day, snapshot: Snapshot): Generator<View> {
  for (const citations of [12, 6, 1]) {
    yield {
      tone: toneOf([standing]),
      parts: [
        ...factParts([standing], asOf, snapshot, citations),
        { kind: 'break' },
        ...detailsOf(standing.fact, snapshot),
      ],
      controls: [
        { kind: 'button', customId: encodeCustomId('wrong', asOf, [standing.fact]), label: 'Wrong or out of date?' },
      ],
    }
  }
}

/** The sources of an answer in full, with the very words where they are quoted. */
export function* composeSources(facts: readonly Fact[], snapshot: Snapshot): Generator<View> {
  const names = namesOf(facts)
  const { entries, numbers } = numberCitations(facts, snapshot)
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
          ...(most >= 5 ? [{ kind: 'note', text: checkedInWords(fact) } as const] : []),
        ]),
        { kind: 'break' },
        { kind: 'citations', entries: entries.slice(0, most), more: Math.max(0, entries.length - most) },
      ],
      controls: [],
    }
  }
}

/** A topic and its facts to choose from; they are named by questions, so that the overview claims nothing. */
export function composeTopic({ title, description, facts }: Topic, asOf: Day): View {
  const count = `${facts.length} ${facts.length === 1 ? 'fact' : 'facts'}, as of ${dateInWords(asOf)}.`
  const more =
    facts.length > 100 ? ' The first hundred are below; type a few words in the option “fact” for any other.' : ''
  return {
    tone: 'neutral',
    parts: [
      { kind: 'line', text: cutAtWord(title, 200) },
      ...(description ? [{ kind: 'note', text: cutAtWord(description, 300) } as const] : []),
      { kind: 'note', text: count + more },
    ],
    controls: factMenus('show', facts, asOf, 'Choose a question'),
  }
}

/** All sources, each with the number of facts that cite it. */
export function* composeSourceList(snapshot: Snapshot): Generator<View> {
  const sources = [...snapshot.sources.values()]
  for (const most of [25, 12, 4]) {
    const entries = entriesFor(sources.slice(0, most)).map((entry, index) => {
      const cited = citing(sources[index], snapshot).length
      return { ...entry, details: `${entry.details} – cited by ${cited} ${cited === 1 ? 'fact' : 'facts'}` }
    })
    yield {
      tone: 'neutral',
      parts: [
        { kind: 'line', text: 'Every fact cites one of these sources.' },
        { kind: 'citations', entries, more: Math.max(0, sources.length - most) },
      ],
      controls: [],
    }
  }
}

/** One source and the facts that cite it. */
export function composeSource(source: Source, asOf: Day, snapshot: Snapshot): View {
  const facts = citing(source, snapshot)
  return {
    tone: 'neutral',
    parts: [
      { kind: 'citations', entries: entriesFor([source]), more: 0 },
      { kind: 'note', text: `${facts.length} ${facts.length === 1 ? 'fact cites' : 'facts cite'} it.` },
    ],
    controls: factMenus('further', facts, asOf, 'Open a fact that cites it'),
  }
}

function citing(source: Source | undefined, { facts }: Snapshot): Fact[] {
  return [...facts.values()].filter(({ citations }) => citations.some((one) => one.source === source?.id))
}

function detailsOf(fact: Fact, snapshot: Snapshot): Part[] {
  const entities = fact.entities.map((id) => snapshot.entities.get(id)?.name ?? id).slice(0, 12)
  const items = [
    `Kind: ${fact.kind}`,
    `Topic: ${snapshot.topics.get(fact.topic)?.title ?? fact.topic}`,
    periodInWords(fact.period) && `Period: ${periodInWords(fact.period)}`,
    fact.measure && `Figure: ${measureInWords(fact.measure)}`,
    entities.length > 0 && `About: ${entities.join(', ')}`,
    checkedInWords(fact),
    `Id: ${fact.id}`,
  ]
  return [
    {
      kind: 'list',
      title: 'On record',
      items: items
        .filter((item) => typeof item === 'string' && item !== '')
        .map((item) => cutAtWord(String(item), 200)),
    },
    ...linked('Replaces', fact.supersedes, snapshot),
    ...linked('Replaced by', fact.supersededBy, snapshot),
  ]
}

function linked(title: string, ids: readonly string[], snapshot: Snapshot): Part[] {
  const facts = ids.flatMap((id) => snapshot.facts.get(id) ?? []).slice(0, 3)
  return facts.length === 0 ? [] : [{ kind: 'list', title, items: namesOf(facts).map((name) => cutAtWord(name, 100)) }]
}

function checkedInWords({ known, stated, verified, reviewBy }: Fact): string {
  return `Known by ${dateInWords(stated ?? known)}, verified ${dateInWords(verified)}, review due ${dateInWords(reviewBy)}`
}

function measureInWords({ bound, value, unit }: Measure): string {
  const about = { exactly: '', 'at-most': 'at most ', about: 'about ' }[bound]
  return `${about}${value}${unit === '%' ? '' : ' '}${unit}`
}
