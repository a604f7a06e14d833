import { expect, test } from 'vitest'
import { chooseShowcase } from '../../src/discord/showcase.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'
import { engine, snapshot, speed } from './harness.ts'

const today = () => '2026-11-23'

test('the same question is asked the day after the source came out and today', () => {
  const showcase = chooseShowcase({ snapshot, engine, today })
  expect(showcase?.question).toBe(speed.askedAs[0])
  expect(showcase?.outcomes).toMatchObject([
    { kind: 'answer', asOf: '2025-09-20', facts: [{ standing: { status: 'current' } }] },
    { kind: 'answer', asOf: '2026-11-23', facts: [{ standing: { status: 'expired' } }] },
  ])
})

test('knowledge without a rule that ends has none', () => {
  expect(chooseShowcase({ snapshot: sampleSnapshot([sampleFact({ period: {} })]), engine, today })).toBeUndefined()
})
