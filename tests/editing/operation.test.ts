import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, Conflict, changesBetween, type Texts } from '../../src/editing/items.ts'
import { afterChanges, type Operation, planChanges } from '../../src/editing/operation.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'
import { GOOD } from '../knowledge/good-folder.ts'

const good = new Map(Object.entries(GOOD))

function loaded(texts: Texts): Snapshot {
  const found = parseKnowledge(
    [...texts].map(([path, content]) => ({ path, content })),
    { reservedNames: [] },
  )
  if (!found.ok) throw new Error(JSON.stringify(found.faults, null, 2))
  return found.snapshot
}

function done(operation: Operation, texts: Texts = good): Map<string, string> {
  return afterChanges(texts, planChanges(operation, texts, loaded(texts)))
}

const FARE: Extract<Operation, { kind: 'add-fact' }> = {
  kind: 'add-fact',
  id: 'night-fare',
  topic: 'ferries',
  values: {
    statement: 'A crossing at night costs 40 euros: twice the fare, says the “notice”.',
    kind: 'rule',
    entities: ['harbour-office'],
    period: { from: '2025-05' },
    citations: [{ source: 'report', paragraph: [2, 3] }],
    verified: '2025-09-20',
  },
  questions: ['What does a crossing cost at night?', 'night boat price', '40 euros: why, # though?'],
}

describe('a change touches nothing else', () => {
  test('a fact is added behind the others, with its questions', () => {
    const after = done(FARE)
    expect(after.get('topics/ferries.yaml')).toBe(
      `${GOOD['topics/ferries.yaml']}
  - id: night-fare
    statement: "A crossing at night costs 40 euros: twice the fare, says the “notice”."
    kind: rule
    entities: [harbour-office]
    period: { from: 2025-05 }
    citations: [{ source: report, paragraph: [2, 3] }]
    verified: 2025-09-20
`,
    )
    expect(after.get('questions/ferries.yaml')).toBe(`${GOOD['questions/ferries.yaml']}
night-fare:
  - What does a crossing cost at night?
  - night boat price
  - "40 euros: why, # though?"
`)
    expect(loaded(after).facts.get('night-fare')?.askedAs).toEqual(FARE.questions)
  })

  test('an edited key keeps its neighbours, comments and folding', () => {
    const file = `topic: ferries # the topic
title: Ferries
description: Costs
facts:
  # first
  - id: fare
    statement: >-
      A crossing
      costs 30 euros.
    kind: rule   # three blanks
    period: {from: 2025-05,   until: 2025-11}   # till then
    citations:
      - source: report # the report
    verified: 2025-09-19
  # last
`
    const texts = new Map([...good, ['topics/ferries.yaml', file], ['questions/ferries.yaml', 'fare:\n  - Fare?\n']])
    const after = done(
      {
        kind: 'edit-fact',
        id: 'fare',
        values: { period: { until: '2025-12' }, verified: '2025-10-01', speaker: 'jane-doe', kind: 'position' },
      },
      texts,
    )
    expect(after.get('topics/ferries.yaml')).toBe(
      file
        .replace('kind: rule   #', 'kind: position   #')
        .replace('{from: 2025-05,   until: 2025-11}', '{ until: 2025-12 }')
        .replace('2025-09-19', '2025-10-01')
        .replace('    period:', '    speaker: jane-doe\n    period:'),
    )
  })

  test.each(['fare-cap', 'old-fare', 'wish', 'pier-opened'])('%s retired and put back is as it was', (id) => {
    const changes = planChanges({ kind: 'retire-fact', id }, good, loaded(good))
    const without = afterChanges(good, changes)
    expect(loaded(without).facts.has(id)).toBe(false)
    expect([...without.values()].join('')).not.toContain(id)
    const back = afterChanges(without, planChanges({ kind: 'undo', revision: 1, changes }, without, loaded(without)))
    expect(Object.fromEntries(back)).toEqual(GOOD)
  })

  test('a fact that others are set against goes from them too, and comes back with them', () => {
    const text = (GOOD['topics/ferries.yaml'] ?? '')
      .replace('    supersedes: [old-fare]', '    contrasts: [old-fare, fare-cap] # others')
      .replace('    reviewBy: 2026-01-01', '    contrasts: [fare-cap]\n    reviewBy: 2026-01-01')
    const set = new Map(good).set('topics/ferries.yaml', text)
    const changes = planChanges({ kind: 'retire-fact', id: 'fare-cap' }, set, loaded(set))
    const without = afterChanges(set, changes)
    expect(loaded(without).facts.get('wish')?.contrasts).toEqual(['old-fare'])
    expect([...without.values()].join('')).not.toContain('fare-cap')
    const back = afterChanges(without, planChanges({ kind: 'undo', revision: 1, changes }, without, loaded(without)))
    expect(Object.fromEntries(back)).toEqual(Object.fromEntries(set))
  })

  test('an edit leaves what a form does not ask for', () => {
    const text = (GOOD['topics/ferries.yaml'] ?? '').replace('    supersedes: [old-fare]', '    contrasts: [old-fare]')
    const people = (GOOD['entities.yaml'] ?? '').replace('name: Jane Doe', 'name: Jane Doe, body: harbour-office')
    const set = new Map(good).set('topics/ferries.yaml', text).set('entities.yaml', people)
    const edited = done({ kind: 'edit-fact', id: 'wish', values: { verified: '2025-10-01' } }, set)
    expect(loaded(edited).facts.get('wish')).toMatchObject({ contrasts: ['old-fare'], verified: '2025-10-01' })
    const renamed = done({ kind: 'set-entity', id: 'jane-doe', values: { name: 'Jane Roe', aliases: [] } }, set)
    expect(loaded(renamed).entities.get('jane-doe')).toMatchObject({ name: 'Jane Roe', body: 'harbour-office' })
  })

  test('an added and taken back fact leaves no trace', () => {
    const changes = planChanges(FARE, good, loaded(good))
    const after = afterChanges(good, changes)
    const back = afterChanges(after, planChanges({ kind: 'undo', revision: 1, changes }, after, loaded(after)))
    expect(Object.fromEntries(back)).toEqual(GOOD)
  })

  test('questions are added at their fact, dropped and put in another order', () => {
    const asked = done({ kind: 'ask-as', id: 'fare-cap', questions: ['Ferry price?', 'how much by boat'] })
    expect(asked.get('questions/ferries.yaml')).toBe(
      GOOD['questions/ferries.yaml']?.replace('  - Ferry price?\nwish', '  - Ferry price?\n  - how much by boat\nwish'),
    )
    const dropped = done({ kind: 'edit-fact', id: 'fare-cap', values: {}, questions: ['Ferry price?'] })
    expect(dropped.get('questions/ferries.yaml')).toBe(
      GOOD['questions/ferries.yaml']?.replace('  - How much is a crossing?\n', ''),
    )
    const turned = ['Ferry price?', 'How much is a crossing?']
    const other = done({ kind: 'edit-fact', id: 'fare-cap', values: {}, questions: turned })
    expect(loaded(other).facts.get('fare-cap')?.askedAs).toEqual(turned)
    const first = done({ kind: 'ask-as', id: 'pier-opened', questions: ['When did pier 4 open?'] })
    expect(first.get('questions/piers.yaml')).toBe(
      '# yaml-language-server: $schema=../schema/questions.json\npier-opened:\n  - When did pier 4 open?\n',
    )
  })

  test('sources, entities, glossary and topics are added and edited in place', () => {
    const steps: Operation[] = [
      {
        kind: 'set-source',
        id: 'news',
        values: { title: 'News: today', date: '2025-10', url: 'https://example.org/n' },
      },
      { kind: 'set-source', id: 'report', values: { title: 'The report', publisher: undefined } },
      { kind: 'set-entity', id: 'ferry-union', values: { name: 'Ferry Union', aliases: ['union, ferries', 'FU'] } },
      { kind: 'set-entity', id: 'harbour-office', values: { aliases: ['the port', 'HO', 'harbour'] } },
      { kind: 'set-glossary', term: 'pier', synonyms: ['jetty', 'quay'] },
      { kind: 'set-glossary', term: 'fare', synonyms: ['ticket price'] },
      { kind: 'set-topic', name: 'buses', values: { title: 'Buses', description: 'Where: they go' } },
      { kind: 'set-topic', name: 'piers', values: { title: 'Piers & quays' } },
      { ...FARE, id: 'bus-fare', topic: 'buses' },
    ]
    const after = steps.reduce<Texts>((texts, operation) => done(operation, texts), good)
    const snapshot = loaded(after)
    expect(snapshot.sources.get('news')).toEqual({
      id: 'news',
      title: 'News: today',
      date: '2025-10',
      url: 'https://example.org/n',
    })
    expect(snapshot.sources.get('report')).toEqual({
      id: 'report',
      title: 'The report',
      date: '2025-09-19',
      url: 'https://example.org/ferries',
    })
    expect(snapshot.entities.get('ferry-union')?.aliases).toEqual(['union, ferries', 'FU'])
    expect(after.get('entities.yaml')).toContain(
      '- { id: harbour-office, name: Harbour Office, aliases: [the port, HO, harbour] }\n',
    )
    expect(snapshot.glossary).toEqual([
      { term: 'fare', synonyms: ['ticket price'] },
      { term: 'pier', synonyms: ['jetty', 'quay'] },
    ])
    expect(snapshot.topics.get('buses')).toMatchObject({ title: 'Buses', description: 'Where: they go' })
    expect(snapshot.topics.get('buses')?.facts).toHaveLength(1)
    expect(snapshot.topics.get('piers')?.title).toBe('Piers & quays')
  })

  test('the last fact of a topic, a file without a last line break, and Windows line ends', () => {
    const bare = new Map(good).set('topics/piers.yaml', GOOD['topics/piers.yaml']?.trimEnd() ?? '')
    const retired = done({ kind: 'retire-fact', id: 'pier-opened' }, bare)
    expect(loaded(retired).topics.get('piers')?.facts).toEqual([])
    expect(loaded(done({ ...FARE, topic: 'piers' }, retired)).facts.get('night-fare')?.topic).toBe('piers')
    expect(loaded(done({ ...FARE, topic: 'piers' }, bare)).facts.size).toBe(5)
    const windows = new Map([...good].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]))
    for (const text of done(FARE, windows).values()) expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })
})

describe('what cannot be done is refused', () => {
  test('a taken id and a topic that is not there', () => {
    expect(() => done({ ...FARE, id: 'wish' })).toThrow('taken')
    expect(() => done({ ...FARE, topic: 'trains' })).toThrow('no topic')
    expect(() => done({ kind: 'retire-fact', id: 'nothing' })).toThrow('no fact')
  })

  test('a change of what has been changed since, and it says what', () => {
    const changes = planChanges(
      { kind: 'edit-fact', id: 'wish', values: { verified: '2025-10-01' } },
      good,
      loaded(good),
    )
    const moved = new Map(good).set(
      'topics/ferries.yaml',
      (GOOD['topics/ferries.yaml'] ?? '').replace('lower fares', 'low fares'),
    )
    expect(() => applyChanges(moved, changes)).toThrow(Conflict)
    expect(() => applyChanges(moved, changes)).toThrow('fact wish')
    const elsewhere = new Map(good).set(
      'topics/ferries.yaml',
      (GOOD['topics/ferries.yaml'] ?? '').replace('20 euros', '21 euros'),
    )
    expect(applyChanges(elsewhere, changes).get('topics/ferries.yaml')).toContain('21 euros')
  })

  test('made twice it is made once', () => {
    const changes = planChanges(FARE, good, loaded(good))
    const once = applyChanges(good, changes)
    expect(applyChanges(once, changes)).toEqual(once)
  })
})

describe('text stays text', () => {
  const nasty = [
    '"quoted": {a: b}',
    "it's",
    '- a dash',
    '# a comment',
    'key: value',
    '*alias',
    '&anchor',
    '!tag',
    '%percent',
    '@at',
    '`tick`',
    '| block',
    '> fold',
    '[1, 2]',
    '{a: 1}',
    'null',
    'true',
    'No',
    '~',
    '1e3',
    '0x1F',
    '2025',
    '2025-01-01',
    '---',
    '...',
    '<<: *x',
    'a\u2028b',
    'x\\n- id: y',
    'ends with colon:',
    '? question',
    'a #b',
    'ü–ß 漢字 🚢',
    '**bold** <@1>',
    `${'long words of a statement '.repeat(7)}: # end`,
  ]
  const written = (text: string) => text.replace(/\s+/g, ' ').trim()

  test.each(nasty)('%s', (text) => {
    const after = done({ ...FARE, values: { ...FARE.values, statement: text }, questions: [text, 'b', 'c'] })
    const fact = loaded(after).facts.get('night-fare')
    expect(fact?.statement).toBe(written(text))
    expect(fact?.askedAs[0]).toBe(written(text))
    const edited = done({ kind: 'edit-fact', id: 'fare-cap', values: { statement: text }, questions: [text] })
    expect(loaded(edited).facts.get('fare-cap')?.statement).toBe(written(text))
    const entity = done({
      kind: 'set-entity',
      id: 'jane-doe',
      values: { name: text.slice(0, 90), aliases: [`${text.slice(0, 90)} x`] },
    })
    expect(loaded(entity).entities.get('jane-doe')?.name).toBe(written(text.slice(0, 90)))
  })

  test('any text at all', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => /^[^\p{C}\p{Z}]/u.test(text) && !/[\p{C}]/u.test(text))
    fc.assert(
      fc.property(line, line, (statement, question) => {
        const after = done({ ...FARE, values: { ...FARE.values, statement }, questions: [question] })
        const fact = loaded(after).facts.get('night-fare')
        expect(fact?.statement).toBe(written(statement))
        expect(fact?.askedAs).toEqual([written(question)])
      }),
      { numRuns: 200 },
    )
  })
})

describe('the knowledge that comes with Footnote', () => {
  const names = [
    'sources.yaml',
    'entities.yaml',
    'glossary.yaml',
    ...['topics', 'questions'].flatMap((folder) =>
      readdirSync(`knowledge/${folder}`).map((name) => `${folder}/${name}`),
    ),
  ]
  const texts = new Map(names.map((name) => [name, readFileSync(`knowledge/${name}`, 'utf8')]))
  const snapshot = loaded(texts)

  test('every tenth fact can be retired and put back, byte for byte', () => {
    for (const id of [...snapshot.facts.keys()].filter((_, index) => index % 10 === 0)) {
      const changes = planChanges({ kind: 'retire-fact', id }, texts, snapshot)
      const without = applyChanges(texts, changes)
      const back = applyChanges(without, planChanges({ kind: 'undo', revision: 1, changes }, without, snapshot))
      for (const [path, text] of texts) expect(back.get(path), `${id} ${path}`).toBe(text)
    }
  }, 60_000)

  test('what was changed by hand is told item by item', () => {
    const [path, text] = [...texts].find(([name]) => name.startsWith('topics/')) ?? ['', '']
    const changed = new Map(texts).set(path, text.replace(/statement: (?!>)/, 'statement: Well, '))
    expect(changesBetween(texts, changed)).toMatchObject([{ part: 'fact', file: path, before: expect.any(String) }])
  })
})
