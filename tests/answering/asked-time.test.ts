import { describe, expect, it } from 'vitest'
import { isOutside, isWithin, timeAsked } from '../../src/answering/asked-time.ts'
import { createEngine } from '../../src/answering/engine.ts'
import { libraryKnowledge } from './library.ts'

const TODAY = '2025-09-20'
const library = libraryKnowledge()
const engine = createEngine(library)

describe('the day that a question is asked for', () => {
  it.each([
    ['is it open on sundays as of 1 August 2025', '2025-08-01'],
    ['what will a card cost on 3 January 2026', '2026-01-03'],
    ['what does a card cost right now', TODAY],
    ['what did a card cost in April', TODAY],
    ['what does a card cost', TODAY],
    ['what was the June call about', TODAY],
    ['did it change between April and August 2025', TODAY],
  ])('%s: %s', (text, asOf) => {
    expect(timeAsked(text, TODAY).asOf).toBe(asOf)
  })

  it('comes with the words that told it, and what they were taken for', () => {
    expect(timeAsked('what did a card cost in April', TODAY).said).toEqual({
      text: 'April',
      from: '2025-04-01',
      until: '2025-04-30',
    })
    expect(timeAsked('what does a card cost now', TODAY).said).toBeUndefined()
  })

  it('is not guessed where several times are named', () => {
    expect(timeAsked('prices in April and in June', TODAY)).toEqual({ asOf: TODAY })
  })
})

describe('the days that a question is about', () => {
  const fact = (id: string) => {
    const found = library.facts.get(id)
    if (!found) throw new Error(`The library has no fact ${id}.`)
    return found
  }
  const year = (year: number) => ({ from: `${year}-01-01`, until: `${year}-12-31` })

  it.each([
    ['late-fee-2025', 2024, 'outside'],
    ['late-fee-2025', 2025, 'within'],
    ['card-price', 2026, 'outside'],
    ['director', 2019, 'within'],
    ['director', 2020, 'outside'],
    ['film-fee', 2019, 'neither'],
    ['budget-unknown', 2019, 'neither'],
  ])('%s in %s: %s', (id, inYear, expected) => {
    const during = year(inYear)
    const found = isOutside(fact(id), during) ? 'outside' : isWithin(fact(id), during) ? 'within' : 'neither'
    expect(found).toBe(expected)
  })
})

describe('an engine asked with a date in the question', () => {
  it('answers for that day, and says how it read it', () => {
    const outcome = engine.ask('How much is a membership card on 5 January 2026?', TODAY)
    expect(outcome).toMatchObject({ kind: 'answer', asOf: '2026-01-05', time: { from: '2026-01-05' } })
    expect(outcome.kind === 'answer' && outcome.facts[0]?.standing.status).toBe('expired')
  })

  it('tells nothing that was not known on the day it is asked, however far ahead the date', () => {
    expect(engine.ask('Is the library open on Sundays as of 1 August 2025?', '2024-06-01')).toMatchObject({
      kind: 'abstention',
      reason: 'not-yet',
      asOf: '2024-06-01',
    })
  })

  it('is not sure of a fact that is dated to other days', () => {
    expect(engine.ask('How much is the new fine for overdue books?', TODAY).kind).toBe('answer')
    const before = engine.ask('How much was the new fine for overdue books in 2024?', TODAY)
    expect(before.kind === 'answer' && before.facts[0]?.fact.id === 'late-fee-2025').toBe(false)
  })
})
