import { expect, test } from 'vitest'
import { outcomeOfFact } from '../../src/answering/chosen.ts'
import type { Context } from '../../src/discord/context.ts'
import { outcomeOf, parseAsOf } from '../../src/discord/outcomes.ts'
import { UserError } from '../../src/errors.ts'
import { engine, oldSpeed, scooters, snapshot, speed } from './harness.ts'

const context = { snapshot, engine } as unknown as Context

test('an as-of date is a whole day, today if nothing was typed', () => {
  expect(parseAsOf(null, '2025-09-20')).toBe('2025-09-20')
  expect(parseAsOf(' \u200b', '2025-09-20')).toBe('2025-09-20')
  expect(parseAsOf(' 2024-02-29 ', '2025-09-20')).toBe('2024-02-29')
  for (const typed of ['2025', '2025-10', '2025-02-29', '20.9.2025', 'now']) {
    expect(() => parseAsOf(typed, '2025-09-20')).toThrow(UserError)
  }
})

test('an id is that fact, anything else a question', () => {
  expect(outcomeOf(scooters.id, '2025-09-20', context)).toMatchObject({ facts: [{ fact: { id: scooters.id } }] })
  expect(outcomeOf('what speed', '2025-09-20', context)).toMatchObject({ facts: [{ fact: { id: speed.id } }] })
})

test('a chosen fact gives way to the newer one, and says nothing before it was known', () => {
  expect(outcomeOfFact(oldSpeed, '2025-09-20', context.snapshot)).toMatchObject({
    kind: 'answer',
    facts: [{ fact: { id: speed.id } }],
  })
  expect(outcomeOfFact(oldSpeed, '2025-09-01', context.snapshot)).toMatchObject({
    facts: [{ fact: { id: oldSpeed.id } }],
  })
  expect(outcomeOfFact(speed, '2025-09-01', context.snapshot)).toMatchObject({
    kind: 'abstention',
    reason: 'not-yet',
    knownFrom: '2025-09-19',
  })
})
