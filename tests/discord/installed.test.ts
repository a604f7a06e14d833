import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { isPrivate, type Running, readable, startBot } from './harness.ts'

describe('installed by a person, in a server that has not added it', () => {
  let sandbox: Sandbox
  let running: Running
  beforeAll(async () => {
    sandbox = await startSandbox({ botName: 'Footnote', ackTimeout: 15_000, userInstalls: ['member'] })
    running = await startBot(sandbox)
  })
  afterAll(async () => {
    await running.stop()
    await sandbox.close()
    expect(sandbox.refusals()).toEqual([])
  })
  const member = () => sandbox.as('member')
  const labels = (message: object) =>
    Array.from(JSON.stringify(message).matchAll(/"label":"([^"]*)"/g), ([, label]) => label)

  test('its commands are offered, but not the settings of a server that is not its own', () => {
    const names = member().commands('elsewhere')
    expect(names).toEqual(expect.arrayContaining(['ask', 'timeline', 'Answer from facts', 'cycling']))
    expect(names).not.toContain('settings')
    expect(sandbox.as('colleague').commands('elsewhere')).toEqual([])
  })

  test('it answers, shows where it is from, turns pages and shares', async () => {
    const { message } = await member().slash('elsewhere', 'ask', { question: 'what speed?' })
    expect(readable(message)).toContain('The city caps the speed')
    expect(isPrivate((await member().press(message, 'Sources')).message)).toBe(true)
    const suggestions = await member().slash('elsewhere', 'ask', { question: 'which one?' })
    const chosen = await member().press(suggestions.message, 'May scooters use bicycle lanes?')
    expect(chosen.kind).toBe('updated')
    const chart = await member().slash('elsewhere', 'timeline', { private: true })
    expect(chart.message.attachments).toHaveLength(1)
    const shared = await member().press(chart.message, 'Share')
    expect(isPrivate(shared.message)).toBe(false)
    expect(shared.message.channel_id).toBe(chart.message.channel_id)
    const menu = await member().menu(message, 'Answer from facts')
    expect(isPrivate(menu.message)).toBe(true)
  })

  test('says what is different there, and only there', async () => {
    expect(readable((await member().slash('elsewhere', 'about')).message)).toContain('Here, it is installed for you')
    for (const channel of ['general', 'dm']) {
      expect(readable((await member().slash(channel, 'about')).message)).not.toContain('installed for you')
    }
  })

  test('tells what is kept of whoever asks, and deletes it', async () => {
    await member().slash('elsewhere', 'ask', { question: 'nobody knows this' })
    const shown = await member().slash('elsewhere', 'privacy show')
    expect(isPrivate(shown.message)).toBe(true)
    expect(readable(shown.message)).toContain('“nobody knows this”')
    const asked = await member().slash('elsewhere', 'privacy delete')
    expect(readable((await member().press(asked.message, 'Delete')).message)).toContain('This is deleted:')
    expect(readable((await member().slash('elsewhere', 'privacy show')).message)).toBe('I keep nothing about you.')
  })

  test('follows nothing where it could not tell of it', async () => {
    const { message } = await member().slash('elsewhere', 'follow', { topic: 'cycling' })
    expect(readable(message)).toContain('only where I can write')
    expect(labels(message)).toEqual([])
    const dm = await member().slash('dm', 'follow', { topic: 'cycling' })
    expect(readable(dm.message)).toContain('I will tell you here')
  })
})
