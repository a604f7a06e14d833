import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { sendNotices } from '../../src/discord/notices.ts'
import type { PageMessage } from '../../src/sandbox/protocol.ts'
import { isPrivate, readable } from './harness.ts'
import { useKeeping } from './keeping/scene.ts'

const scene = useKeeping()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
const colleague = () => scene.sandbox.as('colleague')
const ids = () => scene.sandbox.ids.users

beforeEach(async () => {
  for (const user of Object.values(ids())) {
    await scene.store.deleteOf(user)
    scene.bot.context.recollection.forget(user)
  }
  scene.logged.length = 0
})

const shown = async (person = member(), channel = 'general') =>
  readable((await person.slash(channel, 'privacy show')).message)

/** Presses through a form: a note that what is known of the fare is wrong. */
async function complain(note: string): Promise<PageMessage> {
  const { message } = await member().slash('general', 'ask', { question: 'maximum fare' })
  const { modal } = await member().press(message, 'Wrong or out of date?')
  return (await member().submit(modal, { note })).message
}

/** Everything that the database has in its files. */
function bytes(): Buffer {
  const file = join(dirname(scene.folder), 'data', 'footnote.db')
  const database = new DatabaseSync(file)
  const [done] = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all()
  expect(done).toMatchObject({ busy: 0 })
  database.close()
  return Buffer.concat(
    ['', '-wal', '-shm'].map((end) => file + end).flatMap((one) => (existsSync(one) ? [readFileSync(one)] : [])),
  )
}

describe('/privacy show', () => {
  test('says that nothing is kept, in private, wherever it is typed', async () => {
    for (const channel of ['general', 'dm']) {
      const { message } = await member().slash(channel, 'privacy show')
      expect(readable(message)).toBe('I keep nothing about you.')
      expect(isPrivate(message)).toBe(true)
    }
  })

  test('tells all that is kept of whoever asks, in their language, and nothing of others', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'may dogs board' })
    await member().press(message, 'Tell me when this is answered')
    await member().say('dm', 'may cats board')
    await member().press(await complain('It is 35 now'), 'Tell me')
    await complain('Not 30')
    await member().slash('dm', 'follow', { topic: 'ferries' })
    await colleague().slash('general', 'ask', { question: 'may zebras board' })
    const text = await shown()
    expect(text).toMatch(
      /2 questions of yours that no fact answered:\n.*“may cats board”\n.*20 September 2025: “may dogs board”/,
    )
    expect(text).toMatch(/1 question whose answer you want to be told:\n.*dogs/)
    expect(text).toMatch(/2 notes of yours that a fact is wrong:\n.*“Not 30”\n.*“It is 35 now” \\\(with your id/)
    expect(text).toMatch(/1 topic that you follow in direct messages:\n.*Ferries/)
    expect(text).toMatch(
      /2 questions that I remember for ten minutes, without storing them:\n.*maximum fare\n.*may cats board/,
    )
    expect(text).toContain('deleted after 90 days')
    expect(text).not.toContain('zebras')
    expect(text).not.toContain('As a moderator')
    member().speak('de')
    expect(await shown()).toMatch(/2 Fragen von dir, die kein Fakt beantwortet hat:/)
    member().speak('en-US')
  })

  test('tells of the messages that are on their way, which are deleted too', async () => {
    const { sandbox, store } = scene
    sandbox.faults.next(
      { method: 'POST', path: /^\/channels\/\d+\/messages$/, times: 1_000 },
      { kind: 'error', status: 500 },
    )
    const { message } = await member().slash('general', 'ask', { question: 'may dogs board' })
    await member().press(message, 'Tell me when this is answered')
    await store.closeGaps([(await store.listGaps())[0]?.id ?? 0], 'answered')
    await member().press(await complain('It is 35 now'), 'Tell me')
    await store.closeComplaint((await store.listComplaints())[0]?.id ?? 0, 'resolved', () => 'It is mended.')
    const to = { place: ids().member, user: ids().member }
    await store.addNotice({ ...to, kind: 'decision', body: '{"proposal":7}' })
    await store.addNotice({ ...to, kind: 'follow', topic: 'ferries', locale: 'en-US', body: '{}' })
    expect(await shown()).toMatch(
      /4 messages on the way to you:\n.*News of “Ferries”\n.*your proposal 7\n.*a note of yours: “It is mended\.”\n.*answer to “may dogs board”/,
    )
    member().speak('es-ES')
    expect(await shown()).toMatch(/4 mensajes en camino hacia ti:\n.*Novedades de «Ferries»/)
    member().speak('en-US')
    const asked = await member().slash('policy', 'privacy delete')
    expect(readable(asked.message)).toContain('- 4 messages on the way to you')
    expect(readable((await member().press(asked.message, 'Delete')).message)).toContain(
      '- 4 messages on the way to you',
    )
    expect(await store.listNotices()).toEqual([])
    expect(await shown()).toBe('I keep nothing about you.')
    sandbox.faults.clear()
  })

  test('fits, however much there is, and says how much is left out', async () => {
    for (let number = 0; number < 15; number += 1) {
      const common = { asOf: '2025-09-20', user: ids().member, at: scene.bot.context.now() }
      await scene.store.recordGap({ ...common, question: `${number} ${'[animals] '.repeat(49)}` })
      await scene.store.recordComplaint({ ...common, note: '*wrong* '.repeat(124), facts: [] })
    }
    const text = await shown()
    expect(text).toMatch(/15 questions of yours that no fact answered:[\s\S]*and \d+ more[\s\S]*15 notes/)
  })

  test('counts the words of somebody’s message, which another picked, as theirs', async () => {
    const message = colleague().post('general', 'may parrots board')
    await member().menu(message, 'Answer from facts')
    expect(await shown()).not.toContain('parrots')
    expect(await shown(colleague())).toContain('“may parrots board”')
  })
})

describe('/privacy delete', () => {
  test('says so if there is nothing', async () => {
    const { message } = await member().slash('dm', 'privacy delete')
    expect(readable(message)).toMatch(/^I keep nothing of yours that could be deleted\.\n.*What stays:/)
    await expect(member().press(message, 'Delete')).rejects.toThrow('No component')
  })

  test('asks once, also after a restart, then deletes all of it at once, and says what stays', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'may dogs board' })
    await member().press(message, 'Tell me when this is answered')
    await member().press(await complain('It is 35 now'), 'Tell me')
    await member().slash('dm', 'follow', { topic: 'ferries' })
    const asked = await member().slash('policy', 'privacy delete')
    expect(isPrivate(asked.message)).toBe(true)
    expect(readable(asked.message)).toMatch(/^Delete all of this\?[\s\S]*1 question of yours[\s\S]*1 note of yours/)
    expect((await scene.store.keptOf(ids().member)).gaps.count).toBe(1)
    await scene.restart()
    await member().say('general', `<@${scene.sandbox.ids.bot}> maximum fare`)
    await expect.poll(() => scene.logged.join('')).toMatch(/"type":"message".*"fate":"done"/)
    const done = await member().press(asked.message, 'Delete')
    expect(done.kind).toBe('updated')
    const text = readable(done.message)
    expect(text).toMatch(/^This is deleted:\n- 1 question of yours that no fact answered\n- 1 question whose answer/)
    expect(text).toMatch(
      /- 1 note of yours that a fact is wrong\n- 1 topic that you follow in direct messages\n- 1 question that I remember/,
    )
    expect(text).toContain('Messages in Discord')
    expect(text).not.toContain('as a moderator')
    expect(await shown()).toBe('I keep nothing about you.')
    expect(await scene.store.listFollows()).toEqual([])
    // It is not understood any more what this follows on.
    const followUp = await member().say('general', `<@${scene.sandbox.ids.bot}> and until when?`)
    expect(readable(followUp)).not.toContain('30 euros')
    const again = await moderator().slash('moderators', 'knowledge complaints')
    expect(readable(again.message)).toContain('No complaint is open')
  })

  test('deletes a moderator’s drafts, and leaves what they answer for', async () => {
    const draft = async (statement: string) => {
      const fields = { statement, questions: 'one is?\ntwo is?\nthree is?' }
      const add = { topic: 'ferries', kind: 'rule', source: 'report' }
      const { modal } = await moderator().slash('moderators', 'knowledge add', add)
      return (await moderator().submit(modal, fields)).message
    }
    await moderator().press(await draft('Boats are blue until 10 November 2025.'), 'Propose')
    await draft('Boats are red until 10 November 2025.')
    expect(await shown(moderator())).toMatch(
      /As a moderator:\n.*1 draft of yours, not proposed \\\(\d+\\\)\n.*1 proposal that you wrote \\\(\d+\\\)/,
    )
    const asked = await moderator().slash('moderators', 'privacy delete')
    expect(readable(asked.message)).toMatch(/What stays:\n.*What you proposed, decided and changed as a moderator/)
    const done = await moderator().press(asked.message, 'Delete')
    expect(readable(done.message)).toMatch(/This is deleted:\n- 1 draft of yours[\s\S]*as a moderator/)
    const left = await shown(moderator())
    expect(left).toMatch(/As a moderator:\n.*1 proposal that you wrote/)
    expect(left).not.toContain('/privacy delete')
    expect(await scene.store.listProposals()).toHaveLength(1)
  })

  test('deletes what is just being given back to be answered, for good', async () => {
    const { store, bot, database } = scene
    const gap = await store.recordGap({ question: 'may mules board', asOf: '2025-09-20', at: bot.context.now() })
    await store.awaitAnswer(gap, ids().member)
    await store.closeGaps([gap], 'answered')
    const file = new DatabaseSync(database)
    file.exec('UPDATE notice SET added = 0')
    file.close()
    let deleted: Promise<unknown> | undefined
    // It finds that there is no answer any more when its asker has all of theirs deleted.
    const ask = (text: string, asOf: string) => {
      deleted = store.deleteOf(ids().member)
      return bot.context.engine.ask(text, asOf)
    }
    await sendNotices(bot.client, Object.create(bot.context, { engine: { value: { ask } } }))
    await deleted
    expect((await store.keptOf(ids().member)).waits.count).toBe(0)
    await store.closeGaps([gap], 'dismissed')
  })

  test('is for whoever asked: a button that somebody else is shown deletes nothing', async () => {
    await member().slash('general', 'ask', { question: 'may dogs board' })
    const channel = await scene.bot.client.channels.fetch(scene.sandbox.ids.channel('policy'))
    if (!channel?.isSendable()) throw new Error('not sendable')
    for (const custom_id of ['privacy|delete', `privacy|delete|${ids().member}`, 'privacy', 'privacy|show']) {
      const button = { type: 2, style: 2, label: 'Forged', custom_id } as const
      await channel.send({ content: 'x', components: [{ type: 1, components: [button] }] })
      const [forged] = moderator().messages('policy').slice(-1)
      for (const person of [member(), moderator()]) {
        const { message } = await person.press(forged as PageMessage, 'Forged')
        expect(message.content).toMatch(/Somebody else was asked this|no longer there/)
        expect(isPrivate(message)).toBe(true)
      }
    }
    expect((await scene.store.keptOf(ids().member)).gaps.count).toBe(1)
    const refused = scene.logged.filter((line) => line.includes('refused a step')).map((line) => JSON.parse(line))
    expect(refused[0]).toMatchObject({ step: 'privacy|delete', sender: scene.store.pseudonymOf(ids().member) })
    expect(refused[2]).toMatchObject({ step: 'privacy|delete' })
  })
})

describe('after a scene with all that somebody can do', () => {
  const NOTE = 'The fare was raised, says the harbour'
  /** Everything but wanting to be told and following in direct messages. */
  async function act(): Promise<PageMessage[]> {
    const bot = `<@${scene.sandbox.ids.bot}>`
    const asked = await member().slash('general', 'ask', { question: 'may dogs board' })
    await member().slash('general', 'ask', { question: 'may cats board', private: true })
    await member().slash('general', 'ferries', { fact: 'may horses board' })
    await member().slash('general', 'fact', { fact: 'may geese board' })
    await member().say('general', `${bot} may goats board`)
    await member().say('general', `${bot} maximum fare`)
    await member().say('dm', 'may parrots board')
    await colleague().menu(member().post('general', 'may snakes board'), 'Answer from facts')
    const thanks = await complain(NOTE)
    await member().autocomplete('general', 'ask', { question: 'may mice' }, 'question')
    await member().slash('policy', 'follow', { topic: 'ferries' })
    await member().slash('general', 'following')
    await moderator().slash('policy', 'follow', { topic: 'ferries' })
    await member().slash('general', 'about')
    await member().slash('general', 'privacy show')
    await moderator().slash('moderators', 'knowledge gaps')
    await moderator().slash('moderators', 'knowledge complaints')
    return [asked.message, thanks]
  }

  test('the database has nobody’s id but of whoever asked to be told, and none of their words once they are deleted', async () => {
    const [asked, thanks] = (await act()) as [PageMessage, PageMessage]
    const before = bytes()
    for (const words of ['dogs', 'cats', 'horses', 'geese', 'goats', 'parrots', 'snakes', NOTE]) {
      expect(before.includes(words), words).toBe(true)
    }
    for (const user of [ids().member, ids().colleague]) expect(before.includes(user)).toBe(false)
    await member().press(asked, 'Tell me when this is answered')
    expect(bytes().includes(ids().member)).toBe(true)
    await member().press(thanks, 'Tell me')
    const question = await member().slash('general', 'privacy delete')
    await member().press(question.message, 'Delete')
    const after = bytes()
    for (const left of [ids().member, 'dogs', 'cats', 'horses', 'geese', 'goats', 'parrots', 'snakes', NOTE]) {
      expect(after.includes(left), left).toBe(false)
    }
  })

  test('the log has no ids of users, no names and nothing that was asked or written', async () => {
    await act()
    scene.sandbox.faults.next({ method: 'POST', path: /callback/ }, { kind: 'error', status: 400 })
    await member()
      .slash('general', 'ask', { question: 'may owls board' })
      .catch(() => undefined)
    scene.sandbox.faults.clear()
    await member().slash('dm', 'follow', { topic: 'ferries' })
    await member().slash('dm', 'unfollow', { topic: 'ferries' })
    await moderator().slash('moderators', 'knowledge settings', { 'second-person': true })
    await moderator().slash('general', 'settings', { answers: 'public' })
    const log = scene.logged.join('')
    expect(log).toContain('"outcome":"abstention"')
    expect(log).toContain('changed the moderators’ settings')
    expect(log).toContain('a handler failed')
    const dm = member().messages('dm')[0]?.channel_id ?? ''
    for (const told of [...Object.values(ids()), dm, 'You (', 'board', 'fare', 'mice', 'owls', NOTE]) {
      expect(log, told).not.toContain(told)
    }
  })
})
