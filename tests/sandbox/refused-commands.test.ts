import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { leaves, register } from './requests.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})

afterAll(() => sandbox.close())

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
  const answer = await register(sandbox, ...commands)
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code: 50035 })
  expect(leaves(answer.body.errors)).toContain(leaf)
  expect(sandbox.commands()).toEqual([])
})

function sub(name: string) {
  return { type: 1, name, description: 'x', options: many(24) }
}
