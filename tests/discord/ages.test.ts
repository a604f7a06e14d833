import { SnowflakeUtil } from 'discord.js'
import { beforeEach, expect, test } from 'vitest'
import { type Age, createAges } from '../../src/discord/ages.ts'

let time: number
let age: Age
beforeEach(() => {
  time = 0
  age = createAges(() => time)
})

/** The id of something that Discord made so many milliseconds after the beginning, by its own clock. */
const madeAt = (at: number) => String(SnowflakeUtil.generate({ timestamp: 1_750_000_000_000 + at }))
const ageAt = (at: number, made: number) => {
  time = at
  return age(madeAt(made))
}

test('what comes fastest is new, and the rest is as much older as it took longer', () => {
  expect(ageAt(1_000, 400)).toBe(0)
  expect(ageAt(2_000, 1_500)).toBe(0)
  expect(ageAt(4_000, 1_000)).toBeCloseTo(2_500, -1)
})

test('the same thing is older later on', () => {
  expect(ageAt(1_000, 900)).toBe(0)
  expect(ageAt(3_000, 900)).toBeCloseTo(2_000, -1)
})

test('ten minutes of nothing but old things do not make them new', () => {
  expect(ageAt(0, 0)).toBe(0)
  for (let at = 0; at < 600_000; at += 100) ageAt(at + 2_000, at)
  expect(ageAt(602_000, 600_000)).toBeGreaterThan(1_800)
})
