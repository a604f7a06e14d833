import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openDatabase } from '../../src/store/sqlite-file.ts'
import { openStore, type Store } from '../../src/store/store.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-privacy-'))
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const ME = '1100000000000000011'
const OTHER = '1100000000000000012'
const at = new Date('2025-09-20T10:00:00Z')
const day = (days: number) => new Date(at.getTime() + days * 86_400_000)
const ask = (question: string, user = ME, when = at) =>
  store.recordGap({ question, asOf: '2025-09-20', at: when, user })
const complain = (note: string, user = ME, when = at) =>
  store.recordComplaint({ facts: ['a'], asOf: '2025-09-20', note, user, at: when })
const followIn = (place: string, user?: string) =>
  store.follow({ place, topic: 'boats', locale: 'de', since: '2025-09-20', told: '{}', ...(user ? { user } : {}) })

/** All that is in the file, after a close has brought everything into it. */
async function bytes(): Promise<Buffer> {
  await store.close()
  const found = readFileSync(join(folder, 'footnote.db'))
  store = await openStore(folder)
  return found
}

/** One of everything that can be kept of somebody. */
async function leaveTraces(user: string, mark: string): Promise<{ gap: number; complaint: number }> {
  const gap = await ask(`gap of ${mark}`, user)
  const complaint = await complain(`complaint of ${mark}`, user)
  await store.awaitAnswer(gap, user)
  await store.tellOfComplaint(complaint, user)
  await followIn(`dm of ${mark}`, user)
  await store.noteNews(`dm of ${mark}`, 'boats', '{}', '2025-09-20', `notice to ${mark}`)
  await store.noteReminders(`dm of ${mark}`, 'boats', [{ fact: 'a', date: '2025-09-21', stage: 1 }], () => 'soon')
  const form = { typed: `typed by ${mark}` }
  await store.addDraft({ form, author: user, at })
  const discarded = await store.addDraft({ form, author: user, at })
  await store.moveProposal(discarded.id, 'draft', 'discarded')
  const proposed = await store.addDraft({ form, author: user, at })
  await store.moveProposal(proposed.id, 'draft', 'open')
  await store.moveProposal(proposed.id, 'open', 'approved', { decider: user })
  await store.addNotice({ kind: 'decision', place: user, user, body: '{}' })
  await store.addRevision({ author: user, approver: user, why: 'because', at, changes: [] }, new Map())
  return { gap, complaint }
}

const NOTHING = {
  ...{ gaps: { count: 0, newest: [] }, waits: { count: 0, newest: [] }, complaints: { count: 0, newest: [] } },
  ...{
    topics: [],
    notices: { count: 0, newest: [] },
    drafts: { count: 0, newest: [] },
    proposals: { count: 0, newest: [] },
  },
  ...{ decisions: { count: 0, newest: [] }, revisions: { count: 0, newest: [] } },
}

describe('what is kept of a person', () => {
  beforeEach(async () => {
    store = await openStore(folder)
  })

  test('is nothing at first, and then all of theirs and nothing of others', async () => {
    await leaveTraces(OTHER, 'another')
    expect(await store.keptOf(ME)).toEqual(NOTHING)
    const { gap, complaint } = await leaveTraces(ME, 'me')
    const kept = await store.keptOf(ME)
    expect(kept).toMatchObject({
      gaps: { count: 1, newest: [{ id: gap, question: 'gap of me' }] },
      waits: { count: 1, newest: [{ id: gap }] },
      complaints: { count: 1, newest: [{ id: complaint, note: 'complaint of me', user: ME }] },
      topics: ['boats'],
      notices: { count: 3, newest: [{ kind: 'decision' }, { body: 'soon' }, { body: 'notice to me', topic: 'boats' }] },
    })
    expect([kept.drafts, kept.proposals, kept.decisions, kept.revisions]).toEqual([
      { count: 2, newest: [5, 4] },
      { count: 1, newest: [6] },
      { count: 1, newest: [6] },
      { count: 1, newest: [2] },
    ])
  })

  test('is told newest first, and how much there is in all', async () => {
    for (let number = 0; number < 12; number += 1) await ask(`question ${number}`)
    const { gaps } = await store.keptOf(ME)
    expect(gaps.count).toBe(12)
    expect(gaps.newest.map(({ question }) => question)).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((number) => `question ${number}`),
    )
    expect((await store.keptOf(ME, 100)).gaps.newest).toHaveLength(12)
  })

  test('has no id in the file but of whoever asked to be told, and only until they have been', async () => {
    const [gap, complaint] = [await ask('mine?'), await complain('wrong')]
    expect((await bytes()).includes(ME)).toBe(false)
    expect(await store.tellOfComplaint(complaint, OTHER)).toBe(false)
    expect(await store.tellOfComplaint(complaint, ME)).toBe(true)
    expect((await bytes()).includes(ME)).toBe(true)
    const text = () => 'It is mended.'
    expect(await store.closeComplaint(complaint, 'resolved', text)).toMatchObject({ user: ME, state: 'resolved' })
    expect(await store.closeComplaint(complaint, 'dismissed', text)).toBeUndefined()
    expect((await bytes()).includes(ME)).toBe(true)
    await store.dropNotice((await store.claimNotice(60_000))?.id ?? 0)
    expect((await bytes()).includes(ME)).toBe(false)
    expect(await store.awaitAnswer(gap, ME)).toBe(true)
    expect((await bytes()).includes(ME)).toBe(true)
    expect(await store.closeGaps([gap], 'answered')).toBe(1)
    expect((await bytes()).includes(ME)).toBe(true)
    await store.dropNotice((await store.claimNotice(60_000))?.id ?? 0)
    expect((await bytes()).includes(ME)).toBe(false)
  })

  test('is deleted on demand, but for what they did as a moderator, and nothing of others', async () => {
    await leaveTraces(ME, 'me')
    const { gap } = await leaveTraces(OTHER, 'another')
    await store.awaitAnswer(gap, ME)
    await followIn('a channel')
    const others = await store.keptOf(OTHER)
    expect(await store.deleteOf(ME)).toEqual({ gaps: 1, waits: 2, complaints: 1, topics: 1, notices: 3, drafts: 2 })
    const moderated = { proposals: { count: 1 }, decisions: { count: 1 }, revisions: { count: 1 } }
    const { proposals, decisions, revisions, ...rest } = NOTHING
    expect(await store.keptOf(ME)).toMatchObject({ ...rest, ...moderated })
    expect(await store.keptOf(OTHER)).toEqual(others)
    expect((await store.listFollows()).map(({ place }) => place)).toEqual(['a channel', 'dm of another'])
    expect((await store.listNotices()).map(({ body }) => body)).toEqual(['notice to another', 'soon', '{}'])
    const found = await bytes()
    for (const text of ['gap of me', 'complaint of me', 'dm of me', 'notice to me']) {
      expect(found.includes(text), text).toBe(false)
      expect(found.includes(text.replace('me', 'another')), text).toBe(true)
    }
    expect(await store.deleteOf(ME)).toEqual({ gaps: 0, waits: 0, complaints: 0, topics: 0, notices: 0, drafts: 0 })
  })

  test('goes with a question that is deleted for others who wait for it too, and its number is never given again', async () => {
    const gap = await ask('mine?')
    await store.awaitAnswer(gap, OTHER)
    await store.deleteOf(ME)
    expect((await store.keptOf(OTHER)).waits.count).toBe(0)
    const next = await ask('another’s?', OTHER)
    expect(next).toBeGreaterThan(gap)
    expect(await store.awaitAnswer(gap, ME)).toBe(false)
    const complaint = await complain('wrong')
    await store.deleteOf(ME)
    expect(await complain('wrong', OTHER)).toBeGreaterThan(complaint)
  })
})

describe('what is old', () => {
  beforeEach(async () => {
    store = await openStore(folder)
  })

  test('is forgotten in whatever state it is, with who waits for it, so many at a time', async () => {
    const old = await Promise.all([ask('old open', ME), ask('old answered', ME), ask('old dismissed', ME)])
    await store.awaitAnswer(old[0], OTHER)
    await store.closeGaps([old[1]], 'answered')
    await store.closeGaps([old[2]], 'dismissed')
    await store.closeComplaint(await complain('old dismissed'), 'dismissed', () => '')
    await complain('old open')
    await ask('new', ME, day(1))
    await complain('new', ME, day(1))
    expect(await store.forgetBefore(at, 10)).toEqual({ gaps: 0, complaints: 0 })
    expect(await store.forgetBefore(day(1), 2)).toEqual({ gaps: 2, complaints: 2 })
    expect(await store.forgetBefore(day(1), 2)).toEqual({ gaps: 1, complaints: 0 })
    expect(await store.forgetBefore(day(1), 2)).toEqual({ gaps: 0, complaints: 0 })
    const { gaps, complaints } = await store.keptOf(ME)
    expect([gaps, complaints]).toMatchObject([
      { count: 1, newest: [{ question: 'new' }] },
      { count: 1, newest: [{ note: 'new' }] },
    ])
    expect((await store.keptOf(OTHER)).waits.count).toBe(0)
  })

  test('counts from now if it was dated by a clock that was ahead', async () => {
    await ask('ahead', ME, day(1_000))
    await complain('ahead', ME, day(1_000))
    await ask('not ahead', ME, day(1))
    await store.dateBack(day(2))
    const { gaps, complaints } = await store.keptOf(ME)
    expect(gaps.newest.map((gap) => gap.at)).toEqual([day(1), day(2)])
    expect(complaints.newest.map((complaint) => complaint.at)).toEqual([day(2)])
  })

  test('goes with drafts that were discarded', async () => {
    const { id } = await store.addDraft({ form: {}, author: ME, at })
    await store.moveProposal(id, 'draft', 'discarded')
    await store.forgetDrafts(day(1))
    expect(await store.findProposal(id)).toBeUndefined()
  })
})

test('a database of before has its ids replaced by pseudonyms, once, but for those who wait to be told', async () => {
  const old = await openDatabase(folder, MIGRATIONS.slice(0, 3))
  old.exec(`INSERT INTO gap (id, question, as_of, guild, at, state) VALUES
      (3, 'open?', '2025-09-20', '9', '2025-09-20T10:00:00.000Z', 'open'),
      (7, 'closed?', '2025-09-20', NULL, '2025-09-20T10:00:00.000Z', 'dismissed');
    INSERT INTO gap_waiter (gap, user) VALUES (3, '${OTHER}');
    INSERT INTO complaint (id, facts, as_of, note, user, guild, at, state, tell) VALUES
      (2, '["a"]', '2025-09-20', 'untold', '${ME}', '9', '2025-09-20T10:00:00.000Z', 'open', 0),
      (4, '["a"]', '2025-09-20', 'to be told', '${OTHER}', NULL, '2025-09-20T10:00:00.000Z', 'open', 1),
      (5, '["a"]', '2025-09-20', 'was told', '${ME}', NULL, '2025-09-20T10:00:00.000Z', 'resolved', 1);`)
  old.close()
  expect(readFileSync(join(folder, 'footnote.db')).includes(ME)).toBe(true)

  store = await openStore(folder)
  const common = { facts: ['a'], asOf: '2025-09-20', at }
  for (let start = 0; start < 2; start += 1) {
    expect(await store.listComplaints()).toEqual([
      { ...common, id: 4, note: 'to be told', sender: store.pseudonymOf(OTHER), user: OTHER, state: 'open' },
      { ...common, id: 2, note: 'untold', sender: store.pseudonymOf(ME), guild: '9', state: 'open' },
    ])
    expect((await store.keptOf(ME)).complaints.newest.map(({ id }) => id)).toEqual([5, 2])
    expect(await store.listGaps()).toEqual([{ id: 3, question: 'open?', asOf: '2025-09-20', guild: '9', at }])
    expect((await store.keptOf(OTHER)).waits.newest.map(({ id }) => id)).toEqual([3])
    expect((await bytes()).includes(ME)).toBe(false)
  }
  expect(await ask('next?')).toBe(8)
})
