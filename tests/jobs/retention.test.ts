import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import { deleteOld } from '../../src/jobs/retention.ts'
import { useKeeping } from '../discord/keeping/scene.ts'

const scene = useKeeping()
const DAY = 24 * 3_600_000
const ME = '1100000000000000011'
const record = (question: string, at: Date) => scene.store.recordGap({ question, asOf: '2025-09-20', user: ME, at })
const complain = (note: string, at: Date) =>
  scene.store.recordComplaint({ facts: ['fare-cap'], asOf: '2025-09-20', note, user: ME, at })
const questions = async () => (await scene.store.listGaps(5_000)).map(({ question }) => question)
const tidy = () => deleteOld(scene.bot.client, scene.bot.context)
const lines = () => scene.logged.filter((line) => line.includes('old gaps and complaints'))

beforeEach(async () => {
  scene.sandbox.faults.clear()
  scene.today = '2025-09-20'
  scene.logged.length = 0
  await scene.store.deleteOf(ME)
})

test('gaps and complaints are kept for 90 days and not for longer, and how many went is logged', async () => {
  const at = new Date('2025-09-20T12:00:00Z')
  await scene.store.awaitAnswer(await record('old?', at), ME)
  await scene.store.closeComplaint(await complain('old', at), 'dismissed', () => '')
  await record('a day newer?', new Date(at.getTime() + DAY))
  scene.today = '2025-12-19'
  await tidy()
  expect((await scene.store.keptOf(ME)).complaints.count).toBe(1)
  expect(lines()).toEqual([])
  scene.today = '2025-12-20'
  await tidy()
  expect(await questions()).toEqual(['a day newer?'])
  expect(await scene.store.keptOf(ME)).toMatchObject({ waits: { count: 0 }, complaints: { count: 0 } })
  expect(lines().map((line) => JSON.parse(line))).toMatchObject([{ level: 30, gaps: 1, complaints: 1 }])
  await tidy()
  expect(lines()).toHaveLength(1)
})

test('a clock that is ahead has nothing deleted that is not old by Discord’s clock, either', async () => {
  const now = Date.now()
  await record('old by both?', new Date(now - 91 * DAY))
  await record('old by ours alone?', new Date(now - 89 * DAY))
  await complain('new', new Date(now))
  const draft = (days: number) => scene.store.addDraft({ form: {}, author: ME, at: new Date(now - days * DAY) })
  const [old, recent] = [await draft(31), await draft(29)]
  scene.today = '2225-01-01'
  await tidy()
  expect(await scene.store.findProposal(old.id)).toBeUndefined()
  expect(await scene.store.findProposal(recent.id)).toBeDefined()
  expect(await questions()).toEqual(['old by ours alone?'])
  expect((await scene.store.keptOf(ME)).complaints.count).toBe(1)
})

test('what was dated by a clock that was ahead is kept for no longer than anything else', async () => {
  await record('from the future?', new Date('2225-01-01T00:00:00Z'))
  await tidy()
  const [gap] = await scene.store.listGaps()
  const ahead = Number(gap?.at) - Date.now()
  expect(ahead).toBeGreaterThan(0.9 * DAY)
  expect(ahead).toBeLessThan(1.1 * DAY)
})

test('nothing is deleted while Discord does not tell the time, and all that is due when it does', async () => {
  await record('old?', new Date('2025-01-01T00:00:00Z'))
  scene.sandbox.faults.next({ path: /^\/gateway/, times: 50 }, { kind: 'error', status: 500 })
  await expect(tidy()).rejects.toThrow()
  expect(await questions()).toEqual(['old?'])
  scene.sandbox.faults.clear()
  await tidy()
  expect(await questions()).toEqual([])
})

test('many are deleted, and by itself when the bot starts', async () => {
  const database = new DatabaseSync(join(scene.folder, '..', 'data', 'footnote.db'))
  database.exec(`WITH RECURSIVE one (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM one WHERE number < 1100)
    INSERT INTO gap (question, as_of, at) SELECT number || '?', '2025-01-01', '2025-01-01T00:00:00.000Z' FROM one`)
  database.close()
  await scene.restart()
  await expect.poll(questions, { timeout: 10_000 }).toEqual([])
  expect(lines().map((line) => JSON.parse(line))).toMatchObject([{ gaps: 1_100, complaints: 0 }])
})
