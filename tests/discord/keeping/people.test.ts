import { describe, expect, test } from 'vitest'
import { postDueDigest } from '../../../src/jobs/digests.ts'
import { escaped } from '../../../src/render/escape.ts'
import type { PageMessage } from '../../../src/sandbox/protocol.ts'
import { isPrivate, readable } from '../harness.ts'
import { FERRIES, useKeeping } from './scene.ts'

const scene = useKeeping()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
const colleague = () => scene.sandbox.as('colleague')

const ADD = { topic: 'ferries', kind: 'rule', source: 'report' }
const numberIn = (text: string) => Number(/[Pp]roposal (\d+)/.exec(text)?.[1])

async function approve(draft: PageMessage): Promise<void> {
  const { message } = await moderator().press(draft, 'Propose')
  const card = await colleague().slash('moderators', 'knowledge review', { proposal: numberIn(readable(message)) })
  expect(readable((await colleague().press(card.message, 'Approve')).message)).toContain('It is in force')
}

describe('gaps', () => {
  test('are grouped, become facts, close by themselves, and whoever wanted to know is told', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'may dogs travel on the boat' })
    const noted = await member().press(message, 'Tell me when this is answered')
    expect(noted.message.content).toContain('You will get a direct message')
    const twice = await member().press(message, 'Tell me when this is answered')
    expect(twice.message.content).toContain('You asked for that already')
    await colleague().slash('general', 'ask', { question: 'May dogs travel on a boat?' })
    await colleague().slash('general', 'ask', { question: 'is there wifi aboard' })

    const list = await moderator().slash('moderators', 'knowledge gaps')
    expect(readable(list.message)).toMatch(/2× “May dogs travel on a boat\?”[\s\S]*1× “is there wifi aboard”/)
    const [dogs] = await scene.store.listGaps().then((gaps) => gaps.filter(({ question }) => /dogs/.test(question)))
    const opened = await moderator().select(list.message, 'Open one to answer or dismiss it', [String(dogs?.id)])
    expect(readable(opened.message)).toContain('Asked 2 times')
    const { modal } = await moderator().press(opened.message, 'Write a fact')
    expect(JSON.stringify(modal.modal)).toContain('may dogs travel on the boat')
    const draft = await moderator().submit(modal, {
      topic: ['ferries'],
      kind: ['rule'],
      statement: 'Dogs may travel on the boats.',
      questions: 'may dogs travel on the boat\nMay dogs travel on a boat?\nare dogs allowed on ferries',
      citations: 'report: 7',
    })
    await approve(draft.message)
    await expect
      .poll(async () => (await scene.store.listGaps()).map(({ question }) => question))
      .toEqual(['is there wifi aboard'])
    await expect.poll(() => member().messages('dm').map(readable).join('\n')).toContain('Dogs may travel on the boats.')
  })

  test('are dismissed', async () => {
    const list = await moderator().slash('moderators', 'knowledge gaps')
    const [gap] = await scene.store.listGaps()
    const opened = await moderator().select(list.message, 'Open one to answer or dismiss it', [String(gap?.id)])
    const { message } = await moderator().press(opened.message, 'Dismiss')
    expect(readable(message)).toContain('No question is waiting for a fact.')
  })
})

test('why a question gets what it gets is told with the words that facts have and lack, and is no gap', async () => {
  const before = await scene.store.listGaps()
  const { message } = await moderator().slash('moderators', 'knowledge explain', {
    question: 'maximum fare for zebras',
  })
  expect(isPrivate(message)).toBe(true)
  expect(readable(message)).toMatch(/“maximum fare for zebras” (?:is answered|gets)/)
  expect(readable(message)).toMatch(/fare-cap, -?\d+\.\d\d:[\s\S]*has maximum, fare[\s\S]*lacks zebras/)
  expect(await scene.store.listGaps()).toEqual(before)
})

describe('complaints', () => {
  test('are shown with their fact, answered by an edit, and their sender is told', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'maximum fare' })
    const { modal } = await member().press(message, 'Wrong or out of date?')
    const { message: thanks } = await member().submit(modal, { note: 'It is 35 **euros** now' })
    expect((await member().press(thanks, 'Tell me')).message.content).toContain('direct message')
    const { message: card } = await moderator().slash('moderators', 'knowledge complaints')
    expect(readable(card)).toContain('It is 35 \\*\\*euros\\*\\* now')
    expect(readable(card)).toContain(`Sent by <@${scene.sandbox.ids.users.member}>`)
    expect(readable(card)).toContain('at most 30 euros')
    const edit = await moderator().press(card, 'Edit fact')
    const draft = await moderator().submit(edit.modal, {
      statement: 'A crossing costs at most 35 euros until 10 November 2025.',
    })
    await approve(draft.message)
    await expect
      .poll(() => member().messages('dm').map(readable).at(-1))
      .toContain('what you found wrong has been mended')
    expect(await scene.store.listComplaints()).toEqual([])
  })

  test('are dismissed, once', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'maximum fare' })
    const { modal } = await member().press(message, 'Wrong or out of date?')
    await member().submit(modal, { note: 'I do not like it' })
    const first = await moderator().slash('moderators', 'knowledge complaints')
    // Who did not ask to be told is known by a code only.
    const { member: sender } = scene.sandbox.ids.users
    expect(readable(first.message)).toContain(`Sent by sender ${escaped(scene.store.pseudonymOf(sender).slice(0, 4))}`)
    expect(JSON.stringify(first.message.components)).not.toContain(sender)
    const second = await colleague().slash('moderators', 'knowledge complaints')
    expect(readable((await moderator().press(first.message, 'Dismiss')).message)).toContain('No complaint is open')
    expect((await colleague().press(second.message, 'Dismiss')).message.content).toContain('dealt with already')
  })
})

describe('the digest', () => {
  test('tells what has ended and what waits, weekly in the moderators’ channel and on demand', async () => {
    await moderator().slash('moderators', 'knowledge settings', {
      channel: scene.sandbox.ids.channel('moderators'),
      'digest-day': 2,
    })
    scene.today = '2025-11-11'
    await member().slash('general', 'ask', { question: 'zebra crossing quota' })
    const { message } = await moderator().slash('moderators', 'knowledge digest')
    expect(isPrivate(message)).toBe(true)
    expect(readable(message)).toContain('Digest of 11 November 2025')
    expect(readable(message)).toMatch(/1 ended in the last days, with nothing newer on record:[\s\S]*fare-cap/)
    expect(readable(message)).toContain('“zebra crossing quota”')
    expect(await postDueDigest(scene.bot.client, scene.bot.context)).toBe(true)
    expect(await postDueDigest(scene.bot.client, scene.bot.context)).toBe(false)
    expect(readable(moderator().messages('moderators').at(-1) ?? {})).toContain('Digest of 11 November 2025')
    scene.today = '2025-09-20'
  })
})

describe('whoever is no moderator', () => {
  test('is not offered the command, sees nothing of it, and is refused at every step, in the log too', async () => {
    expect(member().commands('general')).not.toContain('knowledge')
    const { modal } = await moderator().slash('general', 'knowledge add', ADD)
    const { message: draft } = await moderator().submit(modal, {
      statement: 'Boats are blue.',
      questions: 'a1?\nb2?\nc3?',
    })
    const channel = await scene.bot.client.channels.fetch(scene.sandbox.ids.channel('policy'))
    if (!channel?.isSendable()) throw new Error('not sendable')
    const ids = [
      'draft|propose|1',
      'proposal|approve|1|x',
      'proposal|reject|1',
      'history|undo|1',
      'gap|write|1',
      'gap|dismiss|1',
      'complaint|dismiss|1',
      'form|1|0',
    ]
    for (const customId of ids) {
      await channel.send({
        components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Forged', custom_id: customId }] }],
        content: 'x',
      })
      const [forged] = member().messages('policy').slice(-1)
      const pressed = await member().press(forged as PageMessage, 'Forged')
      expect(pressed.message.content, customId).toMatch(/Only moderators can do this|no longer there/)
    }
    expect(scene.logged.filter((line) => line.includes('refused: no moderator')).length).toBeGreaterThan(4)
    await moderator().press(draft, 'Discard')
  })

  test('becomes one by a role that is settled, and only managers settle it', async () => {
    const { message } = await moderator().slash('moderators', 'knowledge settings', {
      moderators: '1100000000000000032',
    })
    expect(readable(message)).toContain('<@&1100000000000000032>')
    const everyone = await moderator().slash('moderators', 'knowledge settings', {
      moderators: scene.sandbox.ids.guild,
    })
    expect(everyone.message.content).toContain('Everybody has this role')
  })
})

test.each([
  'draft|propose|999',
  'proposal|approve|999|x',
  'proposal|approve|x',
  'draft|propose|-1',
  'draft||',
  'gap|open|NaN',
  'history|open|9',
  'history|undo|1e9',
  'complaint|edit|1|no-such',
  'form|1|0',
  'proposal|rejected|1',
  'gap|tell|abc',
])('a forged or replayed component %s is refused in words', async (customId) => {
  const channel = await scene.bot.client.channels.fetch(scene.sandbox.ids.channel('policy'))
  if (!channel?.isSendable()) throw new Error('not sendable')
  await channel.send({
    components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Forged', custom_id: customId }] }],
    content: 'x',
  })
  const [forged] = moderator().messages('policy').slice(-1)
  const { message } = await moderator().press(forged as PageMessage, 'Forged')
  expect(message.content).toMatch(/no longer|There is no|closed already|dealt with|not yours|approved already/)
  expect(Object.keys(FERRIES).every((path) => scene.read(path))).toBe(true)
})
