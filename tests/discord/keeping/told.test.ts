import { afterEach, beforeAll, expect, test } from 'vitest'
import { isPrivate, readable } from '../harness.ts'
import { useKeeping } from './scene.ts'

const scene = useKeeping()
const moderator = () => scene.sandbox.as('moderator')
const colleague = () => scene.sandbox.as('colleague')
const SEND = { method: 'POST', path: /^\/channels\/\d+\/messages$/, times: 1_000 }

beforeAll(() => scene.store.writeSetting(scene.sandbox.ids.guild, 'channel', scene.sandbox.ids.channel('moderators')))
afterEach(() => scene.sandbox.faults.clear())

/** The number of a proposal that a moderator makes. */
async function propose(statement: string): Promise<number> {
  const add = { topic: 'ferries', kind: 'rule', source: 'report' }
  const { modal } = await moderator().slash('moderators', 'knowledge add', add)
  const questions = `what of ${statement}\nhow about ${statement}\nis it so that ${statement}`
  const draft = await moderator().submit(modal, { statement, questions })
  const { message } = await moderator().press(draft.message, 'Propose')
  return Number(/Proposal (\d+) is waiting/.exec(readable(message))?.[1])
}

async function reject(proposal: number, reason: string): Promise<void> {
  const card = await colleague().slash('moderators', 'knowledge review', { proposal })
  const { modal } = await colleague().press(card.message, 'Reject')
  expect(readable((await colleague().submit(modal, { reason })).message)).toContain(`Reason: ${reason}`)
}

/** What all moderators see of it. */
const cards = (proposal: number) =>
  scene.sandbox
    .messages('moderators')
    .filter((message) => !isPrivate(message) && readable(message).includes(`Proposal ${proposal}:`))
const dms = (proposal: number, to = 'moderator-dm') =>
  scene.sandbox
    .messages(to)
    .map(readable)
    .filter((text) => text.includes(`Your proposal ${proposal} `))
const waiting = async () => (await scene.store.listNotices()).map(({ kind }) => kind)

test('a proposal that was made while Discord was away is told once, by the process that comes after', async () => {
  scene.sandbox.faults.next(SEND, { kind: 'error', status: 500 })
  const proposal = await propose('Boats are blue until 10 November 2025.')
  await expect.poll(() => scene.logged.join('')).toContain('a notice will be sent later')
  expect(await waiting()).toEqual(['proposal'])
  scene.sandbox.faults.clear()
  await scene.restart()
  await expect.poll(waiting).toEqual([])
  expect(cards(proposal).map(readable)).toEqual([expect.stringContaining('Boats are blue')])
  expect(JSON.stringify(cards(proposal))).toContain(`proposal|approve|${proposal}`)
})

test('one that was decided before it could be told is shown as what it is, and its author told', async () => {
  scene.sandbox.faults.next(SEND, { kind: 'error', status: 500 })
  scene.logged.length = 0
  const proposal = await propose('Boats are red until 10 November 2025.')
  await expect.poll(() => scene.logged.join('')).toContain('a notice will be sent later')
  await reject(proposal, 'They are blue.')
  expect(await waiting()).toEqual(['proposal', 'decision'])
  scene.sandbox.faults.clear()
  await expect.poll(() => scene.tell().then(waiting)).toEqual([])
  expect(cards(proposal).map(readable)).toEqual([expect.stringContaining('Reason: They are blue.')])
  expect(JSON.stringify(cards(proposal))).not.toContain('proposal|')
  expect(dms(proposal)).toEqual([`Your proposal ${proposal} was rejected: They are blue.`])
})

test('the author of what was approved just before a stop is told once, when it is in force', async () => {
  const proposal = await propose('Boats are white until 10 November 2025.')
  await expect.poll(waiting).toEqual([])
  const decider = scene.sandbox.ids.users.colleague
  expect(await scene.store.moveProposal(proposal, 'open', 'applying', { decider })).toBe(true)
  await scene.restart()
  await expect.poll(() => dms(proposal)).toEqual([`Your proposal ${proposal} was approved and is in force.`])
  await expect.poll(waiting).toEqual([])
  await scene.restart()
  await scene.tell()
  expect(dms(proposal)).toHaveLength(1)
  expect(dms(proposal, 'colleague-dm')).toEqual([])
})

test('who takes no direct messages is passed over, which only the log says, and without who it is', async () => {
  scene.sandbox.permit('moderator-dm', { send: false })
  const proposal = await propose('Boats are grey until 10 November 2025.')
  const card = await colleague().slash('moderators', 'knowledge review', { proposal })
  const { modal } = await colleague().press(card.message, 'Edit')
  await colleague().submit(modal, { period: 'from 1 May 2025' })
  expect(await scene.store.moveProposal(proposal, 'open', 'rejected', { decider: '1', reason: 'No.' })).toBe(true)
  scene.logged.length = 0
  await scene.tell()
  await expect.poll(waiting).toEqual([])
  expect(dms(proposal)).toEqual([])
  expect(dms(proposal, 'colleague-dm')).toEqual([`Your proposal ${proposal} was rejected: No.`])
  const [line = ''] = scene.logged.filter((one) => one.includes('a notice could not be sent'))
  expect(JSON.parse(line)).toMatchObject({ kind: 'decision', code: 50007 })
  expect(line).not.toContain(scene.sandbox.ids.users.moderator)
  scene.sandbox.permit('moderator-dm', { send: true })
})

test('a complaint whose change came into force is closed by and by, though the process was stopped in between', async () => {
  const { store } = scene
  const at = new Date('2025-09-20T12:00:00Z')
  const user = scene.sandbox.ids.users.member
  const complaint = await store.recordComplaint({ facts: ['fare-cap'], asOf: '2025-09-20', note: 'too low', user, at })
  await store.tellOfComplaint(complaint, user)
  const form = { kind: 'edit', id: 'fare-cap', fields: {}, base: {}, by: 'jo', complaint }
  const { id } = await store.addDraft({ form, author: '1', at })
  await store.moveProposal(id, 'draft', 'open')
  await scene.look()
  expect(await store.findComplaint(complaint)).toMatchObject({ state: 'open' })
  await store.moveProposal(id, 'open', 'approved', { decider: '1' })
  await scene.look()
  expect(await store.findComplaint(complaint)).toMatchObject({ state: 'resolved' })
  await scene.tell()
  const told = () => scene.sandbox.messages('member-dm').map(readable).join('\n')
  await expect.poll(told).toContain('what you found wrong has been mended')
})
