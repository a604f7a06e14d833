import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/answering/engine.ts'
import { shiftDay } from '../../src/knowledge/days.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'

let engine: Engine
let snapshot: Snapshot

beforeAll(async () => {
  const loaded = await loadKnowledge('knowledge', { reservedNames: [] })
  if (!loaded.ok) throw new Error('The shipped knowledge has faults.')
  snapshot = loaded.snapshot
  engine = createEngine(snapshot)
})

describe('with the shipped knowledge', () => {
  it("every fact's first question leads to it, nearly always as the answer, from the day after it was known", () => {
    const results = [...snapshot.facts.values()].map(({ id, known, askedAs: [question = ''] }) => {
      const outcome = engine.ask(question, shiftDay(known, 1))
      const led = outcome.kind !== 'abstention' && outcome.facts.some(({ fact }) => fact.id === id)
      return { id, question, led, answered: led && outcome.kind === 'answer' }
    })
    expect(results.filter(({ led }) => !led)).toEqual([])
    expect(results.filter(({ answered }) => answered).length / results.length).toBeGreaterThanOrEqual(0.97)
  })

  it('every fact has questions to be found by', () => {
    expect([...snapshot.facts.values()].filter(({ askedAs }) => askedAs.length === 0)).toEqual([])
  })

  it('every entity that facts are about gets an answer or an offer for its name alone', () => {
    const named = new Set([...snapshot.facts.values()].flatMap(({ entities }) => entities))
    const declined = [...snapshot.entities.values()]
      .filter(({ id, name }) => named.has(id) && !name.includes(' '))
      .filter(({ name }) => engine.ask(name, '2025-09-20').kind === 'abstention')
    expect(declined.map(({ name }) => name)).toEqual([])
  })

  it('nothing is told as of a day before all facts', () => {
    const [first = ''] = [...snapshot.facts.values()].map(({ known }) => known).sort()
    const before = shiftDay(first, -1)
    const told = [...snapshot.facts.values()].filter(
      ({ askedAs: [question = ''] }) => engine.ask(question, before).kind !== 'abstention',
    )
    expect(told).toEqual([])
  })

  it.each(['What is the weather like tomorrow?', 'how do I bake bread', 'who painted the Mona Lisa', 'flip a coin'])(
    'declines general talk: %s',
    (text) => {
      expect(engine.ask(text, '2025-09-20').kind).toBe('abstention')
    },
  )
})
