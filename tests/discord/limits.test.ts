import { expect, test, vi } from 'vitest'
import { engine, isPrivate, NO_LIMITS, readable, snapshot, startBot, useBot } from './harness.ts'

const scene = useBot((sandbox) =>
  startBot(sandbox, snapshot, engine, { limits: { ...NO_LIMITS, seconds: 2, person: 3, personTyping: 2 } }),
)
const member = () => scene.sandbox.as('member')
const fates = () => scene.running.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'handled')

test('too many commands get a private line, until some time has passed', async () => {
  const ask = async () => (await member().slash('general', 'ask', { question: 'what speed?' })).message
  for (let index = 0; index < 3; index += 1) expect(readable(await ask())).toContain('25 km/h')
  const refused = await ask()
  expect(refused.content).toMatch(/^That was a lot in a short time\. Please try again in \d seconds?\.$/)
  expect(isPrivate(refused)).toBe(true)
  await vi.waitFor(async () => expect(readable(await ask())).toContain('25 km/h'), { timeout: 5_000, interval: 200 })
})

test('too many messages get one short reply, then silence', async () => {
  const moderator = scene.sandbox.as('moderator')
  for (let index = 0; index < 3; index += 1) await moderator.say('dm', 'what speed?')
  expect((await moderator.say('dm', 'what speed?')).content).toMatch(/^That was a lot/)
  const before = moderator.messages('dm').length
  const messages = () => fates().filter(({ type }) => type === 'message')
  await vi.waitFor(() => expect(messages()).toHaveLength(4))
  for (let index = 0; index < 5; index += 1) moderator.post('dm', 'what speed?')
  await vi.waitFor(() => expect(messages()).toHaveLength(9))
  expect(messages().slice(-6)).toMatchObject(Array(6).fill({ fate: 'limited' }))
  expect(moderator.messages('dm')).toHaveLength(before + 5)
})

test('too much typing gets no choices, and takes nothing from questions', async () => {
  const colleague = scene.sandbox.as('colleague')
  const type = () => colleague.autocomplete('general', 'ask', { question: 'how fast' }, 'question')
  expect(await type()).not.toEqual([])
  expect(await type()).not.toEqual([])
  expect(await type()).toEqual([])
  expect(readable((await colleague.slash('general', 'ask', { question: 'what speed?' })).message)).toContain('25 km/h')
})
