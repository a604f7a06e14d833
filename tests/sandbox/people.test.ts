import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PageEvent, PageState } from '../../src/sandbox/protocol.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

const stateOf = async (as: string) => (await (await fetch(`${sandbox.url}/page/state?as=${as}`)).json()) as PageState

describe('the moderators’ channel', () => {
  test('is seen by moderators alone', async () => {
    const namesFor = async (as: string) => (await stateOf(as)).channels.map(({ name }) => name)
    expect(await namesFor('moderator')).toEqual(['general', 'policy', 'moderators', 'Bot'])
    expect(await namesFor('colleague')).toEqual(['general', 'policy', 'moderators', 'Bot'])
    expect(await namesFor('member')).toEqual(['general', 'policy', 'Bot'])
    expect(() => sandbox.as('member').post('moderators', 'hello')).toThrow('no such channel')
  })

  test('tells the bot who may see it', async () => {
    const route = `${sandbox.api}/v10/channels/${sandbox.ids.channel('moderators')}`
    const channel = await (await fetch(route, { headers: { authorization: `Bot ${sandbox.token}` } })).json()
    expect(channel).toMatchObject({
      permission_overwrites: [
        { id: sandbox.ids.guild, deny: '1024' },
        { allow: '1024' },
        { id: sandbox.ids.botRole, allow: '1024' },
      ],
    })
  })

  test('sends its messages to no page of a member', async () => {
    const stream = await fetch(`${sandbox.url}/page/events?as=member`)
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    const others = await fetch(`${sandbox.url}/page/events?as=colleague`)
    const other = others.body?.pipeThrough(new TextDecoderStream()).getReader()
    sandbox.as('moderator').post('moderators', 'for us alone')
    sandbox.as('moderator').post('general', 'for all')
    const firstOf = async (from: typeof reader) => {
      let text = ''
      while (!/data: .*\n/.test(text)) text += (await from?.read())?.value ?? ''
      const [, json = ''] = /data: (.*)\n/.exec(text) ?? []
      const event = JSON.parse(json) as Extract<PageEvent, { type: 'message-created' }>
      await from?.cancel()
      return event.message.content
    }
    expect(await firstOf(reader)).toBe('for all')
    expect(await firstOf(other)).toBe('for us alone')
  })
})

test('direct messages are everybody’s own', async () => {
  sandbox.as('colleague').post('dm', 'only mine')
  expect(sandbox.messages('colleague-dm').map(({ content }) => content)).toEqual(['only mine'])
  expect(JSON.stringify(await stateOf('moderator'))).not.toContain('only mine')
})
