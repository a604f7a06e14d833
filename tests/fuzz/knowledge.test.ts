import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { listCommands } from '../../commands/index.ts'
import { outcomeOfFact } from '../../src/answering/chosen.ts'
import { createEngine } from '../../src/answering/engine.ts'
import {
  dayChoices,
  entityChoices,
  factChoices,
  measureChoices,
  sourceChoices,
  termChoices,
  topicChoices,
} from '../../src/discord/choices.ts'
import { modalFor } from '../../src/discord/keeping/modal.ts'
import { type FormKind, fieldsOfFact, fieldsOn } from '../../src/editing/form.ts'
import { faultText } from '../../src/knowledge/fault.ts'
import { type Loaded, parseKnowledge } from '../../src/knowledge/parse.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'
import { standingOf } from '../../src/knowledge/status.ts'
import { measuresOf } from '../../src/overviews/figures.ts'
import { composeFact, composeSource, composeSourceList, composeSources, composeTopic } from '../../src/render/cards.ts'
import type { Message } from '../../src/render/components.ts'
import { visible } from '../../src/render/escape.ts'
import { composeFaults } from '../../src/render/keeping.ts'
import { renderFirstFitting, renderOutcome } from '../../src/render/message.ts'
import { composeNotice } from '../../src/render/notices.ts'
import { chartSheet } from '../../src/render/overviews/chart.ts'
import { entitiesSheet, factsSheet } from '../../src/render/overviews/comparison.ts'
import { positionsSheet } from '../../src/render/overviews/positions.ts'
import { timelineSheet } from '../../src/render/overviews/timeline.ts'
import { upcomingSheet } from '../../src/render/overviews/upcoming.ts'
import { renderText } from '../../src/render/text.ts'
import { commandSetFlaws } from '../../src/sandbox/rules-commands.ts'
import { choicesFlaws, modalFlaws } from '../../src/sandbox/rules-interactions.ts'
import { type Words, wordsFor } from '../../src/words/languages.ts'
import { expectFit, textsOf } from '../render/fit.ts'
import { TEXTS } from './corpus.ts'
import { flawsIn, readOf } from './oracle.ts'

const DAY = '2025-09-20'
const ADDRESS = 'https://example.org/a'

/** Where text stands in the files. */
const PLACES = [
  ...['statement', 'quote', 'question', 'measure name', 'unit', 'title of a source', 'publisher', 'address'],
  ...['entity', 'alias', 'title of a topic', 'description', 'term', 'synonym'],
] as const
type Place = (typeof PLACES)[number]

/** A folder of files with a text in some places; elsewhere stands what has no fault. */
function filesWith(text: string, places: readonly Place[]): { path: string; content: string }[] {
  const at = (place: Place, otherwise: string) => (places.includes(place) ? text : otherwise)
  const fact = (id: string, more: object) => ({
    ...{ id, statement: `${at('statement', 'Boats are slow.')}`, kind: 'rule', entities: ['port'] },
    ...{ citations: [{ source: 'report', paragraph: 3 }], verified: '2025-09-19', ...more },
  })
  const url = places.includes('address') ? `https://example.org/${text}` : ADDRESS
  const topic = {
    topic: 'boats',
    title: at('title of a topic', 'Boats'),
    description: at('description', 'What is known of boats'),
    facts: [
      fact('first', {
        period: { from: '2025-01-01', until: '2025-10-01' },
        quote: { text: at('quote', 'Slow'), speaker: 'port' },
      }),
      fact('second', { supersedes: ['third'], contrasts: ['fourth'] }),
      fact('third', {}),
      fact('fourth', { kind: 'position', speaker: 'port' }),
      fact('fifth', {
        kind: 'estimate',
        speaker: 'port',
        measure: { name: at('measure name', 'fare'), of: 'port', value: 30, unit: at('unit', 'euro') },
      }),
    ],
  }
  const data = {
    'topics/boats.yaml': topic,
    'questions/boats.yaml': { first: [at('question', 'Are boats slow?')] },
    'sources.yaml': [
      {
        id: 'report',
        title: at('title of a source', 'Report'),
        publisher: at('publisher', 'News'),
        date: '2025-09-19',
        url,
      },
    ],
    'entities.yaml': [
      { id: 'port', name: at('entity', 'Port'), aliases: [at('alias', 'the harbour')] },
      { id: 'town', name: 'Town' },
    ],
    'glossary.yaml': [{ term: at('term', 'fare'), synonyms: [at('synonym', 'price')] }],
  }
  return Object.entries(data).map(([path, content]) => ({ path, content: stringify(content) }))
}

const load = (text: string, places: readonly Place[]): Loaded =>
  parseKnowledge(filesWith(text, places), { reservedNames: [] })

/** Every message that is made of a snapshot for askers and followers. */
function* messagesOf(snapshot: Snapshot, words: Words): Generator<Message> {
  const ids = new Map([['boats', '1100000000000000099']])
  const setting = { snapshot, asOf: DAY, words, page: 1 }
  const [first, second] = [...snapshot.facts.values()]
  const [one, other] = [...snapshot.entities.values()]
  if (!first || !second || !one || !other) throw new Error('the sample has no facts')
  for (const fact of snapshot.facts.values()) {
    const standing = standingOf(snapshot, fact, DAY)
    yield renderOutcome(outcomeOfFact(fact, DAY, snapshot), snapshot, ids, { words, isShareable: true })
    yield renderFirstFitting(composeFact({ fact, standing }, DAY, snapshot, { words }), ids)
  }
  yield renderFirstFitting(composeSources([...snapshot.facts.values()], snapshot, words))
  for (const source of snapshot.sources.values())
    yield renderFirstFitting([composeSource(source, DAY, snapshot, words)])
  yield renderFirstFitting(composeSourceList(snapshot, words))
  for (const topic of snapshot.topics.values()) yield renderFirstFitting([composeTopic(topic, DAY, words)])
  const items = [...snapshot.facts.keys(), 'gone'].map((id) => ({
    fact: id,
    what: 'added' as const,
    name: first.statement,
  }))
  yield renderFirstFitting(composeNotice({ kind: 'news', items }, 'boats', snapshot, DAY, words))
  const sheets = [
    timelineSheet({ topic: 'boats' }, setting),
    positionsSheet({ who: one.id }, setting),
    upcomingSheet(400, setting),
    factsSheet(first, second, setting),
    entitiesSheet(one, other, setting),
    ...measuresOf(snapshot).map((measure) => chartSheet(measure, setting)),
  ]
  for (const { views, picture } of sheets) {
    yield renderFirstFitting(views)
    if (picture) expect(flawsIn({ description: visible(picture.description) }, OWN)).toEqual([])
  }
}

const OWN = { links: { has: (url: string) => url.startsWith('https://example.org/') } as ReadonlySet<string> }

function expectShownWell(snapshot: Snapshot, text: string, words: Words): void {
  const commands = listCommands(snapshot).map(({ definition }) => definition)
  expect(commandSetFlaws(commands as never)).toEqual([])
  expect(flawsIn(commands, OWN)).toEqual([])
  const kinds: FormKind[] = ['add', 'edit', 'supersede', 'source', 'entity', 'topic', 'glossary']
  for (const fact of snapshot.facts.values()) {
    const fields = fieldsOfFact(fact, snapshot)
    for (const kind of kinds) {
      for (const page of [0, 1, 2]) {
        const form = { kind, id: fact.id, fields: { ...fields, title: text, name: text }, base: fields, by: 'x' }
        if (fieldsOn(form, page).length === 0) continue
        const modal = modalFor(1, form, page, snapshot)
        expect(modalFlaws(modal.components as never)).toEqual([])
        expect(flawsIn(modal, OWN)).toEqual([])
      }
    }
  }
  const choices = [factChoices, sourceChoices, topicChoices, entityChoices, termChoices, measureChoices].flatMap(
    (list) => [...list('', snapshot), ...list(text, snapshot)],
  )
  choices.push(...dayChoices('', DAY, snapshot, words))
  expect(choicesFlaws(choices, 3)).toEqual([])
  expect(
    flawsIn(
      choices.map(({ name }) => ({ name })),
      OWN,
    ),
  ).toEqual([])
  for (const message of messagesOf(snapshot, words)) {
    expectFit(message)
    expect(flawsIn(message, OWN)).toEqual([])
  }
}

/** Each text in one of the languages. */
const LOCALES = ['en-US', 'de', 'es-ES']

describe.each(TEXTS.map(([name, text], index) => [name, text, wordsFor(LOCALES[index % 3])] as const))(
  '%s in the files',
  (_name, raw, words) => {
    const text = raw.slice(0, 400)

    test('is shown as it reads, or refused in words that steer nothing', () => {
      const whole = load(text, PLACES)
      const single = whole.ok ? [] : PLACES.map((place) => [place, load(text, [place])] as const)
      for (const [place, loaded] of single) {
        if (loaded.ok) continue
        const told = loaded.faults.map(faultText).join('\n')
        expect(told.replaceAll('\n', ''), place).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        const message = renderFirstFitting(composeFaults(loaded.faults))
        expectFit(message)
        expect(flawsIn(message, OWN), place).toEqual([])
      }
      const accepted = whole.ok ? PLACES : single.filter(([, { ok }]) => ok).map(([place]) => place)
      const loaded = whole.ok ? whole : load(text, accepted)
      if (!loaded.ok) throw new Error(loaded.faults.map(faultText).join('\n'))
      expectShownWell(loaded.snapshot, text, words)
      const first = loaded.snapshot.facts.get('first')
      if (!first || !accepted.includes('statement')) return
      const answer = renderOutcome(outcomeOfFact(first, DAY, loaded.snapshot), loaded.snapshot)
      const read = readOf(textsOf(answer.components).join('\n'))
      expect(read).toContain(visible(first.statement))
      expect(renderText(outcomeOfFact(first, DAY, loaded.snapshot), loaded.snapshot)).toContain(
        visible(first.statement),
      )
      expect(createEngine(loaded.snapshot).ask(text, DAY).kind).toMatch(/answer|suggestions|abstention/)
    })
  },
)
