import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { leaves, say } from './requests.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})

afterAll(() => sandbox.close())

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
  const answer = await say(sandbox, body)
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 50035 })
  expect(answer.body.message).toBe('Invalid Form Body')
  expect(leaves(answer.body.errors)).toContain(leaf)
  expect(sandbox.messages('general')).toEqual([])
})

function embeds(...lengths: number[]) {
  return { embeds: lengths.map((length) => ({ description: 'x'.repeat(length) })) }
}
