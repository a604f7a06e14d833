import { describe, expect, test } from 'vitest'
import { createEngine } from '../../src/answering/engine.ts'
import { answerFollowUp, type Previous } from '../../src/answering/follow-up.ts'
import type { Outcome } from '../../src/answering/outcome.ts'
import type { Fact } from '../../src/knowledge/snapshot.ts'
import { answerWith, sampleFact, sampleSnapshot } from '../render/sample.ts'

const fare = (id: string, of: string, name: string, value: number) =>
  sampleFact({
    id,
    statement: `${name} charges ${value} euros for a crossing by ferry.`,
    entities: [of],
    measure: { name: 'fare', of, value, unit: 'euro', bound: 'exactly' },
    askedAs: [`How much does ${name} charge for a crossing by ferry?`, `${name} ferry fare`],
  })
const snapshot = {
  ...sampleSnapshot([
    fare('north-fare', 'north', 'Northline', 30),
    fare('south-fare', 'south', 'Southline', 20),
    sampleFact({
      id: 'north-why',
      statement: 'Northline charges so much because its ferries are old.',
      entities: ['north'],
      period: {},
      askedAs: ['Why is Northline so expensive?', 'Why does Northline charge so much for a crossing by ferry?'],
    }),
    sampleFact({
      id: 'zoo',
      topic: 'zoo',
      statement: 'The zoo closes at six.',
      entities: [],
      period: {},
      askedAs: ['When does the zoo close?'],
    }),
  ]),
  entities: new Map(
    [
      { id: 'north', name: 'Northline', aliases: ['the northern line'] },
      { id: 'south', name: 'Southline', aliases: [] },
      { id: 'zoo', name: 'the zoo', aliases: [] },
    ].map((entity) => [entity.id, entity]),
  ),
}
const engine = createEngine(snapshot)
const DAY = '2025-09-20'
const asked = 'How much does Northline charge for a crossing by ferry?'
const factOf = (id: string) => snapshot.facts.get(id) ?? sampleFact()
const previous: Previous = { question: asked, asOf: DAY, facts: [factOf('north-fare')] }

function follow(text: string, before = previous) {
  const followed = answerFollowUp(text, before, engine, snapshot, DAY)
  if (!followed) return undefined
  const { outcome, about } = followed
  return [outcome.kind, outcome.kind === 'abstention' ? [] : outcome.facts.map(({ fact }) => fact.id), about]
}

describe('a question that needs the one before', () => {
  test.each([
    'until when?',
    'Who said that?',
    'since when',
    'says who',
    'Is it still in force?',
    'and until when?',
    'source?',
  ])('“%s” is answered by what the facts show of themselves', (text) => {
    expect(follow(text)).toEqual(['answer', ['north-fare'], asked])
  })

  test.each(['and Southline?', 'What about Southline?', 'but southline'])('“%s” asks the same of another', (text) => {
    expect(follow(text)).toEqual(['answer', ['south-fare'], 'How much does Southline charge for a crossing by ferry?'])
  })

  test('“why?” is answered by what tells why, and not by the previous answer once more', () => {
    expect(follow('Why?')?.slice(0, 2)).not.toEqual(['answer', ['north-fare']])
    expect(follow('where?')?.[0]).not.toBe('answer')
  })

  test('what facts of a sort do not show is not answered by them once more', () => {
    const said = { ...previous, facts: [{ ...factOf('north-fare'), kind: 'position' as const }] }
    expect(follow('who said that?', said)?.[0]).toBe('answer')
    expect(follow('when?', said)?.[0]).toBe('answer')
    for (const text of ['until when?', 'how long?', 'is it still in force?']) {
      expect(follow(text, said)?.slice(0, 2)).not.toEqual(['answer', ['north-fare']])
    }
    const open = { ...previous, facts: [{ ...factOf('north-fare'), kind: 'unknown' as const }] }
    expect(follow('when?', open)?.slice(0, 2)).not.toEqual(['answer', ['north-fare']])
  })

  test('what yields only the previous facts is offered, not claimed', () => {
    const [kind] = follow('and the zoo?') ?? []
    expect(kind).not.toBe('answer')
  })

  test('what yields the previous fact first is offered, what is new before what has been shown', () => {
    const both = {
      ask: (_: string, asOf: string): Outcome => answerWith(snapshot, ['north-fare', 'south-fare'].map(factOf), asOf),
    }
    const followed = answerFollowUp('and Southline?', previous, both, snapshot, DAY)
    expect(followed?.outcome).toMatchObject({
      kind: 'suggestions',
      facts: [{ fact: { id: 'south-fare' } }, { fact: { id: 'north-fare' } }],
    })
  })

  test('facts that were mended or replaced meanwhile are told as they are now', () => {
    const newer: Fact = { ...factOf('north-fare'), id: 'newer', supersedes: ['north-fare'] }
    const older: Fact = { ...factOf('north-fare'), supersededBy: ['newer'] }
    const now = {
      ...snapshot,
      facts: new Map([
        ['north-fare', older],
        ['newer', newer],
      ]),
    }
    const told = answerFollowUp('until when?', previous, engine, now, DAY)
    expect(told?.outcome).toMatchObject({ kind: 'answer', facts: [{ fact: { id: 'newer' } }] })
    const withdrawn = answerFollowUp('until when?', previous, engine, { ...snapshot, facts: new Map() }, DAY)
    expect(withdrawn?.outcome.kind).toBe('abstention')
  })
})

describe('a question that stands by itself', () => {
  test.each([
    'When does the zoo close?',
    'How much does Southline charge?',
    'who said that the zoo closes at six in the evening',
    'thanks a lot',
    '',
    '???',
  ])('“%s” is left alone', (text) => {
    expect(follow(text)).toBeUndefined()
  })

  test('there is nothing to take from a question in vain but its words', () => {
    expect(follow('until when?', { question: 'Is there a pier?', asOf: DAY, facts: [] })?.[0]).not.toBe('answer')
  })
})
