import { existsSync, renameSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StoreFailure } from '../../src/store/failure.ts'
import { readable } from '../discord/harness.ts'
import { FERRIES, useKeeping } from '../discord/keeping/scene.ts'

const scene = useKeeping()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
const FILE = 'topics/ferries.yaml'
const GOOD = FERRIES[FILE] ?? ''
const said = (channel: string) => moderator().messages(channel).map(readable)
const SEND = { method: 'POST', path: /^\/channels\/\d+\/messages$/ }

/** Takes the database away, and puts it back. */
const lose = () => renameSync(scene.database, `${scene.database}.away`)
const restore = () => renameSync(`${scene.database}.away`, scene.database)

/** Lines of the log since then, of warnings and worse. */
const warnings = (since: number) =>
  scene.logged
    .slice(since)
    .map((line) => JSON.parse(line) as { level: number; msg: string; err?: unknown })
    .filter(({ level }) => level >= 40)

const ask = async (question: string) =>
  readable((await member().slash('general', 'ask', { question, private: true })).message)

beforeEach(async () => {
  scene.today = '2025-09-20'
  await moderator().slash('policy', 'follow', { topic: 'ferries' })
})
afterEach(async () => {
  scene.sandbox.faults.clear()
  if (existsSync(`${scene.database}.away`)) restore()
  scene.write(FILE, GOOD)
  await vi.waitFor(() => scene.keeper.reload())
  await scene.tell()
  for (const { place } of await scene.store.listFollows()) await scene.store.leavePlace(place)
})

test('what is changed while the database is gone is served at once, and noted and told when it is back', async () => {
  const [logged, before, revisions] = [
    scene.logged.length,
    said('policy').length,
    await scene.store.listRevisions({ most: 99 }),
  ]
  lose()
  scene.write(FILE, GOOD.replace('at most 30 euros', 'at most 31 euros'))
  await vi.waitFor(async () => expect(await ask('maximum fare')).toContain('at most 31 euros'), { timeout: 10_000 })
  await scene.look()
  await scene.look()
  expect(said('policy').slice(before)).toEqual([])
  const lines = warnings(logged)
  expect(lines).toMatchObject([
    { level: 50, msg: expect.stringMatching(/^[^\n]+: The database [^\n]*DATA_DIR[^\n]*$/) },
  ])
  expect(lines[0]?.err).toBeUndefined()
  restore()
  await vi.waitFor(
    async () => {
      const noted = await scene.store.listRevisions({ most: 99 })
      expect(noted.slice(0, noted.length - revisions.length)).toMatchObject([{ changes: [{ key: 'fare-cap' }] }])
    },
    { timeout: 10_000 },
  )
  await scene.look()
  await scene.look()
  expect(said('policy').slice(before)).toEqual([expect.stringContaining('at most 31 euros')])
  expect(await scene.store.listNotices()).toEqual([])
})

test('a notice that Discord has taken is not sent again because that could not be noted', async () => {
  const before = said('policy').length
  const { dropNotice } = scene.store
  scene.store.dropNotice = () => Promise.reject(new StoreFailure('full', 'no space'))
  scene.write(FILE, GOOD.replace('at most 30 euros', 'at most 32 euros'))
  await scene.keeper.reload()
  await scene.tell()
  scene.store.dropNotice = dropNotice
  expect(said('policy').slice(before)).toHaveLength(1)
  expect(await scene.store.listNotices()).toHaveLength(1)
  // Whoever sent it again would fail, and keep it.
  scene.sandbox.faults.next({ ...SEND, times: 20 }, { kind: 'error', status: 500 })
  await scene.tell()
  expect(await scene.store.listNotices()).toEqual([])
})

test('a gap that is answered while the database is gone is closed, and whoever waits for it told, when it is back', async () => {
  const { message } = await member().slash('general', 'ask', { question: 'zebra crossing quota' })
  await member().press(message, 'Tell me when this is answered')
  const before = said('general').length
  lose()
  scene.write('questions/piers.yaml', `${FERRIES['questions/piers.yaml']}  - zebra crossing quota\n`)
  await vi.waitFor(async () => expect(await ask('zebra crossing quota')).toContain('ier 4'), { timeout: 10_000 })
  restore()
  await scene.look()
  await vi.waitFor(() => expect(member().messages('dm').map(readable).join('\n')).toContain('You wanted to know'))
  await scene.look()
  expect(
    member()
      .messages('dm')
      .map(readable)
      .join('\n')
      .match(/You wanted to know/g),
  ).toHaveLength(1)
  expect(await scene.store.listGaps()).toEqual([])
  expect(said('general').slice(before)).not.toContain('You wanted to know')
})

test('a digest that fell due while the database was gone comes when it is back, once', async () => {
  const channel = scene.sandbox.ids.channel('moderators')
  await moderator().slash('moderators', 'knowledge settings', { channel, 'digest-day': 2 })
  const digests = () => said('moderators').filter((text) => text.includes('Digest of 11 November 2025'))
  lose()
  scene.today = '2025-11-11'
  await scene.look()
  restore()
  expect(digests()).toEqual([])
  const { listComplaints } = scene.store
  scene.store.listComplaints = () => Promise.reject(new StoreFailure('locked', 'locked'))
  await scene.look()
  scene.store.listComplaints = listComplaints
  expect(digests()).toEqual([])
  await Promise.all([scene.look(), scene.look()])
  await scene.look()
  expect(digests()).toHaveLength(1)
})
