import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})

afterAll(() => sandbox.close())

interface Answer {
  status: number
  body: { code: number; message: string; errors?: unknown } & Record<string, unknown>
}

async function request(method: string, path: string, body?: unknown, token = sandbox.token): Promise<Answer> {
  const response = await fetch(`${sandbox.api}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    body: response.status === 204 ? ({} as Answer['body']) : ((await response.json()) as Answer['body']),
  }
}

const say = (body: unknown) => request('POST', `/channels/${sandbox.ids.channel('general')}/messages`, body)
const register = (...commands: unknown[]) => request('PUT', `/applications/${sandbox.ids.bot}/commands`, commands)

/** The paths and codes of an error's leaves: "content BASE_TYPE_MAX_LENGTH". */
function leaves(tree: unknown, path = ''): string[] {
  return Object.entries((tree ?? {}) as Record<string, unknown>).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as Array<{ code: string }>).map(({ code }) => `${path} ${code}`)
      : leaves(value, path ? `${path}.${key}` : key),
  )
}

const V2 = 1 << 15
const text = (content: string) => ({ type: 10, content })
const row = (...components: unknown[]) => ({ type: 1, components })
const button = (id: string) => ({ type: 2, style: 1, label: 'Go', custom_id: id })
const link = (rest: object) => ({ type: 2, style: 5, label: 'Go', ...rest })
const option = (value: string) => ({ label: value, value })
const select = (rest: object) => ({ type: 3, custom_id: 'pick', options: [option('a'), option('b')], ...rest })
const embed = (rest: object) => ({ embeds: [{ description: 'x', ...rest }] })
const rows = (...components: unknown[]) => ({ content: 'x', components })

test.each<[what: string, body: object, leaf: string]>([
  ['content over 2,000', { content: 'x'.repeat(2001) }, 'content BASE_TYPE_MAX_LENGTH'],
  ['an unknown key', { content: 'x', colour: 1 }, 'colour UNKNOWN_KEY'],
  ['an unknown key deep inside', embed({ footer: { text: 'x', txt: 'x' } }), 'embeds.0.footer.txt UNKNOWN_KEY'],
  ['content that is no text', { content: 1 }, 'content BASE_TYPE_INVALID'],
  ['an empty embed', { embeds: [{}] }, 'embeds.0.description BASE_TYPE_REQUIRED'],
  ['a long description', embed({ description: 'x'.repeat(4097) }), 'embeds.0.description BASE_TYPE_MAX_LENGTH'],
  ['a colour out of range', embed({ color: 0x1000000 }), 'embeds.0.color NUMBER_TYPE_MAX'],
  ['embeds over 6,000 together', embeds(4096, 2000), 'embeds MAX_EMBED_SIZE_EXCEEDED'],
  [
    'a field without value',
    embed({ fields: [{ name: 'x', value: '' }] }),
    'embeds.0.fields.0.value BASE_TYPE_REQUIRED',
  ],
  ['26 fields', embed({ fields: Array(26).fill({ name: 'x', value: 'x' }) }), 'embeds.0.fields BASE_TYPE_MAX_LENGTH'],
  ['a script as URL', embed({ title: 'x', url: 'javascript:alert(1)' }), 'embeds.0.url URL_TYPE_INVALID_SCHEME'],
  ['an image from a file', embed({ image: { url: 'file:///x' } }), 'embeds.0.image.url URL_TYPE_INVALID_SCHEME'],
  ['11 embeds', { embeds: Array(11).fill({ description: 'x' }) }, 'embeds BASE_TYPE_MAX_LENGTH'],
  [
    'contradictory mentions',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1100000000000000011'] } },
    'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  [
    'an unknown kind of mention',
    { content: 'x', allowed_mentions: { parse: ['all'] } },
    'allowed_mentions.parse.0 BASE_TYPE_CHOICES',
  ],
  ['6 rows', rows(...'abcdef'.split('').map((id) => row(button(id)))), 'components BASE_TYPE_BAD_LENGTH'],
  ['6 buttons in a row', rows(row(...'abcdef'.split('').map(button))), 'components.0.components BASE_TYPE_MAX_LENGTH'],
  ['an empty row', rows(row()), 'components.0.components BASE_TYPE_MIN_LENGTH'],
  [
    'a custom id twice',
    rows(row(button('a')), row(button('a'))),
    'components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a custom id over 100',
    rows(row(button('x'.repeat(101)))),
    'components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a label over 80',
    rows(row({ ...button('a'), label: 'x'.repeat(81) })),
    'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button without label',
    rows(row({ ...button('a'), label: '' })),
    'components.0.components.0.label BASE_TYPE_REQUIRED',
  ],
  [
    'a button without custom id',
    rows(row({ type: 2, style: 1, label: 'x' })),
    'components.0.components.0.custom_id BASE_TYPE_REQUIRED',
  ],
  ['a link without URL', rows(row(link({}))), 'components.0.components.0.url BASE_TYPE_REQUIRED'],
  [
    'a link with custom id',
    rows(row(link({ url: 'https://a.example', custom_id: 'a' }))),
    'components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_AND_URL',
  ],
  [
    'a script as link',
    rows(row(link({ url: 'javascript:alert(1)' }))),
    'components.0.components.0.url URL_TYPE_INVALID_SCHEME',
  ],
  ['an unknown component', rows({ type: 99 }), 'components.0.type UNION_TYPE_CHOICES'],
  ['a button outside a row', rows(button('a')), 'components.0.type UNION_TYPE_CHOICES'],
  [
    'a select beside a button',
    rows(row(select({}), button('a'))),
    'components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  [
    'min over max',
    rows(row(select({ min_values: 2, max_values: 1 }))),
    'components.0.components.0.min_values SELECT_COMPONENT_MIN_OVER_MAX',
  ],
  [
    'more to choose than there is',
    rows(row(select({ max_values: 3 }))),
    'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a value twice',
    rows(row(select({ options: [option('a'), option('a')] }))),
    'components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    '26 choices',
    rows(row(select({ options: [...'abcdefghijklmnopqrstuvwxyz'].map(option) }))),
    'components.0.components.0.options BASE_TYPE_MAX_LENGTH',
  ],
  ['V2 components without the flag', { components: [text('x')] }, 'components.0.type UNION_TYPE_CHOICES'],
  [
    'V2 beside content',
    { flags: V2, content: 'x', components: [text('x')] },
    'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'V2 beside an embed',
    { flags: V2, ...embed({}), components: [text('x')] },
    'embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'V2 text over 4,000 together',
    { flags: V2, components: [text('x'.repeat(3000)), text('y'.repeat(1001))] },
    'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  ['an empty V2 text', { flags: V2, components: [text(' ')] }, 'components.0.content BASE_TYPE_REQUIRED'],
  [
    '41 components, nested ones counted',
    { flags: V2, components: [{ type: 17, components: Array(40).fill(text('x')) }] },
    'components BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a container in a container',
    { flags: V2, components: [{ type: 17, components: [{ type: 17, components: [text('x')] }] }] },
    'components.0.components.0.type UNION_TYPE_CHOICES',
  ],
  [
    'a section without accessory',
    { flags: V2, components: [{ type: 9, components: [text('x')] }] },
    'components.0.accessory BASE_TYPE_REQUIRED',
  ],
  [
    'a reply to nothing',
    { content: 'x', message_reference: { message_id: '1100000000000000099' } },
    'message_reference MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
  ],
])('refuses a message with %s', async (_, body, leaf) => {
  const answer = await say(body)
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 50035 })
  expect(answer.body.message).toBe('Invalid Form Body')
  expect(leaves(answer.body.errors)).toContain(leaf)
  expect(sandbox.messages('general')).toEqual([])
})

function embeds(...lengths: number[]) {
  return { embeds: lengths.map((length) => ({ description: 'x'.repeat(length) })) }
}

const command = (rest: object = {}) => ({ name: 'ask', description: 'Asks', ...rest })
const string = (rest: object = {}) => ({ type: 3, name: 'what', description: 'What', ...rest })
const choice = (name: string) => ({ name, value: name })
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => string({ name: `o${i}`, description: 'x'.repeat(100) }))

test.each<[what: string, commands: object[], leaf: string]>([
  ['a name in capitals', [command({ name: 'Ask' })], '0.name APPLICATION_COMMAND_INVALID_NAME'],
  ['a name with a space', [command({ name: 'ask me' })], '0.name APPLICATION_COMMAND_INVALID_NAME'],
  ['a name over 32', [command({ name: 'x'.repeat(33) })], '0.name BASE_TYPE_MAX_LENGTH'],
  ['an empty description', [command({ description: '' })], '0.description BASE_TYPE_REQUIRED'],
  ['a description over 100', [command({ description: 'x'.repeat(101) })], '0.description BASE_TYPE_MAX_LENGTH'],
  ['two of one name', [command(), command()], '1.name APPLICATION_COMMANDS_DUPLICATE_NAME'],
  [
    'required after optional',
    [command({ options: [string(), string({ name: 'b', required: true })] })],
    '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  [
    'two options of one name',
    [command({ options: [string(), string()] })],
    '0.options.1.name APPLICATION_COMMANDS_DUPLICATE_NAME',
  ],
  ['26 options', [command({ options: many(26) })], '0.options BASE_TYPE_MAX_LENGTH'],
  [
    '26 choices',
    [command({ options: [string({ choices: [...'abcdefghijklmnopqrstuvwxyz'].map(choice) })] })],
    '0.options.0.choices BASE_TYPE_MAX_LENGTH',
  ],
  [
    'choices beside autocompletion',
    [command({ options: [string({ autocomplete: true, choices: [choice('a')] })] })],
    '0.options.0.autocomplete APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES',
  ],
  [
    'a choice twice',
    [command({ options: [string({ choices: [choice('a'), choice('a')] })] })],
    '0.options.0.choices.1 APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_VALUE_DUPLICATE',
  ],
  [
    'a locale that is none',
    [command({ name_localizations: { english: 'ask' } })],
    '0.name_localizations.english BASE_TYPE_CHOICES',
  ],
  [
    'more than 8,000 characters',
    [command({ options: [sub('a'), sub('b'), sub('c'), sub('d')] })],
    '0 APPLICATION_COMMAND_TOO_LARGE',
  ],
  [
    'subcommands beside options',
    [command({ options: [string(), { type: 1, name: 'sub', description: 'x' }] })],
    '0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a described menu command',
    [{ type: 3, name: 'Ask this', description: 'x' }],
    '0.description APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
  ],
  ['an unknown key', [command({ permission: '8' })], '0.permission UNKNOWN_KEY'],
])('refuses commands with %s', async (_, commands, leaf) => {
  const answer = await register(...commands)
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 50035 })
  expect(leaves(answer.body.errors)).toContain(leaf)
  expect(sandbox.commands()).toEqual([])
})

function sub(name: string) {
  return { type: 1, name, description: 'x', options: many(24) }
}

describe('answers in Discord’s words', () => {
  test('an empty message', async () => {
    for (const body of [{}, { content: ' \n' }, { flags: V2, components: [] }])
      expect(await say(body)).toEqual({ status: 400, body: { code: 50006, message: 'Cannot send an empty message' } })
  })

  test('101 commands', async () => {
    const names = Array.from({ length: 101 }, (_, i) => command({ name: `c${i}` }))
    expect(await register(...names)).toMatchObject({ status: 400, body: { code: 30032 } })
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
    expect(await request(method, path)).toMatchObject({ status, body: { code } })
  })

  test('a wrong token and a body that is not JSON', async () => {
    expect(await request('GET', '/users/@me', undefined, 'wrong')).toMatchObject({ status: 401 })
    const headers = { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' }
    const url = `${sandbox.api}/v10/channels/${sandbox.ids.channel('general')}/messages`
    const response = await fetch(url, { method: 'POST', headers, body: '{' })
    expect([response.status, ((await response.json()) as Answer['body']).code]).toEqual([400, 50109])
  })

  test('a body beyond all measure', async () => {
    expect(await say({ content: 'x'.repeat(27_000_000) })).toMatchObject({ status: 413, body: { code: 40005 } })
  })

  test('notes what it refused, without tokens', async () => {
    await request('POST', '/interactions/1100000000000000099/secret/callback', { type: 5 })
    expect(sandbox.refusals().at(-1)).toEqual({
      method: 'POST',
      path: '/interactions/1100000000000000099/…/callback',
      status: 404,
      body: { code: 10062, message: 'Unknown interaction' },
    })
  })

  test('other people’s messages cannot be edited', async () => {
    const { id, channel_id } = sandbox.as('member').post('policy', 'mine')
    const answer = await request('PATCH', `/channels/${channel_id}/messages/${id}`, { content: 'yours' })
    expect(answer).toMatchObject({ status: 403, body: { code: 50005 } })
  })

  test('a message of version 2 stays one', async () => {
    const channel = sandbox.ids.channel('policy')
    const { body } = await request('POST', `/channels/${channel}/messages`, { flags: V2, components: [text('x')] })
    const edit = (change: object) => request('PATCH', `/channels/${channel}/messages/${body.id}`, change)
    expect(leaves((await edit({ content: 'x', flags: 0 })).body.errors)).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ])
    expect(await edit({ components: [text('y')], flags: 0 })).toMatchObject({ status: 200, body: { flags: V2 } })
  })

  test('a command whose permissions are a string of digits is fine', async () => {
    const { body } = await register(command({ default_member_permissions: '32' }))
    expect(body).toMatchObject([{ name: 'ask', default_member_permissions: '32', type: 1 }])
    const [again] = (await register(command())).body as unknown as Array<{ id: string }>
    expect(again?.id).toBe((body as unknown as Array<{ id: string }>)[0]?.id)
  })
})
