import { describe, expect, test } from 'vitest'
import { readable } from './harness.ts'
import { useKeeping } from './keeping/scene.ts'

const scene = useKeeping()
const member = () => scene.sandbox.as('member')
const bot = () => `<@${scene.sandbox.ids.bot}>`

describe('follow-up questions', () => {
  test('in direct messages take what they lack from the question before, and say so', async () => {
    await member().say('dm', 'How much is a crossing at most?')
    const answer = readable(await member().say('dm', 'until when?'))
    expect(answer).toMatch(/^A crossing costs at most 30 euros/)
    expect(answer).toMatch(/-# About: How much is a crossing at most\?$/)
  })

  test('in a channel with a mention, for the one who asked', async () => {
    await member().say('general', `${bot()} maximum fare`)
    expect(readable(await member().say('general', `${bot()} who said that?`))).toContain('About: maximum fare')
    const other = readable(await scene.sandbox.as('moderator').say('general', `${bot()} who said that?`))
    expect(other).not.toContain('About:')
  })

  test('in reply to an answer, for anybody', async () => {
    const answer = await member().say('policy', `${bot()} maximum fare`)
    const { recollection, now } = scene.bot.context
    await expect.poll(() => recollection.recall([answer.id], now())).toBeDefined()
    const reply = await scene.sandbox.as('moderator').say('policy', 'until when?', { message: answer.id, ping: true })
    expect(readable(reply)).toContain('About: maximum fare')
  })

  test('after /ask as well', async () => {
    await member().slash('dm', 'ask', { question: 'When did pier 4 open?' })
    expect(readable(await member().say('dm', 'who said that?'))).toContain('Pier 4 opened')
  })
})
