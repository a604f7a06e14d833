import { beforeEach, describe, expect, test } from 'vitest'
import type { NewNotice, Notice } from '../../src/store/notices.ts'
import type { Store } from '../../src/store/store.ts'
import { ENGINES, type Place, usePlaces } from './engines.ts'

const at = new Date('2025-09-20T10:00:00Z')
const gap = { question: 'Why?', asOf: '2025-09-20', at }
const LONG = 600_000

const newPlace = usePlaces()

describe.each(ENGINES)('on $engine', ({ engine }) => {
  let place: Place
  let stores: Store[]
  let store: Store
  beforeEach(async () => {
    place = await newPlace(engine)
    stores = await Promise.all([place.openStore(), place.openStore(), place.openStore()])
    store = stores[0] as Store
  })
  const noteTo = (to: string, body = to) => store.addNotice({ kind: 'digest', place: to, body } satisfies NewNotice)
  /** What all stores claim together, until there is nothing left for any. */
  async function claimAll(milliseconds = LONG): Promise<Notice[]> {
    const claimed: Notice[] = []
    await Promise.all(
      stores.map(async (one) => {
        for (let notice = await one.claimNotice(milliseconds); notice; notice = await one.claimNotice(milliseconds)) {
          claimed.push(notice)
          await one.dropNotice(notice.id)
        }
      }),
    )
    return claimed
  }

  test('each notice is claimed by one of several processes', async () => {
    for (let i = 0; i < 30; i += 1) await noteTo(String(i))
    const claimed = await Promise.all(Array.from({ length: 40 }, (_, i) => stores[i % 3]?.claimNotice(LONG)))
    const ids = claimed.flatMap((notice) => notice?.id ?? [])
    expect(ids.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    expect(await store.claimNotice(LONG)).toBeUndefined()
    expect(await store.listNotices()).toHaveLength(30)
  })

  test('those for one place come one after the other, in order, whoever sends them', async () => {
    for (let i = 0; i < 24; i += 1) await noteTo(String(i % 3), String(i))
    expect(await store.claimNotice(LONG)).toMatchObject({ body: '0' })
    expect(await store.claimNotice(LONG)).toMatchObject({ body: '1' })
    expect(await store.claimNotice(LONG)).toMatchObject({ body: '2' })
    expect(await store.claimNotice(LONG)).toBeUndefined()
    for (const { id } of (await store.listNotices()).slice(0, 3)) await store.dropNotice(id)
    const claimed = await claimAll()
    for (const one of ['0', '1', '2']) {
      const bodies = claimed.filter(({ place: to }) => to === one).map(({ body }) => Number(body))
      expect(bodies).toEqual(Array.from({ length: 7 }, (_, i) => 3 + Number(one) + 3 * i))
    }
  })

  test('what somebody claimed and never sent is anybody’s again after a while', async () => {
    await noteTo('1')
    const [claimed] = [await store.claimNotice(100)]
    expect(claimed).toMatchObject({ place: '1' })
    await expect.poll(() => stores[1]?.claimNotice(LONG), { timeout: 5_000 }).toMatchObject({ id: claimed?.id })
  })

  test('what could not be sent is tried again after all others, and keeps none of them back for ever', async () => {
    for (const to of ['1', '2']) await noteTo(to)
    const first = await store.claimNotice(LONG)
    await store.putOffNotice(first?.id ?? 0, 0)
    expect(await store.claimNotice(LONG)).toMatchObject({ place: '2' })
    expect(await store.claimNotice(LONG)).toMatchObject({ place: '1' })
    await store.putOffNotice(first?.id ?? 0, LONG)
    expect(await store.claimNotice(LONG)).toBeUndefined()
  })

  test('what is put off keeps nothing back of its place until it is due again, what is being sent does', async () => {
    for (const body of ['a', 'b', 'c']) await noteTo('1', body)
    const first = await store.claimNotice(LONG)
    await store.putOffNotice(first?.id ?? 0, LONG)
    const second = await store.claimNotice(LONG)
    expect([first?.body, second?.body]).toEqual(['a', 'b'])
    expect(await store.claimNotice(LONG)).toBeUndefined()
    await store.putOffNotice(first?.id ?? 0, 0)
    expect(await store.claimNotice(LONG)).toMatchObject({ body: 'a' })
    // As it is being sent once more, it keeps back what comes after it.
    await store.dropNotice(second?.id ?? 0)
    expect(await store.claimNotice(LONG)).toBeUndefined()
    await store.dropNotice(first?.id ?? 0)
    expect(await store.claimNotice(LONG)).toMatchObject({ body: 'c' })
  })

  test('closing a gap and noting who is told of it are one: by one of several who do so at once', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => store.recordGap(gap)))
    for (const id of ids) for (const user of ['7', '8']) await store.awaitAnswer(id, user)
    const closed = await Promise.all(stores.map((one) => one.closeGaps(ids, 'answered')))
    expect(closed.reduce((sum, count) => sum + count)).toBe(10)
    const notices = await store.listNotices()
    expect(notices).toHaveLength(20)
    expect(notices[0]).toMatchObject({
      kind: 'gap',
      place: '7',
      user: '7',
      body: `{"gap":${ids[0]},"question":"Why?"}`,
    })
    await store.reopenGap(ids[0] ?? 0, '7')
    expect(await store.listGaps()).toMatchObject([{ id: ids[0] }])
    expect(await store.awaitAnswer(ids[0] ?? 0, '7')).toBe(false)
    expect(await store.closeGaps([ids[0] ?? 0], 'dismissed')).toBe(1)
    expect(await store.listNotices()).toHaveLength(20)
  })

  test('news and reminders that several processes find at once are noted once', async () => {
    const follow = { place: '5', topic: 'b', user: '9', locale: 'de', since: '2025-09-20', told: '{}' }
    await store.follow(follow)
    const reminders = [{ fact: 'x', date: '2025-10-01', stage: 7 }]
    await Promise.all(
      stores.flatMap((one) => [
        one.noteNews('5', 'b', '{"a":1}', '2025-09-21', 'news'),
        one.noteReminders('5', 'b', reminders, () => 'reminder'),
      ]),
    )
    const notices = await store.listNotices()
    expect(notices.map(({ body }) => body).toSorted()).toEqual(['news', 'reminder'])
    expect(notices[0]).toMatchObject({ kind: 'follow', place: '5', topic: 'b', user: '9', locale: 'de' })
    await stores[1]?.unfollow('5', 'b')
    expect(await store.listNotices()).toEqual([])
  })

  test('that reminders have been noted is seen while somebody else is alone', async () => {
    await store.follow({ place: '5', topic: 'b', locale: 'de', since: '2025-09-20', told: '{}' })
    const remind = (...stages: number[]) => {
      const reminders = stages.map((stage) => ({ fact: `x${stage}`, date: '2025-10-01', stage }))
      return store.noteReminders('5', 'b', reminders, (fresh) => JSON.stringify(fresh))
    }
    await remind(7)
    await stores[1]?.atOnce(() => remind(7))
    await remind(7, 3)
    expect((await store.listNotices()).map(({ body }) => body)).toEqual(['[0]', '[1]'])
  })

  test('what is done once a day is done by one of several who find that it is due', async () => {
    const post = (one: Store) =>
      one.atOnce(async (alone) => {
        if ((await alone.readSettings('1')).get('last') === '2025-09-20') return
        await alone.writeSetting('1', 'last', '2025-09-20')
        await alone.addNotice({ kind: 'digest', place: '4', body: '{}' })
      })
    await Promise.all([...stores, ...stores].map(post))
    expect(await store.listNotices()).toHaveLength(1)
  })
})
