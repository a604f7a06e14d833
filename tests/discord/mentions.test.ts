import { describe, expect, test } from 'vitest'
import { isPrivate, readable, speed, useBot } from './harness.ts'

const scene = useBot()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')

describe('plain messages', () => {
  test('a mention is answered with a reply that pings nobody', async () => {
    const answer = await member().say('general', `hey <@${scene.sandbox.ids.bot}> what speed?`)
    expect(readable(answer)).toContain(speed.statement)
    expect(answer.referenced_message?.author.id).toBe(scene.sandbox.ids.users.member)
    expect(answer.pings).toEqual({ everyone: false, users: [], roles: [] })
  })

  test('a mention of the bot’s own role, whose text never arrives, gets a hint', async () => {
    const answer = await member().say('general', `<@&${scene.sandbox.ids.botRole}> what speed?`)
    expect(answer.content).toContain('choose me instead of the role')
  })

  test('a mention of the bot and its role is answered', async () => {
    const answer = await member().say(
      'general',
      `<@&${scene.sandbox.ids.botRole}> <@${scene.sandbox.ids.bot}> what speed?`,
    )
    expect(readable(answer)).toContain(speed.statement)
  })

  test('a mention without a question gets a hint', async () => {
    const answer = await member().say('general', `<@${scene.sandbox.ids.bot}>`)
    expect(answer.content).toContain('/ask')
  })

  test('a DM needs no mention', async () => {
    expect(readable(await member().say('dm', 'what speed?'))).toContain(speed.statement)
  })

  test('a message is answered from its context menu, in private', async () => {
    const message = moderator().post('general', 'does anybody know the speed?')
    const answer = await member().menu(message, 'Answer from facts')
    expect(readable(answer.message)).toContain(speed.statement)
    expect(isPrivate(answer.message)).toBe(true)
  })

  test('what is not for the bot is left alone', async () => {
    const before = scene.sandbox.messages('policy').length
    member().post('policy', 'what speed, everybody? @everyone')
    // The answer to what comes after it shows that it was seen and passed over.
    await member().say('policy', `<@${scene.sandbox.ids.bot}> what speed?`)
    expect(scene.sandbox.messages('policy').length).toBe(before + 3)
  })
})
