import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { type Answer, leaves, register, request, say } from './requests.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})

afterAll(() => sandbox.close())

const V2 = 1 << 15
const text = (content: string) => ({ type: 10, content })
const command = (rest: object = {}) => ({ name: 'ask', description: 'Asks', ...rest })

describe('answers in Discord’s words', () => {
  test('an empty message', async () => {
    for (const body of [{}, { content: ' \n' }, { flags: V2, components: [] }])
      expect(await say(sandbox, body)).toEqual({
        status: 400,
        body: { code: 50006, message: 'Cannot send an empty message' },
      })
  })

  test('101 commands', async () => {
    const names = Array.from({ length: 101 }, (_, i) => command({ name: `c${i}` }))
    expect(await register(sandbox, ...names)).toMatchObject({ status: 400, body: { code: 30032 } })
    expect(sandbox.commands()).toEqual([])
  })

  test.each([
    ['GET', '/nothing/here', 404, 0],
    ['GET', '/channels/1100000000000000099', 404, 10003],
    ['GET', '/users/1100000000000000099', 404, 10013],
    ['GET', '/guilds/1100000000000000099', 404, 10004],
    ['GET', '/guilds/1100000000000000001/members/1100000000000000099', 404, 10007],
    ['GET', '/channels/1100000000000000041/messages/1100000000000000099', 404, 10008],
    ['DELETE', '/applications/1100000000000000021/commands/1100000000000000099', 404, 10063],
    ['GET', '/applications/1100000000000000099/commands', 404, 10002],
    ['PATCH', '/webhooks/1100000000000000021/no-token/messages/%40original', 401, 50027],
  ])('%s %s is %i, code %i', async (method, path, status, code) => {
    expect(await request(sandbox, method, path)).toMatchObject({ status, body: { code } })
  })

  test('a wrong token and a body that is not JSON', async () => {
    expect(await request(sandbox, 'GET', '/users/@me', undefined, 'wrong')).toMatchObject({ status: 401 })
    const headers = { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' }
    const url = `${sandbox.api}/v10/channels/${sandbox.ids.channel('general')}/messages`
    const response = await fetch(url, { method: 'POST', headers, body: '{' })
    expect([response.status, ((await response.json()) as Answer['body']).code]).toEqual([400, 50109])
  })

  test('a body beyond all measure', async () => {
    expect(await say(sandbox, { content: 'x'.repeat(27_000_000) })).toMatchObject({
      status: 413,
      body: { code: 40005 },
    })
  })

  test('notes what it refused, without tokens', async () => {
    await request(sandbox, 'POST', '/interactions/1100000000000000099/secret/callback', { type: 5 })
    expect(sandbox.refusals().at(-1)).toEqual({
      method: 'POST',
      path: '/interactions/1100000000000000099/…/callback',
      status: 404,
      body: { code: 10062, message: 'Unknown interaction' },
    })
  })

  test('other people’s messages cannot be edited', async () => {
    const { id, channel_id } = sandbox.as('member').post('policy', 'mine')
    const answer = await request(sandbox, 'PATCH', `/channels/${channel_id}/messages/${id}`, { content: 'yours' })
    expect(answer).toMatchObject({ status: 403, body: { code: 50005 } })
  })

  test('a message of version 2 stays one', async () => {
    const channel = sandbox.ids.channel('policy')
    const { body } = await request(sandbox, 'POST', `/channels/${channel}/messages`, {
      flags: V2,
      components: [text('x')],
    })
    const edit = (change: object) => request(sandbox, 'PATCH', `/channels/${channel}/messages/${body.id}`, change)
    expect(leaves((await edit({ content: 'x', flags: 0 })).body.errors)).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ])
    expect(await edit({ components: [text('y')], flags: 0 })).toMatchObject({ status: 200, body: { flags: V2 } })
  })

  test('a command whose permissions are a string of digits is fine', async () => {
    const { body } = await register(sandbox, command({ default_member_permissions: '32' }))
    expect(body).toMatchObject([{ name: 'ask', default_member_permissions: '32', type: 1 }])
    const [again] = (await register(sandbox, command())).body as unknown as Array<{ id: string }>
    expect(again?.id).toBe((body as unknown as Array<{ id: string }>)[0]?.id)
  })
})
