import type { Entity, Fact } from '../../knowledge/snapshot.ts'
import { standingOf, statedPeriod } from '../../knowledge/status.ts'
import { compareEntities, type Known, type Row } from '../../overviews/comparison.ts'
import { measureInWords } from '../../words/measures.ts'
import { cutAtWord } from '../escape.ts'
import { namesOf } from '../facts.ts'
import type { Part } from '../view.ts'
import { type Entry, entryParts, factsOf, groupsOfEntries, lengthOfGroup, ROOM, TIGHT } from './entries.ts'
import { type Setting, type Sheet, sheetOf } from './overview.ts'
import { pageOf } from './paging.ts'

const MOST_NAMED = 5

/** Two entities side by side: their figures, what they say of the same points, and which facts are about them. */
export function entitiesSheet(one: Entity, other: Entity, setting: Setting): Sheet {
  const { snapshot, asOf, words } = setting
  const { overview } = words
  const { figures, points, both, only } = compareEntities(one, other, snapshot, asOf)
  const groups = groupsOfEntries([
    ...figures.map((row) => entriesOf(row, [one, other], overview.figures)),
    ...points.map((row) => entriesOf(row, [one, other], overview.onSamePoint)),
  ])
  const { items, before: _, ...pages } = pageOf(groups, setting.page, lengthOfGroup, { ...ROOM, characters: 1_500 })
  const entries = items.flat()
  const missing = figures.flatMap(({ title, sides }) =>
    [one, other].flatMap(({ name }, side) =>
      sides[side]?.length === 0 ? [`${name}, ${title}: ${overview.nothingSaid}`] : [],
    ),
  )
  const lists: Part[] = [
    ...listPart(overview.factsOnBoth, both),
    ...listPart(overview.factsOnOne(one.name), only[0]),
    ...listPart(overview.factsOnOne(other.name), only[1]),
    ...(missing.length > 0 ? [{ kind: 'note', text: missing.join('. ') } as const] : []),
  ]
  const parts = (most: number): Part[] => [
    ...(entries.length > 0 ? entryParts(entries, setting, most) : [{ kind: 'note', text: words.asOf(asOf) } as const]),
    ...(lists.length + entries.length === 0 ? [{ kind: 'line', text: overview.nothingSaid } as const] : []),
    // They are of the whole, not of a page, and go first where room is short.
    ...(pages.page === 1 && most > TIGHT && lists.length > 0 ? [{ kind: 'break' } as const, ...lists] : []),
  ]
  const facts = [...new Set([...factsOf(entries), ...both, ...only.flat()])]
  return sheetOf(pages, setting, overview.comparison(one.name, other.name), parts, facts)
}

/** Two facts side by side, and in what they differ. */
export function factsSheet(one: Fact, other: Fact, setting: Setting): Sheet {
  const { snapshot, asOf, words } = setting
  const { overview, card } = words
  const known = [one, other].map((fact): Known => ({ fact, standing: standingOf(snapshot, fact, asOf) }))
  const entries = known.map((entry): Entry => ({ ...entry, quoted: true }))
  const lines = [
    ['kind', (fact: Fact) => words.kinds[fact.kind]],
    ['period', (fact: Fact) => words.period(statedPeriod(fact))],
    ['figure', (fact: Fact) => (fact.measure ? measureInWords(fact.measure, words) : '')],
    ['speaker', (fact: Fact) => (fact.speaker === undefined ? '' : (snapshot.entities.get(fact.speaker)?.name ?? ''))],
  ] as const
  const differences = lines.flatMap(([name, of]) => {
    const [left, right] = [of(one), of(other)]
    return left === right ? [] : [`${card.names[name]}: ${left || '–'} / ${right || '–'}`]
  })
  const parts = (most: number): Part[] => [
    ...entryParts(entries, setting, most),
    differences.length > 0
      ? { kind: 'list', title: overview.differ, items: differences }
      : { kind: 'note', text: overview.sameKind },
  ]
  const [left = '', right = ''] = namesOf([one, other])
  return sheetOf({ page: 1, pages: 1 }, setting, overview.comparison(left, right), parts, [one, other])
}

function entriesOf({ title, sides }: Row, entities: readonly [Entity, Entity], what: string): Entry[] {
  const heading = (side: number, index: number) =>
    index > 0
      ? {}
      : {
          heading: `${side === 0 ? `${[what, title].filter(Boolean).join(', ')} – ` : ''}${entities[side]?.name}`,
        }
  return sides.flatMap((side, at) => side.map((known, index) => ({ ...known, quoted: true, ...heading(at, index) })))
}

function listPart(title: string, facts: readonly Fact[]): Part[] {
  if (facts.length === 0) return []
  const more = facts.length > MOST_NAMED ? ['…'] : []
  return [
    {
      kind: 'list',
      title: `${title} (${facts.length})`,
      items: [...namesOf(facts.slice(0, MOST_NAMED)).map((name) => cutAtWord(name, 90)), ...more],
    },
  ]
}
