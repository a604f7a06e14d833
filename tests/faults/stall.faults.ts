import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { type Running, readable, startBot } from '../discord/harness.ts'

const STALL = 20_000

let sandbox: Sandbox
let running: Running
beforeAll(async () => {
  sandbox = await startSandbox({ botName: 'Footnote', patience: 60_000, identifyInterval: 0 })
  running = await startBot(sandbox)
})
afterAll(async () => {
  await running.stop()
  await sandbox.close()
})

test('a network that stands still for twenty seconds: whoever still waits is answered, once', async () => {
  const member = sandbox.as('member')
  const said = ['dm', 'general'].map((channel) => member.say(channel, `<@${sandbox.ids.bot}> what speed?`))
  sandbox.stall(STALL)
  const lost = await Promise.allSettled(
    Array.from({ length: 5 }, () => member.slash('general', 'ask', { question: 'what speed?' })),
  )
  expect(lost.map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
  for (const reply of await Promise.all(said)) expect(readable(reply)).toContain('25 km/h')
  const { message } = await member.slash('general', 'ask', { question: 'what speed?' })
  expect(readable(message)).toContain('25 km/h')
  const answers = sandbox.messages('general').filter(({ author }) => author.id === sandbox.ids.bot)
  expect(answers).toHaveLength(2)
}, 120_000)
