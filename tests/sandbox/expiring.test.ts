import { expect, test } from 'vitest'
import { Expiring } from '../../src/sandbox/expiring.ts'

test('a thing is forgotten once, when one is added after its time', () => {
  let now = 0
  const forgotten: string[] = []
  const things = new Expiring<string>(
    10,
    () => now,
    (thing) => forgotten.push(thing),
  )
  things.add('a')
  now = 5
  things.add('b')
  now = 10
  things.add('c')
  expect(forgotten).toEqual([])
  now = 11
  things.add('d')
  expect(forgotten).toEqual(['a'])
  now = 100
  things.add('e')
  expect(forgotten).toEqual(['a', 'b', 'c', 'd'])
})

test('of many things each is forgotten in its turn', () => {
  let now = 0
  const forgotten: number[] = []
  const things = new Expiring<number>(
    99,
    () => now,
    (thing) => forgotten.push(thing),
  )
  for (; now < 5000; now++) things.add(now)
  expect(forgotten).toEqual(Array.from({ length: 4900 }, (_, i) => i))
})
