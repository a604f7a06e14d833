import { describe, expect, it } from 'vitest'
import { createBm25 } from '../../src/cli/bench/bm25.ts'
import { ENGINES } from '../../src/cli/bench/engines.ts'
import { measure, quantile } from '../../src/cli/bench/measure.ts'
import { synthetic, withOneChanged } from '../../src/cli/bench/synthetic.ts'

describe('synthetic knowledge', () => {
  const made = synthetic(100, 4, 200)

  it('is the same every time', () => {
    expect(synthetic(100, 4, 200)).toEqual(made)
  })

  it('has as many facts and questions as asked for, and a fact for every probe', () => {
    expect(made.snapshot.facts.size).toBe(100)
    for (const { askedAs } of made.snapshot.facts.values()) expect(askedAs).toHaveLength(4)
    for (const { fact } of made.probes) expect(made.snapshot.facts.has(fact)).toBe(true)
  })

  it("holds strangers' questions out of the curators'", () => {
    const foreseen = new Set([...made.snapshot.facts.values()].flatMap(({ askedAs }) => askedAs))
    expect(made.probes.filter(({ text }) => foreseen.has(text)).length).toBeLessThan(0.02 * made.probes.length)
  })

  it('can have one fact changed', () => {
    const changed = withOneChanged(made.snapshot, 3)
    const differing = [...changed.facts].filter(([id, fact]) => made.snapshot.facts.get(id) !== fact)
    expect(differing.map(([id]) => id)).toEqual(['fact-3'])
  })
})

describe('plain BM25', () => {
  const find = createBm25(
    new Map([
      ['ferry', 'when does the ferry leave'],
      ['bus', 'when does the bus to the harbour leave'],
      ['fee', 'the fee for the harbour'],
    ]),
  )

  it('puts the rarest shared words first, whatever their ending', () => {
    expect(find('ferries', 3)).toEqual(['ferry'])
    expect(find('leaving from the harbour by bus', 1)).toEqual(['bus'])
    expect(find('zebra', 3)).toEqual([])
  })
})

it.each(Object.keys(ENGINES))('%s finds most of a small knowledge', (name) => {
  const { snapshot, probes } = synthetic(30, 5, 40)
  const find = ENGINES[name]?.(snapshot)
  const right = probes.filter(({ text, fact }) => find?.(text).slice(0, 5).includes(fact))
  expect(right.length).toBeGreaterThan(probes.length / 3)
})

it('a measurement has times, memory and shares', () => {
  const { p50, p99, asked, right1, right3, replace } = measure('footnote', 30, 2)
  expect(p50).toBeGreaterThan(0)
  expect(p99).toBeGreaterThanOrEqual(p50)
  expect(asked).toBeGreaterThan(0)
  expect(right3).toBeGreaterThanOrEqual(right1)
  expect(right1).toBeLessThanOrEqual(100)
  expect(replace).toBeGreaterThan(0)
})

it.each([
  [[1, 2, 3, 4], 0.5, 3],
  [[1, 2, 3, 4], 0.99, 4],
  [[7], 0.5, 7],
])('of %j the quantile %d is %d', (sorted, share, value) => {
  expect(quantile(sorted, share)).toBe(value)
})
