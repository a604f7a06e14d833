import { firstDay, lastDay, type PartialDate } from '../knowledge/days.ts'

/** Writes years, months and days as a language does: `16. Dezember 2025`, `diciembre de 2025`, `2025`. */
export function dateWriter(language: string): (date: PartialDate) => string {
  const formats = {
    7: new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    10: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }),
  } as const
  return (date) => (date.length === 4 ? date : formats[date.length as 7 | 10].format(new Date(firstDay(date))))
}

/** The month or year that some days make up whole. */
export function wholeOf(from: string, until: string): PartialDate | undefined {
  return [from, from.slice(0, 7), from.slice(0, 4)].find((date) => firstDay(date) === from && lastDay(date) === until)
}
