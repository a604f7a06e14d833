import { describe, expect, test } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'
import { measuresOf } from '../../src/overviews/figures.ts'
import { composeFact, composeSource, composeSourceList, composeSources, composeTopic } from '../../src/render/cards.ts'
import { composeOutcome } from '../../src/render/compose.ts'
import { renderFirstFitting } from '../../src/render/message.ts'
import { composeNotice } from '../../src/render/notices.ts'
import { chartSheet } from '../../src/render/overviews/chart.ts'
import { entitiesSheet, factsSheet } from '../../src/render/overviews/comparison.ts'
import { positionsSheet } from '../../src/render/overviews/positions.ts'
import { timelineSheet } from '../../src/render/overviews/timeline.ts'
import { upcomingSheet } from '../../src/render/overviews/upcoming.ts'
import { composeDeleted, composeDeletion, composeKept, type Kept } from '../../src/render/privacy.ts'
import type { View } from '../../src/render/view.ts'
import { type CommandLike, commandSetFlaws } from '../../src/sandbox/rules-commands.ts'
import { en } from '../../src/words/en.ts'
import { LANGUAGES, type Words, wordsFor } from '../../src/words/languages.ts'
import { expectFit, textsOf } from '../render/fit.ts'
import { abstentionFor, answerWith, sampleFact, sampleSnapshot, standing, suggestionsOf } from '../render/sample.ts'

interface Described {
  readonly name: string
  readonly options?: readonly (Described & { choices?: { name: string; value: unknown }[] })[]
}

describe.each(Object.keys(LANGUAGES))('%s', (locale) => {
  const words = wordsFor(locale)
  const commands = listCommands(sampleSnapshot([sampleFact()]))
    .filter(({ forModerators }) => !forModerators)
    .map(({ definition }) => definition as unknown as Described)

  test('has a name and a description for every command, option and choice, and for nothing else', () => {
    const told = Object.entries(words.commands).map(([name, { options = {} }]) => [name, shapeOfWords(options)])
    const wanted = commands.map(({ name, options = [] }) => [name === 'cycling' ? '*' : name, shapeOf(options)])
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(wanted))
  })

  test('makes commands that Discord takes', () => {
    expect(commandSetFlaws(commands as unknown as CommandLike[])).toEqual([])
    const named = JSON.stringify(commands)
    expect(named).toContain(`"${locale}":"${words.commands.ask?.name}"`)
    expect(named).toContain(`"${locale}":"${words.commands['*']?.options?.['as-of']?.name}"`)
  })

  test('says what the languages do and what they do not', () => {
    expect(words.askInEnglish).not.toBe('')
  })

  test('fits into Discord’s limits', () => {
    const snapshot = sampleSnapshot()
    for (const view of viewsOf(snapshot, words)) expectFit(renderFirstFitting([view]))
    for (const label of Object.values(words.buttons)) expect(label.length).toBeLessThanOrEqual(80)
    expect(words.wrong.title.length).toBeLessThanOrEqual(45)
    expect(words.wrong.label.length).toBeLessThanOrEqual(45)
    expect(words.wrong.placeholder.length).toBeLessThanOrEqual(100)
  })

  test('writes days, months and years in its own way', () => {
    const dates = ['2025-12-16', '2025-12', '2025'].map(words.date)
    expect(dates[2]).toBe('2025')
    expect(dates[0]).toContain('16')
    expect(dates[1]).not.toBe(en.date('2025-12'))
    expect(words.days({ from: '2025-04-01', until: '2025-04-30' })).toBe(words.date('2025-04'))
  })
})

test('whoever has another language is spoken to in English', () => {
  for (const locale of ['en-US', 'fr', 'toString', null, undefined]) expect(wordsFor(locale)).toBe(en)
})

test('nothing that an asker sees is said in words of no language', () => {
  const snapshot = foreign()
  for (const view of viewsOf(snapshot, bracketed(en), '1'.repeat(18))) {
    const text = textsOf(renderFirstFitting([view]).components).join('\n')
    const labels = view.controls.map((control) => (control.kind === 'button' ? control.label : control.placeholder))
    expect(withoutBrackets([text, ...labels].join('\n'))).not.toMatch(/[a-z]/i)
  }
})

function shapeOf(options: NonNullable<Described['options']>): object {
  return Object.fromEntries(
    options.map(({ name, choices = [] }) => [name, choices.map(({ value }) => String(value)).sort()]),
  )
}

function shapeOfWords(options: NonNullable<(typeof en.commands)[string]['options']>): object {
  return Object.fromEntries(
    Object.entries(options).map(([name, { choices = {} }]) => [name, Object.keys(choices).sort()]),
  )
}

/** One and many of all that can be kept of a person, and nothing. */
const KEPT: readonly Kept[] = [0, 1, 12].map((count) => {
  const some = <Thing>(thing: Thing) => Array.from({ length: count }, () => thing)
  const asked = { question: 'ж'.repeat(400), at: new Date('2025-09-20T10:00:00Z') }
  const complaint = { note: 'ж'.repeat(400), at: asked.at, user: '1' }
  const numbers = { count, newest: some(1) }
  return {
    gaps: { count, newest: some(asked) },
    waits: { count, newest: some(asked) },
    complaints: { count, newest: some(complaint) },
    topics: some('Ж'),
    notices: {
      count,
      newest: (['follow', 'gap', 'complaint', 'decision'] as const).map((kind) => ({ kind, about: 'ж' })),
    },
    remembered: some('ж'),
    ...{ drafts: numbers, proposals: numbers, decisions: numbers, revisions: numbers },
  }
})

/** Everything that is composed for askers. */
function* viewsOf(snapshot: Snapshot, words: Words, sharedBy?: string): Generator<View> {
  for (const kept of KEPT) {
    const views = [...composeKept(kept, 90, words)]
    // Those before are only tried.
    yield* views.slice(-1)
    yield composeDeletion(kept, words)
    for (const count of [0, 1, 12]) {
      const counts = {
        gaps: count,
        waits: count,
        complaints: count,
        topics: count,
        notices: count,
        drafts: count,
        remembered: count,
      }
      yield composeDeleted(counts, kept, words)
    }
  }
  const facts = [...snapshot.facts.values()]
  const [first = sampleFact(), second = first] = facts
  const presentation = { words, gap: 1, isShareable: true, about: 'ж', ...(sharedBy ? { sharedBy } : {}) }
  for (const day of ['2025-09-01', '2025-09-20', '2025-12-31', '2027-01-01']) {
    const setting = { snapshot, asOf: day, words, page: 1 }
    const outcomes = [
      ...facts.map((fact) => answerWith(snapshot, [fact], day)),
      answerWith(snapshot, facts.slice(0, 3), day, facts.slice(3, 5)),
      { ...answerWith(snapshot, [first], day), unanswered: ['ж'], time: { text: 'ж', from: day } },
      suggestionsOf(snapshot, facts.slice(0, 2), day),
      ...(['nothing-near', 'not-yet', 'no-question'] as const).map((reason) => ({
        ...abstentionFor(reason, day, day),
        question: 'ж',
      })),
    ]
    for (const outcome of outcomes) yield* composeOutcome(outcome, snapshot, presentation)
    for (const one of standing(snapshot, facts, day)) yield* composeFact(one, day, snapshot, presentation)
    for (const topic of snapshot.topics.values()) yield composeTopic(topic, day, words)
    for (const source of snapshot.sources.values()) yield composeSource(source, day, snapshot, words)
    yield* composeSources(facts.slice(0, 3), snapshot, words)
    yield* composeSourceList(snapshot, words)
    const [one, other] = [...snapshot.entities.values()]
    const sheets = [
      timelineSheet({}, setting),
      positionsSheet({}, setting),
      upcomingSheet(400, setting),
      factsSheet(first, second, setting),
      ...measuresOf(snapshot).map((measure) => chartSheet(measure, setting)),
      ...(one && other ? [entitiesSheet(one, other, setting)] : []),
    ]
    for (const { views } of sheets) yield* views
    const items = [
      { what: 'added', fact: first.id, name: 'ж' },
      { what: 'withdrawn', fact: 'gone', name: 'ж' },
    ] as const
    yield* composeNotice({ kind: 'news', items }, first.topic, snapshot, day, words)
  }
}

/** Knowledge without a Latin letter in it: what is left in Latin letters was said by the program. */
function foreign(): Snapshot {
  const of = {
    topic: 'ж',
    statement: 'Ж ж.',
    askedAs: ['Ж?'],
    entities: ['1'],
    citations: [{ source: '1', paragraphs: [1] }],
  }
  const facts = [
    sampleFact({ ...of, id: '1', measure: { name: 'ж', of: '1', value: 5, unit: 'ж', bound: 'at-most' } }),
    sampleFact({ ...of, id: '2', kind: 'event', period: { from: '2025-04' }, known: '2025-04-30', askedAs: ['Жж?'] }),
    sampleFact({ ...of, id: '3', kind: 'plan', period: { from: '2026', until: '2026' } }),
    sampleFact({
      ...of,
      id: '4',
      kind: 'position',
      period: {},
      speaker: '1',
      contrasts: ['5'],
      quote: { text: 'ж', speaker: '1' },
    }),
    sampleFact({ ...of, id: '5', kind: 'estimate', period: { until: '2025-12' }, speaker: '2', contrasts: ['4'] }),
    sampleFact({ ...of, id: '6', kind: 'unknown', period: {} }),
    sampleFact({ ...of, id: '7', period: {}, supersededBy: ['8'], known: '2025-09-19' }),
    sampleFact({ ...of, id: '8', period: { from: '2025-10-01' }, supersedes: ['7'] }),
    sampleFact({ ...of, id: '9', kind: 'plan', period: {} }),
    sampleFact({ ...of, id: '10', kind: 'event', period: {} }),
  ]
  const source = { id: '1', title: 'Ж', publisher: 'Ж', date: '2025-09-19' }
  return {
    ...sampleSnapshot(facts, [source]),
    topics: new Map([['ж', { name: 'ж', title: 'Ж', description: 'Ж', facts }]]),
    entities: new Map(['1', '2'].map((id) => [id, { id, name: `Ж${id}`, aliases: [] }])),
  }
}

/** The same words, each between brackets. */
function bracketed<Part>(words: Part): Part {
  if (typeof words === 'string') return (words === '' ? '' : `⟦${words}⟧`) as Part
  if (typeof words === 'function') return ((...args: unknown[]) => bracketed(words(...args))) as Part
  if (Array.isArray(words)) return words.map(bracketed) as Part
  if (typeof words !== 'object' || words === null) return words
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, bracketed(value)])) as Part
}

function withoutBrackets(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, '')
  return rest === text ? rest : withoutBrackets(rest)
}
