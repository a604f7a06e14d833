import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/answering/engine.ts'
import type { Outcome } from '../../src/answering/outcome.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import { libraryKnowledge } from './library.ts'

const SUMMER = '2025-07-01'
const library = libraryKnowledge()
const engine = createEngine(library)
const shown = (outcome: Outcome) => (outcome.kind === 'abstention' ? [] : outcome.facts)
const idsOf = (outcome: Outcome) => shown(outcome).map(({ fact }) => fact.id)
const statusOf = (text: string, asOf: string) => shown(engine.ask(text, asOf))[0]?.standing.status

describe('on a subject that it was not made for, the engine', () => {
  const foreseen = [...library.facts.values()].flatMap((fact) => fact.askedAs.map((text) => ({ text, fact })))

  it.each(foreseen)('has the right fact for a question that a curator foresaw: $text', ({ text, fact }) => {
    const asOf = fact.id === 'late-fee-2024' ? '2025-04-01' : SUMMER
    expect(idsOf(engine.ask(text, asOf))).toContain(fact.id)
  })

  it('answers nearly all of them at once', () => {
    const answered = foreseen.filter(({ text }) => engine.ask(text, SUMMER).kind === 'answer')
    expect(answered.length / foreseen.length).toBeGreaterThan(0.8)
  })

  it.each([
    ['how much is it if i return a book too late', 'late-fee-2025'],
    ['is the libary open on sundays??', 'sunday-hours'],
    ['whos the director of the library rn', 'director'],
    ['pls tell me how big the yearly budget is', 'budget-unknown'],
  ])('is within one click for words of the asker: %s', (text, id) => {
    expect(idsOf(engine.ask(text, SUMMER))).toContain(id)
  })

  it.each(['How do I bake a cake?', 'who won the world cup', 'tell me a joke', 'What is the weather like in Canada?'])(
    'declines what is not its subject: %s',
    (text) => {
      expect(engine.ask(text, SUMMER)).toMatchObject({ kind: 'abstention', reason: 'nothing-near' })
    },
  )

  it.each(['budget', 'violins', 'Mara Lind', 'fees', 'sunday'])(
    'has an answer or an offer for a word alone: %s',
    (text) => {
      expect(engine.ask(text, SUMMER).kind).not.toBe('abstention')
    },
  )
})

describe('the as-of date', () => {
  it.each([
    ['How much is a membership card?', '2025-12-31', 'current'],
    ['How much is a membership card?', '2026-01-01', 'expired'],
    ['When does the Rose Garden branch open?', '2025-07-01', 'upcoming'],
    ['When does the Rose Garden branch open?', '2026-10-01', 'expired'],
    ['Who is the director of the library?', '2025-07-01', 'past'],
  ])('%s on %s: %s', (text, asOf, status) => {
    expect(statusOf(text, asOf)).toBe(status)
  })

  it('before anything of it was known is told as such', () => {
    expect(engine.ask('sunday opening hours', '2025-02-28')).toMatchObject({
      kind: 'abstention',
      reason: 'not-yet',
      knownFrom: '2025-03-01',
    })
    expect(engine.ask('sunday opening hours', '2025-03-01').kind).toBe('answer')
  })

  it('before all facts shows none', () => {
    expect(shown(engine.ask('How much is a membership card?', '1999-01-01'))).toEqual([])
  })

  it('decides between a fact and the one that supersedes it', () => {
    const text = 'what do I pay if I return a book late'
    expect(idsOf(engine.ask(text, '2025-05-31'))[0]).toBe('late-fee-2024')
    expect(idsOf(engine.ask(text, '2025-06-01'))[0]).toBe('late-fee-2025')
  })
})

describe('a question under several facts', () => {
  it('gets all of them', () => {
    expect(idsOf(engine.ask('When are you open?', SUMMER)).toSorted()).toEqual(
      expect.arrayContaining(['sunday-hours', 'weekday-hours']),
    )
  })
})

describe('a long text', () => {
  const talk = 'I moved here in spring with two dogs. The weather has been lovely and my neighbours are kind. '

  it('is searched for the sentence that asks', () => {
    const outcome = engine.ask(`${talk.repeat(3)} How much is a membership card? ${talk}`, SUMMER)
    expect(idsOf(outcome)[0]).toBe('card-price')
    expect(outcome.question).toBe('How much is a membership card?')
  })

  it('of talk alone is declined', () => {
    expect(engine.ask(talk.repeat(3), SUMMER).kind).toBe('abstention')
  })
})

describe('whatever is written gets an outcome', () => {
  it.each(['', '   ', '\u200b\u2060', '😀👍🏽', '<@123>', '?!', 'https://example.org'])(
    'nothing to read in %j',
    (text) => {
      expect(engine.ask(text, SUMMER)).toMatchObject({ kind: 'abstention', reason: 'no-question', asOf: SUMMER })
    },
  )

  it.each([
    ['another language', 'Wie viel kostet das denn eigentlich?'],
    ['another alphabet', 'Сколько стоит абонемент?'],
    ['2,000 characters', 'overdue book fee '.repeat(125)],
    ['2,000 letters', 'b'.repeat(2000)],
    ['a name from JavaScript', '__proto__ constructor toString hasOwnProperty'],
    ['a half of a surrogate pair', 'fee \ud83d'],
  ])('%s', (_, text) => {
    expect(['answer', 'suggestions', 'abstention']).toContain(engine.ask(text, SUMMER).kind)
  })

  it('mark-up and invisible characters do not hide a question', () => {
    const outcome = engine.ask('<@42> **How m\u200buch** is a ||membership|| card?', SUMMER)
    expect(outcome.question).toBe('How much is a membership card?')
    expect(idsOf(outcome)).toEqual(['card-price'])
  })
})

describe('the explanation', () => {
  const { why } = engine.ask('Does Otto Berg want violns from Jupiter?', SUMMER)

  it('lists names and mended words', () => {
    expect(why.entities).toEqual(['Otto Berg'])
    expect(why.repaired).toEqual(['violns → violins'])
  })

  it('lists for each candidate the words matched and missing', () => {
    const wish = why.candidates.find(({ id }) => id === 'mayor-wish')
    expect(wish?.matched).toEqual(expect.arrayContaining(['otto', 'berg', 'violins']))
    expect(wish?.missing).toEqual(['jupiter'])
  })

  it('has the candidates in order, best first', () => {
    const scores = why.candidates.map(({ score }) => score)
    expect(scores.length).toBeGreaterThan(1)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })

  it('says why even when there is nothing to read', () => {
    expect(engine.ask('', SUMMER).why.decision).not.toBe('')
  })
})

describe('knowledge with next to nothing in it', () => {
  it('of one fact without questions, names or glossary works', () => {
    const closed = `
topic: rooms
title: Rooms
description: Rooms
facts:
  - id: closed
    statement: The reading room is closed.
    kind: rule
    citations: [{ source: notice }]
    verified: 2025-03-01
`
    const files = [
      { path: 'sources.yaml', content: '- { id: notice, title: A notice, date: 2025 }' },
      { path: 'topics/rooms.yaml', content: closed },
    ]
    const loaded = parseKnowledge(files, { reservedNames: [] })
    if (!loaded.ok) throw new Error('The knowledge has faults.')
    const outcome = createEngine(loaded.snapshot).ask('Is the reading room closed?', SUMMER)
    expect(outcome.why.candidates.map(({ id }) => id)).toEqual(['closed'])
  })
})
