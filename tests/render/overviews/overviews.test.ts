import { expect, test } from 'vitest'
import type { Snapshot } from '../../../src/knowledge/snapshot.ts'
import { measuresOf } from '../../../src/overviews/figures.ts'
import { svgOf } from '../../../src/pictures/svg.ts'
import { renderFirstFitting } from '../../../src/render/message.ts'
import { chartSheet } from '../../../src/render/overviews/chart.ts'
import { entitiesSheet, factsSheet } from '../../../src/render/overviews/comparison.ts'
import type { Setting, Sheet } from '../../../src/render/overviews/overview.ts'
import { pageOf } from '../../../src/render/overviews/paging.ts'
import { positionsSheet } from '../../../src/render/overviews/positions.ts'
import { timelineSheet } from '../../../src/render/overviews/timeline.ts'
import { upcomingSheet } from '../../../src/render/overviews/upcoming.ts'
import { en } from '../../../src/words/en.ts'
import { expectFit } from '../fit.ts'
import { anyDay, anySnapshot, fc } from '../property.ts'

/** Every overview that a knowledge has. */
function* sheetsOf(snapshot: Snapshot, asOf: string, page = 1): Generator<Sheet> {
  const setting: Setting = { snapshot, asOf, words: en, page }
  const [city, mayor] = [...snapshot.entities.values()]
  const [first, second = first] = [...snapshot.facts.values()]
  yield timelineSheet({}, setting)
  yield positionsSheet({}, setting)
  yield upcomingSheet(3_650, setting)
  for (const measure of measuresOf(snapshot)) yield chartSheet(measure, setting)
  if (city && mayor) yield entitiesSheet(city, mayor, setting)
  if (first && second) yield factsSheet(first, second, setting)
}

test('no page of an overview of any knowledge breaks a limit of Discord or pings anybody', () => {
  fc.assert(
    fc.property(anySnapshot, anyDay, (snapshot, day) => {
      for (const [index, first] of [...sheetsOf(snapshot, day)].entries()) {
        for (let page = 1; page <= first.pages; page++) {
          const sheet = [...sheetsOf(snapshot, day, page)][index]
          if (sheet) expectFit(renderFirstFitting(sheet.views))
          expect(sheet?.picture?.description.length ?? 0).toBeLessThanOrEqual(1024)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('whatever the knowledge, its pictures can be drawn', async () => {
  await fc.assert(
    fc.asyncProperty(anySnapshot, anyDay, async (snapshot, day) => {
      for (const { picture } of sheetsOf(snapshot, day)) {
        if (picture) expect(await svgOf(picture.spec())).toMatch(/^<svg [\s\S]*<\/svg>$/)
      }
    }),
    { numRuns: 15 },
  )
})

test('the pages of a list have every item once, in order, and no more than fits', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500)), fc.integer({ min: -3, max: 40 }), (lengths, asked) => {
      const items = lengths.map((length, index) => ({ length, index }))
      const turn = (page: number) => pageOf(items, page, ({ length }) => length, { items: 5, characters: 1_000 })
      const { pages } = turn(1)
      const all = Array.from({ length: pages }, (_, at) => turn(at + 1))
      expect(all.flatMap((one) => one.items)).toEqual(items)
      expect(all.map(({ before, items: own }) => (own[0]?.index ?? 0) === before)).not.toContain(false)
      expect(turn(asked).page).toBe(Math.min(Math.max(asked, 1), pages))
    }),
  )
})
