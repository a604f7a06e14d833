import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/answering/engine.ts'
import type { Outcome } from '../../src/answering/outcome.ts'
import { shiftDay } from '../../src/knowledge/days.ts'
import { standingOf } from '../../src/knowledge/status.ts'
import { libraryKnowledge } from './library.ts'

const library = libraryKnowledge()
const engine = createEngine(library)

const foreseen = [...library.facts.values()].flatMap(({ askedAs, statement }) => [statement, ...askedAs])
const known = [...new Set(foreseen.join(' ').split(' '))]
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('*', '[', ']', '(', ')', '`', '>', '<', '@', '|', '\n', '\u200b', 'a', '.', '?') }),
)
/** Anything at all, and what comes nearer to a question: words of the knowledge among anything. */
const text = fc.oneof(
  anything,
  fc.constantFrom(...foreseen),
  fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, anything), { maxLength: 60 })
    .map((parts) => parts.join(' ')),
)
/** Any day, most often one of the years in which something changes. */
const day = fc.oneof(
  fc.integer({ min: 0, max: 2000 }).map((days) => shiftDay('2023-06-01', days)),
  fc.integer({ min: 0, max: 3_600_000 }).map((days) => shiftDay('0001-01-01', days)),
)

function check(outcome: Outcome, asOf: string): void {
  // A date in the question may set another day.
  if (!outcome.time) expect(outcome.asOf).toBe(asOf)
  expect(outcome.why.decision).not.toBe('')
  if (outcome.kind === 'abstention') {
    expect(outcome.reason === 'not-yet').toBe(outcome.knownFrom !== undefined)
    if (outcome.knownFrom) expect(outcome.knownFrom > outcome.asOf).toBe(true)
    return
  }
  const { facts } = outcome
  const further = outcome.kind === 'answer' ? outcome.further : []
  expect(facts.length).toBeGreaterThanOrEqual(1)
  expect(facts.length).toBeLessThanOrEqual(outcome.kind === 'answer' ? 10 : 5)
  expect(further.length).toBeLessThanOrEqual(5)
  const all = [...facts, ...further]
  expect(new Set(all.map(({ fact }) => fact.id)).size).toBe(all.length)
  for (const { fact, standing } of all) {
    expect(['not-yet', 'superseded']).not.toContain(standing.status)
    expect(standing).toEqual(standingOf(library, fact, outcome.asOf))
    expect(fact.known <= asOf).toBe(true)
  }
}

describe('for any text and any day', () => {
  it('the engine gives a well-formed outcome, the same each time', () => {
    fc.assert(
      fc.property(text, day, (text, asOf) => {
        const outcome = engine.ask(text, asOf)
        check(outcome, asOf)
        expect(engine.ask(text, asOf)).toEqual(outcome)
      }),
      { numRuns: 400 },
    )
  })

  it('what makes no word changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...foreseen), fc.constantFrom('\u200b', '\u2060', ' ', '\t'), (text, blank) => {
        const asked = engine.ask(`${blank}${text}${blank}`, '2025-07-01')
        expect(asked).toEqual(engine.ask(text, '2025-07-01'))
      }),
      { numRuns: 60 },
    )
  })
})

describe('another engine on the same knowledge', () => {
  it('gives the same outcomes', () => {
    const twin = createEngine(libraryKnowledge())
    for (const text of foreseen) expect(twin.ask(text, '2025-07-01')).toEqual(engine.ask(text, '2025-07-01'))
  })
})
