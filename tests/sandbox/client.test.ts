import type { Client } from 'discord.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'

let sandbox: Sandbox
let client: Client

beforeAll(async () => {
  sandbox = await startSandbox({ ackTimeout: 300 })
  client = await startEchoBot(sandbox)
})

afterAll(async () => {
  await client.destroy()
  await sandbox.close()
})

describe('the real client on the sandbox', () => {
  test('registers commands and is offered to people as their permissions and the channel allow', () => {
    expect(sandbox.as('member').commands('general')).toEqual(['echo', 'slow', 'silent', 'form', 'Repeat'])
    expect(sandbox.as('moderator').commands('general')).toContain('moderate')
    expect(sandbox.as('moderator').commands('dm')).not.toContain('moderate')
  })

  test('answers a slash command', async () => {
    const { message, kind } = await sandbox.as('member').slash('general', 'echo', { text: 'hello' })
    expect(kind).toBe('message')
    expect(message).toMatchObject({ content: 'echo: hello', author: { id: sandbox.ids.bot } })
    expect(message).toMatchObject({ interaction: { name: 'echo', user: { id: sandbox.ids.users.member } } })
    expect(sandbox.messages('general').at(-1)?.id).toBe(message.id)
  })

  test('refuses on the person’s side what Discord’s client would not send', async () => {
    const member = sandbox.as('member')
    await expect(member.slash('general', 'echo')).rejects.toThrow('Option "text" is required')
    await expect(member.slash('general', 'echo', { text: 'a', times: 4 })).rejects.toThrow('between 1 and 3')
    await expect(member.slash('general', 'moderate')).rejects.toThrow('not offered')
  })

  test('completes an option', async () => {
    const choices = await sandbox.as('member').autocomplete('general', 'echo', { text: 'hel' }, 'text')
    expect(choices).toMatchObject([{ name: 'hel!', value: 'hel-id' }])
  })

  test('changes the message whose button is pressed', async () => {
    const { message } = await sandbox.as('member').slash('policy', 'echo', { text: 'hello' })
    const pressed = await sandbox.as('moderator').press(message, 'Press')
    expect(pressed).toMatchObject({ kind: 'updated', message: { id: message.id, content: 'pressed by moderator' } })
  })

  test('may acknowledge a press without changing anything', async () => {
    const { message } = await sandbox.as('member').slash('policy', 'echo', { text: 'hello' })
    expect(await sandbox.as('member').press(message, 'quiet', { quiet: true })).toMatchObject({
      kind: 'updated',
      message: { content: 'echo: hello' },
    })
  })

  test('answers a select privately', async () => {
    const { message } = await sandbox.as('member').slash('policy', 'echo', { text: 'hello' })
    const { message: picked } = await sandbox.as('moderator').select(message, 'pick', ['2'])
    expect(picked).toMatchObject({ content: 'picked 2', flags: 64 })
    const ids = (user: 'member' | 'moderator') =>
      sandbox
        .as(user)
        .messages('policy')
        .map(({ id }) => id)
    expect(ids('moderator')).toContain(picked.id)
    expect(ids('member')).not.toContain(picked.id)
    sandbox.as('moderator').dismiss(picked)
    expect(ids('moderator')).not.toContain(picked.id)
  })

  test('opens a modal and reads what was filled in', async () => {
    const { modal } = await sandbox.as('member').slash('general', 'form')
    expect(modal.modal.title).toBe('A form')
    await expect(sandbox.as('member').submit(modal, { note: 'x'.repeat(21) })).rejects.toThrow('between 1 and 20')
    const { message } = await sandbox.as('member').submit(modal, { note: 'noted' })
    expect(message.content).toBe('form: noted')
  })

  test('thinks first, then answers, only for the one who asked', async () => {
    const { message } = await sandbox.as('member').slash('general', 'slow')
    expect(message).toMatchObject({ content: 'thought about it', flags: 64 })
  })

  test('has only so much time to respond', async () => {
    await expect(sandbox.as('member').slash('general', 'silent')).rejects.toThrow('The application did not respond')
  })

  test('is given the content of a message on which its menu command is used', async () => {
    const target = sandbox.as('member').post('general', 'not for the bot')
    const { message } = await sandbox.as('moderator').menu(target, 'Repeat')
    expect(message.content).toBe('again: not for the bot')
  })

  test('hears mentions and direct messages, and of a role mention only that it happened', async () => {
    const member = sandbox.as('member')
    const { bot, botRole } = sandbox.ids
    expect((await member.say('general', `<@${bot}> hi`)).content).toBe(`echo: <@${bot}> hi`)
    expect((await member.say('dm', 'psst')).content).toBe('echo: psst')
    expect((await member.say('general', `<@&${botRole}> hi`)).content).toBe('echo: (nothing)')
  })

  test('hears a reply only if the reply pings', async () => {
    const member = sandbox.as('member')
    const answer = await member.say('general', `<@${sandbox.ids.bot}> hi`)
    expect(answer.referenced_message?.content).toContain('hi')
    expect((await member.say('general', 'and?', { message: answer.id, ping: true })).content).toBe('echo: and?')
    member.post('general', 'unheard', { message: answer.id, ping: false })
    expect((await member.say('general', `<@${sandbox.ids.bot}> heard`)).content).toContain('heard')
  })
})
