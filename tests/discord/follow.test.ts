import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isPrivate, readable } from './harness.ts'
import { FERRIES, useKeeping } from './keeping/scene.ts'

const scene = useKeeping()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
const FILE = 'topics/ferries.yaml'
const GOOD = FERRIES[FILE] ?? ''

/** What the bot has said where topics are followed, without its private answers to commands. */
const said = (channel: string) =>
  moderator()
    .messages(channel)
    .filter((message) => message.author.bot && !isPrivate(message))
const news = (channel: string) => said(channel).map(readable)
const inDms = () =>
  member()
    .messages('dm')
    .filter((message) => message.author.bot && !isPrivate(message))
    .map(readable)

/** Changes the file, and waits until the bot has taken it up and told what it had to tell. */
async function write(text: string): Promise<void> {
  scene.write(FILE, text)
  await scene.keeper.reload()
  await scene.tell()
}

async function onDay(day: string): Promise<void> {
  scene.today = day
  await scene.tell()
}

beforeEach(async () => {
  scene.today = '2025-09-20'
  await write(GOOD)
  for (const { place } of await scene.store.listFollows()) await scene.store.leavePlace(place)
})
afterEach(() => scene.sandbox.faults.clear())

describe('/follow', () => {
  test('is for direct messages, and for channels of somebody who may manage them', async () => {
    const refused = await member().slash('policy', 'follow', { topic: 'ferries' })
    expect(readable(refused.message)).toContain('Manage Channels')
    const dm = await member().slash('dm', 'follow', { topic: 'ferries' })
    expect(readable(dm.message)).toContain('I will tell you here when a fact of “Ferries”')
    const channel = await moderator().slash('policy', 'follow', { topic: 'Ferries' })
    expect(isPrivate(channel.message)).toBe(true)
    expect(readable((await moderator().slash('policy', 'follow', { topic: 'ferries' })).message)).toContain('already')
    expect(readable((await moderator().slash('policy', 'following')).message)).toContain('Ferries')
    expect(readable((await moderator().slash('general', 'following')).message)).toContain('Nothing is followed here')
    expect(readable((await moderator().slash('policy', 'follow', { topic: 'nothing' })).message)).toContain(
      'no such topic',
    )
  })

  test('ends with /unfollow, which offers what is followed', async () => {
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    const offered = await moderator().autocomplete('policy', 'unfollow', { topic: '' }, 'topic')
    expect(offered.map(({ value }) => value)).toEqual(['ferries'])
    const refused = await member().slash('policy', 'unfollow', { topic: 'ferries' })
    expect(readable(refused.message)).toContain('Manage Channels')
    const ended = await moderator().slash('policy', 'unfollow', { topic: 'ferries' })
    expect(readable(ended.message)).toContain('no longer followed')
    expect(readable((await moderator().slash('policy', 'unfollow', { topic: 'ferries' })).message)).toContain(
      'not followed',
    )
    const before = said('policy').length
    await write(GOOD.replace('at most 30 euros', 'at most 33 euros'))
    expect(said('policy')).toHaveLength(before)
  })
})

const BIKE = `  - id: bike
    statement: A bicycle travels free of charge.
    kind: rule
    citations: [{ source: report }]
    verified: 2025-09-19
`
/** One fact changed, one withdrawn, one added. */
const CHANGED = GOOD.replace('at most 30 euros', 'at most 33 euros')
  .replace(/ {2}- id: old-fare[\s\S]*?(?= {2}- id: wish)/, '')
  .replace('    supersedes: [old-fare]\n', '')
  .concat(BIKE)

describe('followers', () => {
  test('are told once what was added, changed and withdrawn, in the channel and in direct messages', async () => {
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    await member().slash('dm', 'follow', { topic: 'ferries' })
    const [before, dms] = [news('policy').length, inDms().length]
    await write(CHANGED)
    const [told, ...more] = news('policy').slice(before)
    expect(more).toEqual([])
    expect(told).toMatch(/^\*\*News on “Ferries”\*\*\n\*\*Changed\*\*\nA crossing costs at most 33 euros/)
    expect(told).toMatch(/\*\*New on record\*\*\nA bicycle travels free of charge\. \\\[3\\\]/)
    expect(told).toMatch(/Withdrawn:\n-# • A crossing cost 20 euros\.[\s\S]*\/unfollow$/)
    expect(inDms().slice(dms)).toEqual([told])
    await scene.tell()
    await scene.restart()
    await scene.tell()
    expect(news('policy').slice(before)).toHaveLength(1)
    expect(inDms().slice(dms)).toHaveLength(1)
  })

  test('get one message a day; what came later on the same day comes on the next one', async () => {
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    const before = news('policy').length
    await write(GOOD.replace('at most 30 euros', 'at most 31 euros'))
    await write(GOOD.replace('at most 30 euros', 'at most 32 euros'))
    expect(news('policy').slice(before)).toHaveLength(1)
    await onDay('2025-09-21')
    expect(news('policy').slice(before)).toHaveLength(2)
    expect(news('policy').at(-1)).toContain('at most 32 euros')
    await onDay('2025-09-22')
    expect(news('policy').slice(before)).toHaveLength(2)
  })

  test('hear nothing of what was taken back before they were told', async () => {
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    await write(GOOD.replace('at most 30 euros', 'at most 31 euros'))
    const before = news('policy').length
    await write(GOOD.replace('at most 30 euros', 'at most 32 euros'))
    await write(GOOD.replace('at most 30 euros', 'at most 31 euros'))
    await onDay('2025-09-21')
    expect(news('policy').slice(before)).toEqual([])
  })

  test('are reminded 7, 3 and 1 days before, once each, also when a day was missed or the bot was away', async () => {
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    const before = news('policy').length
    const count = () => news('policy').length - before
    await onDay('2025-11-02')
    expect(count()).toBe(0)
    await onDay('2025-11-03')
    await scene.tell()
    expect(count()).toBe(1)
    expect(news('policy').at(-1)).toMatch(
      /^\*\*Coming up on “Ferries”\*\*\n\*\*In 7 days: ends on 10 November 2025\*\*\nA crossing costs/,
    )
    await scene.restart()
    await onDay('2025-11-05')
    expect(count()).toBe(1)
    // The seventh of November was missed.
    await onDay('2025-11-08')
    expect(count()).toBe(2)
    expect(news('policy').at(-1)).toContain('In 2 days: ends on 10 November 2025')
    await onDay('2025-11-09')
    await onDay('2025-11-10')
    await onDay('2025-11-11')
    expect(count()).toBe(3)
    expect(news('policy').at(-1)).toContain('In 1 day: ends')
  })
})

describe('when Discord fails', () => {
  const SEND = { method: 'POST', path: /^\/channels\/\d+\/messages$/ }

  test('a message that was sent, though the answer was lost, is there once', async () => {
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    const before = news('policy').length
    scene.sandbox.faults.next(SEND, { kind: 'lose', status: 502 })
    await write(CHANGED)
    expect(news('policy').slice(before)).toHaveLength(1)
    expect(await scene.store.listNotices()).toEqual([])
  })

  test('what could not be sent is sent later, also after a restart', async () => {
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    const before = news('policy').length
    scene.sandbox.faults.next({ ...SEND, times: 20 }, { kind: 'error', status: 500 })
    await write(CHANGED)
    expect(news('policy').slice(before)).toEqual([])
    expect(await scene.store.listNotices()).toHaveLength(1)
    scene.sandbox.faults.clear()
    await scene.restart()
    await scene.tell()
    expect(news('policy').slice(before)).toHaveLength(1)
    expect(await scene.store.listNotices()).toEqual([])
  })

  test('whoever may not be written to is not tried for ever, and a channel that is gone is left', async () => {
    const { ids } = scene.sandbox
    const follow = { topic: 'ferries', locale: 'en-US', since: '2025-09-20', told: '{}' }
    await scene.store.follow({ ...follow, place: '1111111111111111111', guild: ids.guild })
    await scene.tell()
    expect(await scene.store.listFollows()).toEqual([])
    expect(await scene.store.listNotices()).toEqual([])
  })
})
