import { describe, expect, test } from 'vitest'
import { isPrivate, postForged, readable, scooters, speed, useBot } from './harness.ts'

const scene = useBot()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')

describe('buttons', () => {
  test('a suggestion pressed by the asker becomes the answer in place', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    expect(readable(message)).toContain('I am not sure which of these you mean')
    const pressed = await member().press(message, 'May scooters use bicycle lanes?')
    expect(pressed.kind).toBe('updated')
    expect(readable(pressed.message).split('\n')[0]).toBe(`${scooters.statement} \\[1\\]`)
  })

  test('pressed by somebody else it becomes their private copy', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'which one?' })
    const pressed = await moderator().press(message, 'May scooters use bicycle lanes?')
    expect(pressed.kind).toBe('message')
    expect(isPrivate(pressed.message)).toBe(true)
    expect(readable(pressed.message)).toContain(scooters.statement)
    expect(readable(scene.sandbox.messages('general').find(({ id }) => id === message.id) ?? {})).toContain(
      'I am not sure',
    )
  })

  test('who asked by a mention is known from the message that was replied to', async () => {
    const answer = await member().say('general', `<@${scene.sandbox.ids.bot}> which one?`)
    const other = await moderator().press(answer, 'May scooters use bicycle lanes?')
    expect(isPrivate(other.message)).toBe(true)
    expect((await member().press(answer, 'May scooters use bicycle lanes?')).kind).toBe('updated')
  })

  test('Sources are shown in private', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const sources = await moderator().press(message, 'Sources')
    expect(isPrivate(sources.message)).toBe(true)
    expect(readable(sources.message)).toContain('City Gazette')
  })

  test('a related question opens in private', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const further = await member().select(message, 'Open a related question', [scooters.id])
    expect(isPrivate(further.message)).toBe(true)
    expect(readable(further.message)).toContain(scooters.statement)
  })

  test('a complaint is recorded with a pseudonym of who sent it, and thanked for', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const { modal } = await moderator().press(message, 'Wrong or out of date?')
    const { message: thanks } = await moderator().submit(modal, { note: 'It is 20 now.' })
    expect(thanks.content).toContain('Thank you')
    expect(isPrivate(thanks)).toBe(true)
    const [complaint] = await scene.running.store.listComplaints(1)
    const sender = scene.running.store.pseudonymOf(scene.sandbox.ids.users.moderator)
    expect(complaint).toMatchObject({ facts: [speed.id], asOf: '2025-09-20', note: 'It is 20 now.', sender })
    expect(complaint?.user).toBeUndefined()
  })

  test('a complaint that nobody could read is not recorded', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const { modal } = await moderator().press(message, 'Wrong or out of date?')
    const before = await scene.running.store.listComplaints()
    const { message: refusal } = await moderator().submit(modal, { note: '\u200b\u202e\u200b\u200b' })
    expect(readable(refusal)).toContain('nothing was recorded')
    expect(await scene.running.store.listComplaints()).toEqual(before)
  })

  test.each([
    'wrong|2025-09-20|',
    'share|2025-09-20|',
    'sources|2025-09-20|',
    'show|2025-09-20|',
    'further|2025-09-20|',
  ])('a forged button %s, which is about nothing, is refused in words', async (customId) => {
    const message = await postForged(scene, customId)
    const pressed = await member().press(message, 'Forged')
    expect(pressed.kind).toBe('message')
    expect(isPrivate(pressed.message)).toBe(true)
    expect(pressed.message.content).toBe('This is about no fact. Please ask again.')
  })
})
