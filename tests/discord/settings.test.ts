import { afterEach, describe, expect, test } from 'vitest'
import { isPrivate, readable, useBot } from './harness.ts'

const scene = useBot()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
afterEach(() => scene.running.store.writeSetting(scene.sandbox.ids.guild, 'answers', 'public'))

describe('/settings answers', () => {
  test('shows answers to the asker only, with a button to share them, unless they choose otherwise', async () => {
    const settled = await moderator().slash('general', 'settings', { answers: 'private' })
    expect(settled.message.content).toContain('shown to the asker only')
    expect(isPrivate(settled.message)).toBe(true)
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    expect(isPrivate(message)).toBe(true)
    const shared = await member().press(message, 'Share')
    expect(isPrivate(shared.message)).toBe(false)
    expect(readable(shared.message)).toMatch(/Shared by <@\d+>$/)
    const open = await member().slash('general', 'ask', { question: 'what speed?', private: false })
    expect(isPrivate(open.message)).toBe(false)
    expect(isPrivate((await member().slash('general', 'sources')).message)).toBe(true)
    expect(isPrivate((await member().slash('dm', 'ask', { question: 'what speed?' })).message)).toBe(false)
  })

  test('says what holds, and can be taken back', async () => {
    expect((await moderator().slash('general', 'settings')).message.content).toContain('shown to everybody')
    await moderator().slash('general', 'settings', { answers: 'private' })
    await moderator().slash('general', 'settings', { answers: 'public' })
    expect(isPrivate((await member().slash('general', 'ask', { question: 'what speed?' })).message)).toBe(false)
  })

  test('is for those who manage the server, whatever the server shows to others', async () => {
    await expect(member().slash('general', 'settings', { answers: 'private' })).rejects.toThrow('not offered')
  })
})
