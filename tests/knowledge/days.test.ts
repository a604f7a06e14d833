import { afterAll, describe, expect, test } from 'vitest'
import {
  dateInWords,
  dayIn,
  daysBetween,
  daysInWords,
  firstDay,
  isDay,
  isPartialDate,
  lastDay,
  shiftDay,
} from '../../src/knowledge/days.ts'

const before = process.env.TZ
afterAll(() => {
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
})

// Apia has no 30 December 2011: the island moved over the date line.
describe.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Apia', 'America/Sao_Paulo'])(
  'in %s',
  (zone) => {
    test('days are days', () => {
      process.env.TZ = zone
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
      expect(shiftDay('2011-12-29', 1)).toBe('2011-12-30')
      expect(shiftDay('2025-09-19', 90)).toBe('2025-12-18')
      expect(shiftDay('2024-03-01', -1)).toBe('2024-02-29')
      expect(shiftDay('0079-10-24', 1)).toBe('0079-10-25')
      expect(daysBetween('2011-12-29', '2012-01-01')).toBe(3)
      expect(daysBetween('2025-11-01', '2025-03-01')).toBe(-245)
      expect(lastDay('1994-12')).toBe('1994-12-31')
      expect(isDay('2011-12-30')).toBe(true)
    })
  },
)

test.each(['2025', '2025-04', '2025-04-15', '2024-02-29', '0079'])('%s exists', (date) => {
  expect(isPartialDate(date)).toBe(true)
})

test.each(['2025-02-30', '2025-02-29', '2025-13', '2025-00', '2025-4-1', '25', '2025-04-15T00:00', ' 2025', ''])(
  '"%s" does not',
  (date) => {
    expect(isPartialDate(date)).toBe(false)
  },
)

test('only a whole day is a day', () => {
  expect(['2025', '2025-04', '2025-04-15', '2025-04-31'].map(isDay)).toEqual([false, false, true, false])
})

test('a partial date has a first and a last day', () => {
  expect(['2025', '2025-04', '2025-04-15'].map(firstDay)).toEqual(['2025-01-01', '2025-04-01', '2025-04-15'])
  expect(['2025', '2025-04', '2025-04-15'].map(lastDay)).toEqual(['2025-12-31', '2025-04-30', '2025-04-15'])
  expect(['2024-02', '2025-02', '2025-01'].map(lastDay)).toEqual(['2024-02-29', '2025-02-28', '2025-01-31'])
})

test('a moment falls on different days in different places', () => {
  const moment = new Date('2025-09-19T23:30:00Z')
  const days = ['UTC', 'Asia/Shanghai', 'America/New_York'].map((zone) => dayIn(zone, moment))
  expect(days).toEqual(['2025-09-19', '2025-09-20', '2025-09-19'])
})

test('dates in words', () => {
  expect(['2025-12-06', '2025-04', '2025'].map(dateInWords)).toEqual(['6 December 2025', 'April 2025', '2025'])
})

describe('days in words', () => {
  test.each([
    ['2025-04-01', '2025-04-30', 'April 2025'],
    ['2025-01-01', '2025-12-31', '2025'],
    ['2025-04-15', '2025-04-15', '15 April 2025'],
    ['2025-04-15', '2025-05-02', '15 April 2025 to 2 May 2025'],
    [undefined, '2025-05-02', 'up to 2 May 2025'],
    ['2025-04-15', undefined, 'from 15 April 2025 on'],
  ])('%s, %s: %s', (from, until, words) => {
    expect(daysInWords({ ...(from && { from }), ...(until && { until }) })).toBe(words)
  })
})
