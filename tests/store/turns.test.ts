import { beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { ENGINES, type Place, usePlaces } from './engines.ts'

const LONG = 600_000

const newPlace = usePlaces()

describe.each(ENGINES)('on $engine', ({ engine }) => {
  let place: Place
  let stores: Store[]
  beforeEach(async () => {
    place = await newPlace(engine)
    stores = await Promise.all([place.openStore(), place.openStore(), place.openStore()])
  })
  const takeAll = (name: string, milliseconds: number) =>
    Promise.all([...stores, ...stores].map((store) => store.takeTurn(name, milliseconds)))

  test('a turn is taken by one of several processes, and the others are told how long it is taken for', async () => {
    const [first, ...others] = (await takeAll('a', LONG)).toSorted((one, other) => one - other)
    expect(first).toBe(0)
    for (const left of others) {
      expect(left).toBeGreaterThan(LONG / 2)
      expect(left).toBeLessThanOrEqual(LONG)
    }
    expect(await stores[0]?.takeTurn('b', LONG)).toBe(0)
  })

  test('after that, one of them has it again', async () => {
    await takeAll('a', 200)
    let taken: number[] = []
    await expect
      .poll(
        async () => {
          taken = await takeAll('a', LONG)
          return taken
        },
        { timeout: 10_000 },
      )
      .toContain(0)
    expect(taken.filter((left) => left === 0)).toHaveLength(1)
  })

  test('a clock that is set back holds nobody up', async () => {
    await stores[0]?.takeTurn('a', 5_000)
    const sql = await place.openSql()
    await sql.run(`UPDATE turn SET free_from = ${sql.clock} + 3600000`)
    expect(await stores[1]?.takeTurn('a', 5_000)).toBe(0)
    expect(await stores[0]?.takeTurn('a', 5_000)).toBeGreaterThan(0)
  })
})
