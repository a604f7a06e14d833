import { shiftDay } from '../../src/knowledge/days.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

export const FIRST_DAY = '2025-01-01'
/** Days after which each fact ends. */
export const LIFE = 10

/** A topic on which each day brings a fact, and an end ten days later. */
export function boats(days: number): Snapshot {
  return sampleSnapshot(
    Array.from({ length: days }, (_, number) => {
      const known = shiftDay(FIRST_DAY, number)
      const name = `Boat ${String(number).padStart(3, '0')}`
      return sampleFact({
        id: `boat-${number}`,
        topic: 'boats',
        statement: `${name} may cross the harbour.`,
        known,
        verified: known,
        reviewBy: '2030-01-01',
        period: { from: known, until: shiftDay(known, LIFE) },
        askedAs: [`May ${name} cross?`],
      })
    }),
  )
}
