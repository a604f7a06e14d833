import { describe, expect, test } from 'vitest'
import { type Form, fieldsOfFact } from '../../src/editing/form.ts'
import { dateFrom, entitiesNamedIn } from '../../src/editing/form-words.ts'
import { readForm } from '../../src/editing/read-form.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import { folderWith } from '../knowledge/good-folder.ts'

const loaded = parseKnowledge(folderWith(), { reservedNames: [] })
if (!loaded.ok) throw new Error('the good folder has faults')
const { snapshot } = loaded
const reading = { snapshot, today: '2025-09-20', used: new Set(['fares-fall']) }
const QUESTIONS = 'How?\nWhy?\nWhen?'

/** The values of a new fact with these fields. */
function valuesOf(fields: Form['fields']) {
  const all = {
    topic: 'ferries',
    kind: 'rule',
    citations: 'report',
    statement: 'Fares rise.',
    questions: QUESTIONS,
    ...fields,
  }
  const operation = readForm({ kind: 'add', fields: all, base: {}, by: 'jo' }, reading)
  if (operation.kind !== 'add-fact') throw new Error(operation.kind)
  return { ...operation.values, id: operation.id, questions: operation.questions }
}

test.each([
  ['2025-11-10', '2025-11-10'],
  ['2025-11', '2025-11'],
  ['2025', '2025'],
  ['10 November 2025', '2025-11-10'],
  ['10th nov. 2025', '2025-11-10'],
  ['November 10, 2025', '2025-11-10'],
  ['Sept 2025', '2025-09'],
  ['31 February 2025', undefined],
  ['10.11.2025', undefined],
  ['soon', undefined],
])('the date %s is %s', (text, date) => {
  expect(dateFrom(text)).toBe(date)
})

test.each([
  ['', undefined],
  ['from 1 May 2025', { from: '2025-05-01' }],
  ['since May 2025', { from: '2025-05' }],
  ['until 2025-11-10', { until: '2025-11-10' }],
  ['1 May 2025 to 10 November 2025', { from: '2025-05-01', until: '2025-11-10' }],
  ['from 2025-05-01 until 2025-11-10', { from: '2025-05-01', until: '2025-11-10' }],
  ['2025-05-01 – 2025-11-10', { from: '2025-05-01', until: '2025-11-10' }],
  ['on 19 September 2025', { from: '2025-09-19', until: '2025-09-19' }],
  ['2024', { from: '2024', until: '2024' }],
])('the period “%s”', (period, expected) => {
  expect(valuesOf({ period }).period).toEqual(expected)
})

test.each([
  ['report', [{ source: 'report' }]],
  ['report: 16, 17', [{ source: 'report', paragraph: [16, 17] }]],
  ['report, paragraph 3\nnotice', [{ source: 'report', paragraph: 3 }, { source: 'notice' }]],
  ['A report on ferries: 2', [{ source: 'report', paragraph: 2 }]],
])('the citations “%s”', (citations, expected) => {
  expect(valuesOf({ citations }).citations).toEqual(expected)
})

test.each([
  ['fare: 30 euro', { name: 'fare', value: 30, unit: 'euro', bound: 'exactly' }],
  ['fare of the port: at most 30 %', { name: 'fare', of: 'harbour-office', value: 30, unit: '%', bound: 'at-most' }],
  ['tide of Jane Doe: About -1.5 m', { name: 'tide', of: 'jane-doe', value: -1.5, unit: 'm', bound: 'about' }],
])('the figure “%s”', (measure, expected) => {
  expect(valuesOf({ measure }).measure).toEqual(expected)
})

describe('a form', () => {
  test('shows a fact’s fields as they are read', () => {
    for (const fact of snapshot.facts.values()) {
      const base = fieldsOfFact(fact, snapshot)
      const operation = readForm({ kind: 'edit', id: fact.id, fields: base, base: {}, by: 'jo' }, reading)
      if (operation.kind !== 'edit-fact') throw new Error(operation.kind)
      const { values } = operation
      expect(values.statement).toBe(fact.statement)
      expect(values.measure).toEqual(fact.measure)
      expect(values.quote).toEqual(fact.quote)
      expect(values.speaker).toEqual(fact.speaker)
      expect(values.entities ?? []).toEqual(fact.entities)
    }
  })

  test('reads quotes with their speakers, entities by any of their names, and lists with bullets', () => {
    const quote = '“Fares must fall.” — Jane Doe'
    const values = valuesOf({
      quote,
      entities: 'the port, jane-doe',
      speaker: 'HO',
      questions: '- How?\n2. Why?\n• When?',
    })
    expect(values).toMatchObject({
      quote: { text: 'Fares must fall.', speaker: 'jane-doe' },
      entities: ['harbour-office', 'jane-doe'],
      speaker: 'harbour-office',
      questions: ['How?', 'Why?', 'When?'],
      verified: '2025-09-20',
    })
  })

  test('makes an id of what is said, which nobody takes for one that is or was in use', () => {
    expect(valuesOf({ statement: 'The fares of the night ferries do rise in May.' }).id).toBe(
      'fares-night-ferries-do-rise-may',
    )
    expect(valuesOf({ statement: 'Fares fall.' }).id).toBe('fares-fall-no-2')
    expect(valuesOf({ statement: 'Fare-cap!' }).id).toBe('fare-cap-no-2')
    expect(valuesOf({ statement: '漢字' }).id).toBe('fact')
  })

  test('that is not changed changes nothing, and one field changes that field alone', () => {
    const fact = snapshot.facts.get('wish')
    if (!fact) throw new Error('no wish')
    const base = fieldsOfFact(fact, snapshot)
    const edit = (fields: Form['fields']) =>
      readForm({ kind: 'edit', id: 'wish', fields: { ...base, ...fields }, base, by: 'jo' }, reading)
    expect(edit({})).toEqual({ kind: 'edit-fact', id: 'wish', values: {} })
    expect(edit({ period: 'until 2026' })).toEqual({
      kind: 'edit-fact',
      id: 'wish',
      values: { period: { until: '2026' } },
    })
    expect(edit({ quote: '' })).toEqual({ kind: 'edit-fact', id: 'wish', values: { quote: undefined } })
  })

  test('tells all that is wrong with it at once', () => {
    const wrong = () => valuesOf({ period: 'x', citations: 'none', entities: 'nobody', questions: 'one' })
    for (const problem of ['date “x”', 'no source “none”', 'no entity “nobody”', 'at least 3'])
      expect(wrong).toThrow(problem)
  })
})

test('entities are found in a sentence by names with a capital, as whole words', () => {
  expect(entitiesNamedIn('Jane Doe of the Harbour Office met HO.', snapshot)).toEqual(['harbour-office', 'jane-doe'])
  expect(entitiesNamedIn('The port and HOPE.', snapshot)).toEqual([])
})
