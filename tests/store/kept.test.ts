import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/store/store.ts'
import { ENGINES, type Place, usePlaces } from './engines.ts'

const at = new Date('2025-09-20T10:00:00Z')
const gap = { question: '?', asOf: '2025-09-20', at }

const newPlace = usePlaces()

describe.each(ENGINES)('on $engine', ({ engine }) => {
  let place: Place
  let store: Store
  beforeEach(async () => {
    place = await newPlace(engine)
    store = await place.openStore()
  })

  test('gaps and complaints survive closing and opening again, newest first', async () => {
    await store.recordGap({ ...gap, question: 'first?' })
    await store.recordGap({ question: "second'; DROP TABLE gap; --", asOf: '2025-09-21', guild: '1', at })
    const complaint = { facts: ['a', 'b'], asOf: '2025-09-20', note: 'Wrong.', guild: '1', at }
    await store.recordComplaint({ ...complaint, user: '7' })
    await store.close()

    const again = await place.openStore()
    expect(await again.listGaps()).toEqual([
      { id: 2, question: "second'; DROP TABLE gap; --", asOf: '2025-09-21', guild: '1', at },
      { id: 1, question: 'first?', asOf: '2025-09-20', at },
    ])
    expect(await again.listGaps(1)).toHaveLength(1)
    expect(await again.findGap(1)).toMatchObject({ question: 'first?' })
    expect(await again.findGap(99)).toBeUndefined()
    expect(await again.listComplaints()).toEqual([
      { id: 1, state: 'open', ...complaint, sender: again.pseudonymOf('7') },
    ])
  })

  test('what one delivery brings is kept once, in whichever process it comes again, and has the number it had', async () => {
    const other = await place.openStore()
    const both = async <Kept>(keep: (one: Store) => Promise<Kept>) => {
      const kept = await Promise.all([store, other, store, other].map(keep))
      expect(await keep(other)).toEqual(kept[0])
      expect(new Set(kept.map((one) => JSON.stringify(one))).size).toBe(1)
      return kept[0]
    }
    const [delivery, another] = ['1400000000000000001', '1400000000000000002']
    const complaint = { facts: ['a'], asOf: '2025-09-20', note: 'Wrong.', at, user: '7' }
    const first = await both((one) => one.recordGap({ ...gap, user: '7', delivery }))
    expect(await store.recordGap({ ...gap, user: '7', delivery: another })).not.toBe(first)
    await both((one) => one.recordComplaint({ ...complaint, delivery }))
    const draft = await both((one) => one.addDraft({ form: { a: 1 }, author: '7', at, delivery }))
    expect(draft).toMatchObject({ form: { a: 1 }, state: 'draft' })
    expect(await store.listGaps()).toHaveLength(2)
    expect(await store.listComplaints()).toHaveLength(1)
    expect((await store.keptOf('7')).drafts.count).toBe(1)
    // What is of no delivery is never the same.
    expect(await store.recordGap(gap)).not.toBe(await store.recordGap(gap))
    // Under an answer, Discord tells who sent what it answers: of whom only a pseudonym is kept, that is not kept either.
    const sql = await place.openSql()
    const keyed = [...(await sql.all('SELECT * FROM gap')), ...(await sql.all('SELECT * FROM complaint'))]
    expect(keyed.map((row) => row.delivery)).toContain(store.pseudonymOf(delivery))
    expect(JSON.stringify(keyed)).not.toContain(delivery)
  })

  test('a text with what no text should have is kept as far as there is a place for it', async () => {
    const id = await store.recordGap({ ...gap, question: 'a\0b \ud800 c' })
    expect((await store.findGap(id))?.question).toMatch(/^a[\0\uFFFD]b \uFFFD c$/)
  })

  test('who waits for a gap is noted once, while it is open', async () => {
    const id = await store.recordGap(gap)
    expect(await store.awaitAnswer(id, '1')).toBe(true)
    expect(await store.awaitAnswer(id, '1')).toBe(false)
    expect(await store.awaitAnswer(99, '1')).toBe(false)
    await store.closeGaps([id], 'dismissed')
    expect(await store.awaitAnswer(id, '2')).toBe(false)
    expect(await store.listGaps()).toEqual([])
  })

  test('a complaint is closed once, and only its sender hears of it', async () => {
    const id = await store.recordComplaint({ facts: ['a'], asOf: '2025-09-20', note: '', user: '7', at })
    expect(await store.tellOfComplaint(id, '8')).toBe(false)
    expect(await store.tellOfComplaint(id, '7')).toBe(true)
    const text = () => 'Thank you.'
    expect(await store.closeComplaint(id, 'resolved', text)).toMatchObject({ id })
    expect(await store.closeComplaint(id, 'dismissed', text)).toBeUndefined()
    expect(await store.listNotices()).toMatchObject([{ kind: 'complaint', user: '7', body: '{"text":"Thank you."}' }])
    expect(await store.tellOfComplaint(id, '7')).toBe(false)
  })

  test('a proposal moves on once, from the state that it is in', async () => {
    const { id } = await store.addDraft({ form: { kind: 'add' }, author: '1', at })
    expect(await store.rewriteProposal(id, 'draft', { form: { a: 1 }, changes: [1], authors: ['1', '2'] })).toBe(true)
    expect(await store.rewriteProposal(id, 'open', { form: {}, changes: [], authors: [] })).toBe(false)
    expect(await store.moveProposal(id, 'draft', 'open')).toBe(true)
    const other = await place.openStore()
    const moves = [store, other, store, other].map((one, index) =>
      one.moveProposal(id, 'open', 'applying', { decider: String(index) }),
    )
    expect((await Promise.all(moves)).filter(Boolean)).toHaveLength(1)
    expect(await store.listProposals()).toEqual([])
    const [applying] = await other.listInterrupted()
    expect(applying).toMatchObject({ id, form: { a: 1 }, changes: [1], authors: ['1', '2'], at })
    expect(await store.listNotices()).toEqual([])
    const rejections = [store, other].map((one) =>
      one.moveProposal(id, 'applying', 'rejected', { decider: '2', reason: 'No.' }),
    )
    expect((await Promise.all(rejections)).toSorted()).toEqual([false, true])
    expect(await store.findProposal(id)).toMatchObject({ decider: '2', reason: 'No.', state: 'rejected' })
    // Whoever decided knows it.
    const body = JSON.stringify({ proposal: id })
    expect(await store.listNotices()).toMatchObject([{ kind: 'decision', place: '1', user: '1', body }])
  })

  test('drafts that are old are forgotten, and their numbers not given again', async () => {
    const old = await store.addDraft({ form: {}, author: '1', at })
    await store.forgetDrafts(new Date(at.getTime() + 1))
    expect(await store.findProposal(old.id)).toBeUndefined()
    expect((await store.addDraft({ form: {}, author: '1', at })).id).toBe(old.id + 1)
  })

  test('a revision comes with its files, and is found by what it changed', async () => {
    const { id } = await store.addDraft({ form: {}, author: '1', at })
    await store.moveProposal(id, 'draft', 'applying', { decider: '2' })
    const fact = { part: 'fact', key: 'a' }
    const files = new Map([
      ['a.yaml', 'a: Ä\n'],
      ['b.yaml', 'b'],
    ])
    const first = await store.addRevision(
      { proposal: id, author: '1', approver: '2', why: 'so', at, changes: [fact, fact] },
      files,
    )
    expect(first).toEqual({ id: 1, proposal: id, author: '1', approver: '2', why: 'so', at, changes: [fact, fact] })
    const second = await store.addRevision(
      { why: '', at, changes: [{ part: 'fact', key: 'b' }] },
      new Map([['b.yaml', undefined]]),
    )
    expect(await store.readFiles()).toEqual(new Map([['a.yaml', 'a: Ä\n']]))
    expect(await store.listRevisions({ most: 9 })).toEqual([second, first])
    expect(await store.listRevisions({ most: 9, before: second.id })).toEqual([first])
    expect(await store.listRevisions({ item: fact, most: 9 })).toEqual([first])
    expect((await store.keysEverChanged('fact')).toSorted()).toEqual(['a', 'b'])
    expect(await store.findProposal(id)).toMatchObject({ state: 'approved' })
    expect(await store.listNotices()).toMatchObject([{ kind: 'decision', user: '1' }])
    expect(await store.listUncommitted()).toEqual([first])
    await store.markCommitted(first.id)
    expect(await store.listUncommitted()).toEqual([])
  })

  test('settings are written over', async () => {
    await store.writeSetting('1', 'channel', 'a')
    await store.writeSetting('1', 'channel', 'b')
    await store.writeSetting('2', 'channel', 'c')
    expect(await store.readSettings('1')).toEqual(new Map([['channel', 'b']]))
  })

  test('follows are noted once, and end with all that hangs on them', async () => {
    const follow = { place: '5', topic: 'b', guild: '1', locale: 'de', since: '2025-09-20', told: '{}' }
    expect(await store.follow(follow)).toBe(true)
    expect(await store.follow(follow)).toBe(false)
    await store.follow({ ...follow, topic: 'a', guild: '2' })
    expect((await store.listFollows('5')).map(({ topic }) => topic)).toEqual(['a', 'b'])
    const reminder = { fact: 'x', date: '2025-10-01', stage: 7 }
    const fresh: (readonly number[])[] = []
    const remind = (...reminders: (typeof reminder)[]) =>
      store.noteReminders('5', 'b', reminders, (some) => {
        fresh.push(some)
        return JSON.stringify(some)
      })
    await remind(reminder)
    await remind(reminder, { ...reminder, fact: 'y' })
    expect(fresh).toEqual([[0], [1]])
    expect((await store.listNotices()).map(({ body }) => body)).toEqual(['[0]', '[1]'])
    expect(await store.unfollow('5', 'b')).toBe(true)
    expect(await store.unfollow('5', 'b')).toBe(false)
    expect(await store.listNotices()).toEqual([])
    await store.leaveGuild('2')
    expect(await store.listFollows()).toEqual([])
  })

  test('what is kept of a person is shown, deleted, and forgotten when it is old', async () => {
    const id = await store.recordGap({ ...gap, user: '77' })
    await store.awaitAnswer(id, '77')
    const complaint = { facts: ['a'], asOf: '2025-09-20', note: 'Wrong.', at }
    await store.tellOfComplaint(await store.recordComplaint({ ...complaint, user: '77' }), '77')
    await store.closeComplaint(await store.recordComplaint({ ...complaint, user: '78' }), 'resolved', () => 'Thanks.')
    await store.addDraft({ form: {}, author: '77', at })
    await store.follow({ place: '5', topic: 'b', user: '77', locale: 'de', since: '2025-09-20', told: '{}' })
    await store.noteNews('5', 'b', '{}', '2025-09-20', 'news')
    expect(await store.keptOf('77')).toMatchObject({
      gaps: { count: 1, newest: [{ id }] },
      waits: { count: 1 },
      complaints: { count: 1, newest: [{ user: '77', note: 'Wrong.' }] },
      topics: ['b'],
      notices: { count: 1, newest: [{ kind: 'follow', topic: 'b', body: 'news' }] },
      drafts: { count: 1 },
    })
    const deleted = { gaps: 1, waits: 1, complaints: 1, topics: 1, notices: 1, drafts: 1 }
    expect(await (await place.openStore()).deleteOf('77')).toEqual(deleted)
    expect(await store.listGaps()).toEqual([])
    expect((await store.listNotices()).map(({ user }) => user)).toEqual([])
    const later = new Date(at.getTime() + 86_400_000)
    expect(await store.recordGap({ ...gap, at: later })).toBe(id + 1)
    await store.dateBack(new Date(at.getTime() + 1))
    expect(await store.forgetBefore(later, 10)).toEqual({ gaps: 1, complaints: 1 })
  })
})

test('on a server, whoever comes with another key is refused', async () => {
  const place = await newPlace('PostgreSQL')
  await place.openStore()
  const [folder, url] = place.args
  writeFileSync(join(folder, 'privacy.key'), `${'x'.repeat(43)}\n`)
  await expect(openStore(folder, url)).rejects.toThrow(/^The key [^\n]*privacy\.key is not the one[^\n]*$/)
})
