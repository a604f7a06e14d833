import { type Ahead, aheadOf } from '../../overviews/timeline.ts'
import { entryParts, factsOf, lengthOf, ROOM, withoutRepeated } from './entries.ts'
import { emptySheet, type Setting, type Sheet, sheetOf } from './overview.ts'
import { pageOf } from './paging.ts'

/** Deadlines, ends and plans within so many days, the nearest first, with the days that are left. */
export function upcomingSheet(days: number, setting: Setting): Sheet {
  const { snapshot, asOf, words } = setting
  const { overview } = words
  const title = overview.upcoming(days, asOf)
  const all = aheadOf(snapshot, asOf)
  const near = all.filter((one) => one.days <= days)
  if (near.length === 0) return emptySheet(setting, title, overview.nothingUpcoming(all[0]?.date))
  const left = ({ days: away, date, isUnderWay }: Ahead) =>
    isUnderWay ? overview.daysWithin(away) : overview.daysLeft(away, date.length === 10)
  const heading = (one: Ahead) => `${left(one)}: ${overview[one.what](one.date)}`
  const entries = near.map((one) => ({ fact: one.fact, standing: one.standing, heading: heading(one) }))
  const { items, before: _, ...pages } = pageOf(entries, setting.page, lengthOf, ROOM)
  const parts = (most: number) => entryParts(withoutRepeated(items), setting, most)
  return sheetOf(pages, setting, title, parts, factsOf(items))
}
