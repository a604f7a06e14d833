import { beforeEach, describe, expect, test } from 'vitest'
import { Conflict, type ItemChange } from '../../src/editing/items.ts'
import type { Operation } from '../../src/editing/operation.ts'
import { addingFact, proposeChange } from '../faults/keeping.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { type Desk, type Library, SHELVES, useLibraries } from './shelves.ts'

const newLibrary = useLibraries()

const FERRIES = GOOD['topics/ferries.yaml'] ?? ''
const wishing = (statement: string): Operation => ({ kind: 'edit-fact', id: 'wish', values: { statement } })
const EDIT = wishing('Jane Doe wants low fares.')
const BY = { approver: '2', secondPerson: true }

describe.each(SHELVES)('an approval in $where', ({ engine, inTable }) => {
  let library: Library
  let desk: Desk
  beforeEach(async () => {
    library = await newLibrary(engine, inTable)
    desk = await library.open()
  })

  test('changes the lines that are meant and keeps every other byte, and is noted with them', async () => {
    const id = await proposeChange(desk, EDIT)
    const revision = await desk.keeper.approve(id, BY)
    const after = FERRIES.replace('Jane Doe of the Harbour Office wants lower fares.', 'Jane Doe wants low fares.')
    expect(await library.read('topics/ferries.yaml')).toBe(after)
    expect(desk.keeper.texts.get('topics/ferries.yaml')).toBe(after)
    expect(desk.keeper.snapshot.facts.get('wish')?.statement).toBe('Jane Doe wants low fares.')
    expect(await desk.store.listRevisions({ most: 9 })).toEqual([revision])
    expect(revision).toMatchObject({ proposal: id, author: '1', approver: '2', changes: [{ key: 'wish' }] })
    expect((await desk.store.findProposal(id))?.state).toBe('approved')
    expect(await desk.keeper.reload()).toEqual({ kind: 'same' })
    expect((await library.open()).keeper.texts).toEqual(desk.keeper.texts)
  })

  test('makes files and takes them away', async () => {
    const values = { title: 'Buses', description: 'What a ride costs' }
    await desk.keeper.approve(await proposeChange(desk, { kind: 'set-topic', name: 'buses', values }), BY)
    expect(await library.read('topics/buses.yaml')).toContain('title: Buses')
    const [added] = await desk.store.listRevisions({ most: 1 })
    const changes = added?.changes as ItemChange[]
    await desk.keeper.approve(await proposeChange(desk, { kind: 'undo', revision: 1, changes }), BY)
    expect((await library.open()).keeper.texts).toEqual(new Map(Object.entries(GOOD)))
  })

  test('is refused for what was edited after it was shown', async () => {
    const id = await proposeChange(desk, EDIT)
    const seen = (await desk.store.findProposal(id))?.changes
    const { changes } = desk.keeper.preview(wishing('Jane Doe wants high fares.'))
    await desk.store.rewriteProposal(id, 'open', { form: {}, changes, authors: ['1', '3'] })
    await expect(desk.keeper.approve(id, { ...BY, seen })).rejects.toThrow('edited just now')
    expect(await library.read('topics/ferries.yaml')).toBe(FERRIES)
  })

  test('is refused to the author, for what is decided, and twice', async () => {
    const { keeper, store } = desk
    const id = await proposeChange(desk, EDIT)
    await expect(keeper.approve(id, { approver: '1', secondPerson: true })).rejects.toThrow('nobody approves')
    const results = await Promise.allSettled([keeper.approve(id, BY), keeper.approve(id, { ...BY, approver: '3' })])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(keeper.approve(999, BY)).rejects.toThrow('no longer there')
    expect(await store.listRevisions({ most: 9 })).toHaveLength(1)
  })

  test('is refused where it would be a fault, and stays to be decided', async () => {
    const id = await proposeChange(desk, { kind: 'retire-fact', id: 'old-fare' })
    const other = await proposeChange(desk, { kind: 'edit-fact', id: 'fare-cap', values: { supersedes: ['old-fare'] } })
    await desk.keeper.approve(id, BY)
    await expect(desk.keeper.approve(other, BY)).rejects.toThrow('There is no fact "old-fare"')
    expect((await desk.store.findProposal(other))?.state).toBe('open')
    expect(await desk.store.listInterrupted()).toEqual([])
  })

  test('in two processes at once: of one proposal once, of different facts both, of one fact the first', async () => {
    const other = await library.open()
    const desks = [desk, other]
    const same = await proposeChange(desk, addingFact('new-boat'))
    const twice = await Promise.allSettled(desks.map(({ keeper }) => keeper.approve(same, BY)))
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(twice.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: 'This was approved already.' },
    })
    for (const { keeper } of desks) await keeper.reload()
    const different = await Promise.all(desks.map((one, number) => proposeChange(one, addingFact(`boat-${number}-xy`))))
    const both = await Promise.all(desks.map(({ keeper }, number) => keeper.approve(different[number] ?? 0, BY)))
    expect(both.map(({ proposal }) => proposal)).toEqual(different)
    const rivals = await Promise.all(desks.map((one, number) => proposeChange(one, wishing(`Jane wants ${number}.`))))
    const results = await Promise.allSettled(desks.map(({ keeper }, number) => keeper.approve(rivals[number] ?? 0, BY)))
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((one) => one.status === 'rejected')
    expect(refused?.reason).toBeInstanceOf(Conflict)
    expect(refused?.reason.message).toBe('This has been changed since: fact wish.')
    for (const { keeper } of desks) await keeper.reload()
    expect(desk.keeper.texts).toEqual(other.keeper.texts)
    expect([...desk.keeper.snapshot.facts.keys()]).toEqual(
      expect.arrayContaining(['new-boat', 'boat-0-xy', 'boat-1-xy']),
    )
    expect(await desk.store.listRevisions({ most: 99 })).toHaveLength(4)
    // The author of each is told once.
    expect((await desk.store.listNotices()).map(({ kind, user }) => [kind, user])).toEqual(
      Array.from({ length: 4 }, () => ['decision', '1']),
    )
    expect((await desk.store.listProposals()).map(({ id }) => id)).toEqual(
      rivals.filter((_, number) => results[number]?.status === 'rejected'),
    )
  })
})
