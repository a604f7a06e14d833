import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isDone } from '../../src/jobs/done.ts'
import { readable } from '../discord/harness.ts'
import { FERRIES, useKeeping } from '../discord/keeping/scene.ts'

const scene = useKeeping()
const moderator = () => scene.sandbox.as('moderator')
const FILE = 'topics/ferries.yaml'
const GOOD = FERRIES[FILE] ?? ''
let before = 0
const told = () => moderator().messages('policy').map(readable).slice(before)

async function onDay(day: string): Promise<void> {
  scene.today = day
  await scene.look()
}

async function write(text: string): Promise<void> {
  scene.write(FILE, text)
  await scene.keeper.reload()
  await scene.look()
}

const costing = (euros: number) => GOOD.replace('at most 30 euros', `at most ${euros} euros`)

beforeEach(async () => {
  scene.today = '2025-09-20'
  await write(GOOD)
  for (const { place } of await scene.store.listFollows()) await scene.store.leavePlace(place)
  before = moderator().messages('policy').length
})
afterEach(() => {
  scene.today = '2025-09-20'
})

/** Follows without an answer in the channel. */
const follow = () =>
  scene.store.follow({
    place: scene.sandbox.ids.channel('policy'),
    topic: 'ferries',
    guild: scene.sandbox.ids.guild,
    locale: 'en-US',
    since: scene.today,
    told: '{}',
  })

describe('when the clock is set back', () => {
  test('by days, what was told is neither told again nor withdrawn, and what is new comes when its day has', async () => {
    await follow()
    await onDay('2025-09-21')
    expect(told()).toEqual([expect.stringContaining('at most 30 euros')])
    // On this day nothing of it was known.
    await onDay('2025-09-17')
    await write(costing(31))
    await onDay('2025-09-20')
    await onDay('2025-09-21')
    expect(told()).toHaveLength(1)
    await onDay('2025-09-22')
    expect(told().slice(1)).toEqual([expect.stringContaining('at most 31 euros')])
    expect(told()[1]).not.toContain('New on record')
    expect(told()[1]).not.toContain('Withdrawn')
  })

  test('by an hour at midnight, nothing is told twice', async () => {
    await follow()
    for (const day of ['2025-09-21', '2025-09-20', '2025-09-21', '2025-09-20', '2025-09-21']) await onDay(day)
    expect(told()).toHaveLength(1)
  })

  test('to before a topic was followed, nothing seems to be withdrawn', async () => {
    const channel = scene.sandbox.ids.channel('policy')
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    before = moderator().messages('policy').length
    await onDay('2025-09-17')
    await onDay('2025-09-19')
    await onDay('2025-09-20')
    await onDay('2025-09-21')
    expect(told()).toEqual([])
    expect(await scene.store.listFollows(channel)).toHaveLength(1)
  })

  test('nobody is reminded again, nor as if there were more time than there is', async () => {
    scene.today = '2025-11-01'
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    before = moderator().messages('policy').length
    // The seventh day before it was missed.
    await onDay('2025-11-08')
    for (const day of ['2025-11-03', '2025-11-07', '2025-11-08', '2025-11-09', '2025-11-08', '2025-11-09'])
      await onDay(day)
    const reminders = told().flatMap((text) => text.match(/In \d days?: ends/g) ?? [])
    expect(reminders).toEqual(['In 2 days: ends', 'In 1 day: ends'])
  })

  test('by a week, a digest is not posted again, and the next one comes on its day', async () => {
    const channel = scene.sandbox.ids.channel('moderators')
    await moderator().slash('moderators', 'knowledge settings', { channel, 'digest-day': 2 })
    for (const day of ['2025-11-11', '2025-11-04', '2025-11-11', '2025-11-18']) await onDay(day)
    const digests = moderator().messages('moderators').map(readable)
    const days = digests.flatMap((text) => text.match(/(?<=Digest of )\d+ November/g) ?? [])
    expect(days).toEqual(['11 November', '18 November'])
  })

  test('no draft is forgotten, and what came last is still the newest', async () => {
    const at = (day: string) => new Date(`${day}T12:00:00Z`)
    const draft = await scene.store.addDraft({ form: {}, author: '1', at: at('2025-09-20') })
    await onDay('2025-08-01')
    expect((await scene.store.findProposal(draft.id))?.state).toBe('draft')
    for (const [question, day] of [
      ['zebra one', '2025-09-20'],
      ['zebra two', '2025-09-01'],
    ] as const) {
      await scene.store.recordGap({ question, asOf: day, at: at(day) })
    }
    expect((await scene.store.listGaps(2)).map(({ question }) => question)).toEqual(['zebra two', 'zebra one'])
  })
})

test('a day that is far ahead was a mistake of the clock’s, and keeps nothing from being done', () => {
  expect(isDone('2025-09-20', '2025-09-20')).toBe(true)
  expect(isDone('2025-09-27', '2025-09-20')).toBe(true)
  expect(isDone('2025-09-19', '2025-09-20')).toBe(false)
  expect(isDone('2035-09-20', '2025-09-20')).toBe(false)
  expect(isDone(undefined, '2025-09-20')).toBe(false)
})
