import { describe, expect, test } from 'vitest'
import {
  commandEntries,
  type Field,
  matchEntries,
  readField,
  readOptions,
  spelledOut,
} from '../../src/sandbox/page/commands.ts'
import { encodeMentions, matchMentions, mentionables, openMention } from '../../src/sandbox/page/mentions.ts'
import { applyEvent, continues } from '../../src/sandbox/page/page-state.ts'
import type { PageCommand, PageMessage, PageState } from '../../src/sandbox/protocol.ts'

const state = {
  users: [
    { id: '12', username: 'member', name: 'You (member)', bot: false },
    { id: '11', username: 'echo', name: 'Echo', bot: true },
  ],
  roles: [{ id: '21', name: 'Echo' }],
  channels: [{ id: '31', name: 'general', type: 0 }],
  commands: [],
  messages: {},
} as unknown as PageState

const command = (name: string, options: unknown[] = [], channels = ['31']) =>
  ({ command: { id: name, type: 1, name, description: '', options }, channels }) as unknown as PageCommand

const field = (type: number, text: string, more: object = {}): Field => ({
  option: { type, name: 'o', description: '', ...more },
  text,
})

describe('the command picker', () => {
  const fact = command('fact', [{ type: 1, name: 'show', description: '', options: [{ type: 3, name: 'id' }] }])
  const entries = commandEntries([fact, command('about'), command('fast'), command('hidden', [], [])], '31', 'en-US')

  test('offers subcommands one by one, and only what the channel offers', () => {
    expect(entries.map(({ name, path }) => [name, path])).toEqual([
      ['about', []],
      ['fact show', ['show']],
      ['fast', []],
    ])
  })

  test('puts what begins like the text before what holds it', () => {
    expect(matchEntries(entries, 'fa').map(({ name }) => name)).toEqual(['fact show', 'fast'])
    expect(matchEntries(entries, 'o').map(({ name }) => name)).toEqual(['about', 'fact show'])
  })

  test('takes over a command that is written out, with the text after it', () => {
    expect(spelledOut(entries, 'fact show ab c')).toMatchObject({ entry: { name: 'fact show' }, rest: 'ab c' })
    expect(spelledOut(entries, 'fact sho')).toBeUndefined()
  })
})

describe('an option’s text', () => {
  test.each([
    [field(3, ' words '), { value: 'words' }],
    [field(3, ''), {}],
    [field(3, '', { required: true }), { error: expect.stringContaining('required') }],
    [field(3, 'ab', { min_length: 3 }), { error: expect.any(String) }],
    [field(4, '7'), { value: 7 }],
    [field(4, '7.5'), { error: expect.stringContaining('whole') }],
    [field(10, '7,5', { max_value: 7 }), { error: expect.any(String) }],
    [{ ...field(3, 'Shown'), picked: 'value' }, { value: 'value' }],
  ])('%o', (given, expected) => {
    expect(readField(given, undefined)).toEqual(expected)
  })

  test('is the value of the choice that it names, and nothing else', () => {
    const known = [{ name: 'True', value: true }]
    expect(readField(field(5, 'true'), known)).toEqual({ value: true })
    expect(readField(field(5, 'perhaps'), known)).toHaveProperty('error')
  })

  test('is left out of a request where it is empty', () => {
    expect(
      readOptions([field(3, ''), { ...field(6, '@Echo'), option: { type: 6, name: 'who', description: '' } }], state),
    ).toEqual({ who: '11' })
  })
})

describe('mentions', () => {
  const all = mentionables(state)

  test('offer the bot first, its role too', () => {
    expect(matchMentions(all, '@e').map(({ code }) => code)).toEqual(['<@11>', '<@&21>'])
    expect(all[0]?.code).toBe('<@11>')
  })

  test('are seen before the caret only, and not inside a word', () => {
    expect(openMention('hi @ec', 6)).toBe('@ec')
    expect(openMention('a@ec', 4)).toBeUndefined()
    expect(openMention('@ec ho', 6)).toBeUndefined()
  })

  test('are sent as codes; what was picked decides between two of one name', () => {
    expect(encodeMentions('@Echo hi, not@Echo @Echoes @You (member)', all, new Map())).toBe(
      '<@11> hi, not@Echo @Echoes <@12>',
    )
    expect(encodeMentions('@Echo', all, new Map([['@Echo', '<@&21>']]))).toBe('<@&21>')
  })
})

describe('what a user sees', () => {
  const message = (id: string, more: object = {}) =>
    ({
      id,
      channel_id: '31',
      author: { id: '11' },
      timestamp: '2025-09-19T12:00:00Z',
      flags: 0,
      ...more,
    }) as unknown as PageMessage

  test('takes a message once, changes it in place, and lets it go', () => {
    const one = applyEvent(state, { type: 'message-created', message: message('1') })
    const two = applyEvent(applyEvent(one, { type: 'message-created', message: message('2') }), {
      type: 'message-created',
      message: message('1'),
    })
    expect(two.messages['31']?.map(({ id }) => id)).toEqual(['1', '2'])
    const edited = applyEvent(two, { type: 'message-updated', message: message('1', { content: 'new' }) })
    expect(edited.messages['31']?.[0]?.content).toBe('new')
    expect(
      applyEvent(edited, { type: 'message-deleted', channel: '31', id: '1' }).messages['31']?.map(({ id }) => id),
    ).toEqual(['2'])
  })

  test('groups messages of one author within minutes', () => {
    const later = (minutes: number, more: object = {}) =>
      message('2', { timestamp: `2025-09-19T12:0${minutes}:00Z`, ...more })
    expect(continues(later(3), message('1'))).toBe(true)
    expect(continues(later(8), message('1'))).toBe(false)
    expect(continues(later(3, { author: { id: '12' } }), message('1'))).toBe(false)
    expect(continues(later(3, { flags: 64 }), message('1'))).toBe(false)
  })
})
