import { expect, test } from 'vitest'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'
import { folderWith, GOOD } from './good-folder.ts'

test('what the files leave out is filled in', () => {
  const { facts } = snapshotOf()
  expect(facts.get('fare-cap')).toEqual({
    id: 'fare-cap',
    topic: 'ferries',
    statement: 'A crossing costs at most 30 euros until 10 November 2025.',
    kind: 'rule',
    entities: ['harbour-office'],
    period: { from: '2025', until: '2025-11-10' },
    // The earliest of its sources names only a month: by its last day it was out for sure.
    known: '2025-04-30',
    citations: [
      { source: 'report', paragraphs: [3, 4] },
      { source: 'notice', paragraphs: [] },
    ],
    measure: { name: 'fare', of: 'harbour-office', value: 30, unit: 'euro', bound: 'at-most' },
    supersedes: [],
    supersededBy: [],
    contrasts: [],
    verified: '2025-09-19',
    // 90 days later.
    reviewBy: '2025-12-18',
    askedAs: ['How much is a crossing?', 'Ferry price?'],
  })
  expect(facts.get('old-fare')).toMatchObject({ supersededBy: ['wish'], reviewBy: '2026-01-01', askedAs: [] })
  expect(facts.get('pier-opened')?.known).toBe('2025-04-30')
})

test('what others say on the same point is known from both sides, whichever the files say it of', () => {
  const wish = (GOOD['topics/ferries.yaml'] ?? '').replace(
    '    supersedes: [old-fare]',
    '    contrasts: [fare-cap, old-fare, wish]',
  )
  const { facts } = snapshotOf({ 'topics/ferries.yaml': wish })
  expect(['wish', 'fare-cap', 'old-fare'].map((id) => facts.get(id)?.contrasts)).toEqual([
    ['fare-cap', 'old-fare'],
    ['wish'],
    ['wish'],
  ])
})

test('a person has the body that they belong to', () => {
  const people = (GOOD['entities.yaml'] ?? '').replace('name: Jane Doe', 'name: Jane Doe, body: harbour-office')
  expect(snapshotOf({ 'entities.yaml': people }).entities.get('jane-doe')?.body).toBe('harbour-office')
})

test('questions about one fact may stand in several files', () => {
  const { facts } = snapshotOf({ 'questions/more.yaml': 'wish:\n  - Who wants lower fares?\n' })
  expect(facts.get('wish')?.askedAs).toEqual(['Ferry price?', 'Who wants lower fares?'])
})

test.each([
  ['2025-09-18', '2025-09-18'],
  ['2025-06', '2025-06-30'],
  ['2024', '2024-12-31'],
])('a stated date of knowledge stands: %s is sure by %s', (stated, known) => {
  const event = GOOD['topics/piers.yaml']?.replace('kind: event', `kind: event\n    known: ${stated}`)
  expect(snapshotOf({ 'topics/piers.yaml': event }).facts.get('pier-opened')).toMatchObject({ known, stated })
})

test.each([
  ['{ from: 2025-04-03, until: 2025-06 }', '2025-04-03'],
  ['{ from: 2025-04, until: 2025-06-02 }', '2025-04-30'],
  ['{ until: 2025 }', '2025-12-31'],
])('an event of %s is known by %s', (period, known) => {
  const event = GOOD['topics/piers.yaml']?.replace('{ from: 2025-04 }', period)
  expect(snapshotOf({ 'topics/piers.yaml': event }).facts.get('pier-opened')?.known).toBe(known)
})

test('folded text is one line', () => {
  const folded = GOOD['topics/piers.yaml']?.replace('Pier 4 opened', '>\n      Pier 4\n      opened')
  expect(snapshotOf({ 'topics/piers.yaml': folded }).facts.get('pier-opened')?.statement).toBe(
    'Pier 4 opened in April 2025.',
  )
})

test('nothing in it can be changed', () => {
  const { facts, topics } = snapshotOf()
  expect(() => Object.assign(facts.get('wish')?.citations[0] ?? {}, { source: 'other' })).toThrow(TypeError)
  expect(() => (topics.get('piers')?.facts as unknown[] | undefined)?.push(1)).toThrow(TypeError)
})

function snapshotOf(changes: Record<string, string | undefined> = {}): Snapshot {
  const loaded = parseKnowledge(folderWith(changes), { reservedNames: [] })
  if (!loaded.ok) throw new Error(loaded.faults[0]?.message)
  return loaded.snapshot
}
