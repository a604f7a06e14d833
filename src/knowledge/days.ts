import { addMilliseconds } from 'date-fns/addMilliseconds'
import { millisecondsInDay } from 'date-fns/constants'

/** A calendar day, `YYYY-MM-DD`, in no time zone. Days compare as strings. */
export type Day = string

/** A day, a month or a year: `2025-04-15`, `2025-04` or `2025`. */
export type PartialDate = string

const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** Whether the text is a year, month or day that exists: 2025-02-30 does not. */
export function isPartialDate(text: string): boolean {
  const [, year, month = '01', day = '01'] = PARTIAL_DATE.exec(text) ?? []
  if (!year) return false
  // Date rolls impossible days over into the next month, so a day that comes back changed does not exist.
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === `${year}-${month}-${day}`
}

/** Whether the text is a whole day that exists. */
export function isDay(text: string): boolean {
  return text.length === 10 && isPartialDate(text)
}

/** The first day of a year, month or day. */
export function firstDay(date: PartialDate): Day {
  return date + '-01-01'.slice(date.length - 4)
}

/** The last day of a year, month or day. */
export function lastDay(date: PartialDate): Day {
  if (date.length === 4) return `${date}-12-31`
  if (date.length === 10) return date
  return ['31', '30', '29'].map((day) => `${date}-${day}`).find(isDay) ?? `${date}-28`
}

/** The day that lies so many days after this one (before, when negative). */
export function shiftDay(day: Day, days: number): Day {
  // In UTC every day has 24 hours and none is missing; local time zones have skipped whole days.
  return addMilliseconds(new Date(day), days * millisecondsInDay)
    .toISOString()
    .slice(0, 10)
}

/** Whole days from one day to a later one; negative when it is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / millisecondsInDay
}

/** The calendar day that a moment falls on in a time zone (an IANA name such as `Europe/Berlin`). */
export function dayIn(timeZone: string, moment: Date): Day {
  const known = writers.get(timeZone)
  // en-CA writes dates as YYYY-MM-DD.
  const writer =
    known ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  writers.set(timeZone, writer)
  return writer.format(moment)
}

// To make one takes far longer than to write a day with it.
const writers = new Map<string, Intl.DateTimeFormat>()

/** The number of a month, from its English name or the first three letters or more of it. */
export function monthNumber(name: string): number | undefined {
  const wanted = name.toLowerCase()
  const index = wanted.length < 3 ? -1 : MONTHS.findIndex((month) => month.toLowerCase().startsWith(wanted))
  return index === -1 ? undefined : index + 1
}

/** For people: `April 2025`, `1 to 14 April 2025` as `1 April 2025 to 14 April 2025`, `up to …`, `from … on`. */
export function daysInWords({ from, until }: { from?: Day; until?: Day }): string {
  if (from === undefined) return `up to ${dateInWords(until ?? '')}`
  if (until === undefined) return `from ${dateInWords(from)} on`
  const whole = [from, from.slice(0, 7), from.slice(0, 4)].find(
    (date) => firstDay(date) === from && lastDay(date) === until,
  )
  return whole === undefined ? `${dateInWords(from)} to ${dateInWords(until)}` : dateInWords(whole)
}

/** For people: `16 December 2025`, `April 2025` or `2025`. Text, because Discord's timestamps would shift the day. */
export function dateInWords(date: PartialDate): string {
  const [year, month, day] = date.split('-')
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ')
}
