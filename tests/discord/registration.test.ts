import { expect, test } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import { commandsDiffer } from '../../src/discord/registration.ts'
import { snapshot } from './harness.ts'

const wanted = listCommands(snapshot).map(({ definition }) => definition)

/** The same commands as Discord returns them: with ids, spelled-out defaults and in another order. */
function asRegistered() {
  return structuredClone(wanted)
    .map((command, index) => ({
      default_member_permissions: null,
      nsfw: false,
      name_localizations: null,
      description: '',
      type: 1,
      ...command,
      id: String(index),
      application_id: '1',
      version: '2',
    }))
    .reverse() as unknown as Record<string, unknown>[]
}

test('what Discord adds makes no difference', () => {
  expect(commandsDiffer(wanted, asRegistered())).toBe(false)
  const [, ...options] = asRegistered()
  expect(commandsDiffer(wanted, options)).toBe(true)
})

test.each<[string, (command: Record<string, unknown>) => void]>([
  ['description', (command) => Object.assign(command, { description: 'Another' })],
  ['options', (command) => Object.assign(command, { options: [] })],
  ['contexts', (command) => Object.assign(command, { contexts: [0] })],
  ['permissions', (command) => Object.assign(command, { default_member_permissions: '8' })],
])('another %s is a difference', (_name, change) => {
  const registered = asRegistered()
  const ask = registered.find(({ name }) => name === 'ask')
  if (ask) change(ask)
  expect(commandsDiffer(wanted, registered)).toBe(true)
})

test('a command more or less is a difference, the order of options too', () => {
  expect(commandsDiffer([], [])).toBe(false)
  expect(commandsDiffer(wanted, [])).toBe(true)
  const registered = asRegistered()
  const ask = registered.find(({ name }) => name === 'ask') as { options: unknown[] }
  ask.options.reverse()
  expect(commandsDiffer(wanted, registered)).toBe(true)
})
