import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { type Running, readable, startBot } from './harness.ts'

let sandbox: Sandbox
let running: Running
beforeEach(async () => {
  sandbox = await startSandbox({ botName: 'Footnote' })
  running = await startBot(sandbox)
})
afterEach(async () => {
  await running.stop()
  await sandbox.close()
})

const ask = () => sandbox.as('member').slash('general', 'ask', { question: 'what speed?' })
const logged = () => running.logged.map((line) => JSON.parse(line))

describe('a bot that stops', () => {
  test('finishes what is under way, and is gone then', async () => {
    sandbox.faults.next({ path: /callback/ }, { kind: 'delay', milliseconds: 200 })
    const asked = ask()
    const reply = sandbox.as('member').say('general', `<@${sandbox.ids.bot}> what speed?`)
    expect(readable(await reply)).toContain('25 km/h')
    await running.bot.stop()
    expect(readable((await asked).message)).toContain('25 km/h')
    await sandbox.online(false)
  })

  test('handles what Discord had sent before it heard the goodbye', async () => {
    const stopping = running.bot.stop()
    const asked = ask()
    await stopping
    expect(readable((await asked).message)).toContain('25 km/h')
  })

  test('does not wait for ever, and says so', async () => {
    sandbox.faults.next({ path: /callback/ }, { kind: 'delay', milliseconds: 800 })
    const asked = ask()
    await sandbox.as('member').say('dm', 'what speed?')
    await running.bot.stop(20)
    expect(logged()).toContainEqual(expect.objectContaining({ msg: 'stopped before all was done', underWay: 1 }))
    await asked.catch(() => undefined)
  })
})
