import { DiscordAPIError } from 'discord.js'
import { expect, test } from 'vitest'
import { createLog } from '../src/log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  write(createLog({ level: 'info', secrets: ['abc.def.ghi'], destination }))
  return lines.join('')
}

test('a secret is hidden in fields, messages and stack traces', () => {
  const lines = logged((log) => {
    log.info({ token: 'other', nested: { token: 'other' } }, 'with abc.def.ghi')
    log.error({ err: new Error('refused abc.def.ghi') }, 'failed')
  })
  expect(lines).not.toMatch(/abc\.def\.ghi|other/)
  expect(lines).toContain('[hidden]')
  expect(lines).toContain('refused')
})

test('the token of an interaction is hidden in addresses', () => {
  const token = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5'
  const lines = logged((log) => log.warn({ url: `/interactions/123/${token}/callback` }, 'late'))
  expect(lines).not.toContain(token)
  expect(lines).toContain('/interactions/123/[hidden]/callback')
})

test('what is below the level is left out', () => {
  expect(logged((log) => log.debug('quiet'))).toBe('')
})

test('what was to be sent when Discord refused it, and to whom, is left out', () => {
  const body = { files: undefined, json: { content: 'what somebody asked', recipient_id: '1100000000000000011' } }
  const url = 'https://discord.com/api/v10/users/@me/channels'
  const err = new DiscordAPIError({ code: 50007, message: 'Cannot send' }, 50007, 403, 'POST', url, body)
  const [line = ''] = logged((log) => log.info({ err }, 'somebody could not be told')).split('\n')
  expect(line).not.toMatch(/somebody asked|1100000000000000011/)
  expect(JSON.parse(line).err).toMatchObject({
    code: 50007,
    status: 403,
    url,
    message: expect.stringMatching('Cannot'),
  })
  expect(logged((log) => log.error({ err: 'no error, but text' }, 'odd'))).toContain('no error, but text')
})
