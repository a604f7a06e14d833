import type { Entity } from '../../knowledge/snapshot.ts'
import { positionsOf, type Said, type Whose } from '../../overviews/positions.ts'
import type { Words } from '../../words/languages.ts'
import { tellingOf } from '../status-words.ts'
import { type Entry, entryParts, factsOf, groupsOfEntries, lengthOfGroup, ROOM, withoutRepeated } from './entries.ts'
import { emptySheet, type Setting, type Sheet, sheetOf } from './overview.ts'
import { pageOf } from './paging.ts'

/** Who says what: contested points side by side, then everybody by body and speaker. */
export function positionsSheet(whose: Whose, setting: Setting): Sheet {
  const { snapshot, asOf, words } = setting
  const { overview } = words
  const { contests, benches } = positionsOf(snapshot, asOf, whose)
  const what =
    (whose.topic !== undefined && snapshot.topics.get(whose.topic)?.title) ||
    (whose.who !== undefined && snapshot.entities.get(whose.who)?.name) ||
    overview.everything
  const title = overview.positions(what)
  const entryOf = (said: Said, heading: string): Entry => ({
    ...said,
    heading,
    note: noteOf(said, setting),
    quoted: true,
  })
  const groups = groupsOfEntries([
    ...contests.map(({ one, others }) =>
      [one, ...others].map((said, index) =>
        entryOf(said, [...(index === 0 ? [overview.contested] : []), said.speaker.name].join(': ')),
      ),
    ),
    ...benches.flatMap(({ body, voices }) =>
      voices.flatMap(({ speaker, said }) => said.map((one) => [entryOf(one, nameOf(speaker, body))])),
    ),
  ])
  if (groups.length === 0) return emptySheet(setting, title, overview.noPositions)
  const { items, before: _, ...pages } = pageOf(groups, setting.page, lengthOfGroup, ROOM)
  const entries = withoutRepeated(items.flat())
  return sheetOf(pages, setting, title, (most) => entryParts(entries, setting, most), factsOf(entries))
}

function nameOf(speaker: Entity, body: Entity | undefined): string {
  return body === undefined || body.id === speaker.id ? speaker.name : `${speaker.name} (${body.name})`
}

function noteOf({ fact }: Said, { snapshot, words }: { snapshot: Setting['snapshot']; words: Words }): string {
  const { told, isReported } = tellingOf(fact, snapshot)
  return words.overview.told(fact.kind, told, isReported)
}
