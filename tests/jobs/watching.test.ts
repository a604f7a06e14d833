import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readable } from '../discord/harness.ts'
import { FERRIES, useKeeping } from '../discord/keeping/scene.ts'

/** However busy the machine is. */
const SOON = { timeout: 10_000 }

const scene = useKeeping()
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
const told = () => moderator().messages('moderators').map(readable)

test('a saved file answers at once, and a new topic is a command', async () => {
  const text = FERRIES['topics/ferries.yaml'] ?? ''
  scene.write('topics/ferries.yaml', text.replace('at most 30 euros', 'at most 32 euros'))
  const ask = async () => readable((await member().slash('general', 'ask', { question: 'maximum fare' })).message)
  await expect.poll(ask, SOON).toContain('at most 32 euros')
  const bus =
    '\n  - id: bus-fare\n    statement: A bus ride costs 2 euros.\n    kind: rule\n    citations: [{ source: report }]\n    verified: 2025-09-19\n'
  scene.write('topics/buses.yaml', `topic: buses\ntitle: Buses\ndescription: What a ride costs\nfacts:${bus}`)
  await expect.poll(() => member().commands('general'), SOON).toContain('buses')
  expect(readable((await member().slash('general', 'buses')).message)).toContain('Buses')
  rmSync(join(scene.folder, 'topics/buses.yaml'))
  await expect.poll(() => member().commands('general'), SOON).not.toContain('buses')
})

test('faults are told once to the log and to the moderators, the last good knowledge goes on, and mending is told', async () => {
  await moderator().slash('moderators', 'knowledge settings', { channel: scene.sandbox.ids.channel('moderators') })
  const good = scene.read('topics/ferries.yaml')
  const before = told().length
  scene.write('topics/ferries.yaml', good.replace('kind: rule', 'kind: ruel'))
  await expect.poll(() => told().slice(before).join('\n'), SOON).toContain('The knowledge files have a fault')
  expect(told().at(-1)).toMatch(/\n- topics\/ferries\.yaml, line \d+: "kind" cannot be "ruel"\. Did you mean "rule"\?/)
  expect(readable((await member().slash('general', 'ask', { question: 'maximum fare' })).message)).toContain('32 euros')
  scene.write('topics/ferries.yaml', good)
  await expect.poll(() => told().at(-1), SOON).toContain('in order again')
  expect(told().slice(before)).toHaveLength(2)
  expect(scene.logged.filter((line) => line.includes('the knowledge files have faults'))).toHaveLength(1)
})
