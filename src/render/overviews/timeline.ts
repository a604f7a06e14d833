import { statedPeriod } from '../../knowledge/status.ts'
import type { Section } from '../../overviews/timeline.ts'
import { timelineOf, undatedOf } from '../../overviews/timeline.ts'
import { timelinePicture } from '../../pictures/timeline-picture.ts'
import type { Part } from '../view.ts'
import { entryParts, lengthOf, ROOM } from './entries.ts'
import { emptySheet, type Setting, type Sheet, sheetOf } from './overview.ts'
import { pageOf } from './paging.ts'

/** So that a picture is hardly higher than wide: Discord makes high ones small. */
const MOST_ROWS = 5

/** What happened, holds, ends and is planned, in order: as text with citations, and as a picture. */
export function timelineSheet(section: Section, setting: Setting): Sheet {
  const { snapshot, asOf, words } = setting
  const { overview } = words
  const topic = section.topic === undefined ? undefined : snapshot.topics.get(section.topic)
  const title = overview.timeline(topic?.title ?? overview.everything)
  const dated = timelineOf(snapshot, asOf, section)
  if (dated.length === 0) return emptySheet(setting, title, overview.nothingDated)
  const { items, before, ...pages } = pageOf(dated, setting.page, lengthOf, { ...ROOM, items: MOST_ROWS })
  const left = pages.page === pages.pages ? undatedOf(snapshot, asOf, section.topic).length : 0
  const entries = items.map((one, index) => ({ ...one, number: before + index + 1 }))
  const parts = (most: number): Part[] => [
    ...entryParts(entries, setting, most),
    ...(left > 0 ? [{ kind: 'note', text: overview.undated(left) } as const] : []),
  ]
  const marks = entries.map(
    ({ number, fact, standing }) =>
      `${number}: ${[words.period(statedPeriod(fact)), overview.statuses[standing.status]].filter(Boolean).join(', ')}`,
  )
  const picture = {
    name: 'timeline.png',
    description: `${title}. ${words.asOf(asOf)}. ${overview.inText} ${marks.join('; ')}`,
    // Words inside pictures are English, in whatever language the text is.
    spec: () => timelinePicture(items, before + 1, topic?.title ?? 'All topics', asOf),
  }
  return sheetOf(
    pages,
    setting,
    title,
    parts,
    items.map(({ fact }) => fact),
    picture,
  )
}
