import { expect, test } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { BUILT_IN_NAMES, RESERVED_NAMES } from '../../src/knowledge/reserved-names.ts'
import { type CommandLike, commandSetFlaws } from '../../src/sandbox/rules-commands.ts'
import { sampleFact, sampleSnapshot } from '../render/sample.ts'

test('the shipped knowledge makes commands that Discord takes, one for each topic', async () => {
  const loaded = await loadKnowledge('knowledge', { reservedNames: RESERVED_NAMES })
  if (!loaded.ok) throw new Error('the shipped knowledge has faults')
  const commands = listCommands(loaded.snapshot).map(({ definition }) => definition)
  expect(commandSetFlaws(commands as unknown as CommandLike[])).toEqual([])
  const names = commands.map(({ name }) => name)
  for (const topic of loaded.snapshot.topics.keys()) expect(names).toContain(topic)
})

test('the names that are kept from topics are the names of the built-in commands', () => {
  const slashNames = listCommands(sampleSnapshot([]))
    .filter(({ execute, forModerators }) => execute && !forModerators)
    .map(({ definition }) => definition.name)
  expect(slashNames).toEqual(BUILT_IN_NAMES)
})

test('a topic without a description still makes a command', () => {
  const snapshot = sampleSnapshot([sampleFact()])
  const topic = { name: 'cycling', title: 'All on cycling', description: '', facts: [] }
  const definitions = listCommands({ ...snapshot, topics: new Map([['cycling', topic]]) }).map(
    ({ definition }) => definition,
  )
  expect(commandSetFlaws(definitions as unknown as CommandLike[])).toEqual([])
})
