import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PageState } from '../src/sandbox/protocol.ts'
import { openWorkshop, type Workshop } from './program.ts'

let workshop: Workshop
beforeEach(() => {
  workshop = openWorkshop()
})
afterEach(() => workshop.clear())

test('without a token the sandbox opens with the same answer on two days, and a signal ends it', async () => {
  const { child, ended, writes } = workshop.run()
  const [, url] = await writes(/Open (http:\S+)/)
  const state = (await (await fetch(`${url}/page/state?as=member`)).json()) as PageState
  const general = state.channels.find(({ name }) => name === 'general')?.id ?? ''
  const texts = state.messages[general]?.map((message) => JSON.stringify(message)) ?? []
  expect(texts).toHaveLength(3)
  expect(texts[1]).toContain('In force as of')
  expect(texts[2]).toContain('Expired: its stated end')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
}, 60_000)

test('faulty knowledge ends the start with its faults', async () => {
  writeFileSync(join(workshop.folder, 'sources.yaml'), '- { id: a, titel: b }\n')
  const { ended, output } = workshop.run({ KNOWLEDGE_DIR: workshop.folder })
  expect(await ended).toBe(1)
  expect(output()).toContain('sources.yaml:1:')
  expect(output()).toContain('KNOWLEDGE_DIR')
}, 60_000)

test('a knowledge folder that is not there is told by the name of its variable', async () => {
  const { ended, output } = workshop.run({ KNOWLEDGE_DIR: join(workshop.folder, 'nowhere') })
  expect(await ended).toBe(1)
  expect(output()).toMatch(/cannot be read \(ENOENT\)/)
  expect(output()).toContain('KNOWLEDGE_DIR')
}, 60_000)

test('a data folder that cannot be made ends the start with one line', async () => {
  const { ended, output } = workshop.run({ DATA_DIR: '/proc/not/there' })
  expect(await ended).toBe(1)
  expect(output()).toMatch(/^The database [^\n]*DATA_DIR[^\n]*\n$/)
}, 60_000)

test.each(['SIGTERM', 'SIGINT'])(
  '%s during the start ends it without a failure',
  async (signal) => {
    // The program reads this file, and is told to stop while it does.
    writeFileSync(join(workshop.folder, '.env'), '')
    const stopWhileReading = `process.loadEnvFile = () => process.kill(process.pid, '${signal}')`
    const { ended, output } = workshop.run({
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(stopWhileReading)}`,
      KNOWLEDGE_DIR: resolve('knowledge'),
    })
    expect(await ended).toBe(0)
    expect(output()).toBe('')
  },
  60_000,
)

test('production without a token ends the start', async () => {
  const { ended, output } = workshop.run({ NODE_ENV: 'production' })
  expect(await ended).toBe(1)
  expect(output()).toMatch(/^DISCORD_TOKEN is required[^\n]*\n$/)
})

test('a taken port is no hindrance', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const [told] = await workshop.run({ SANDBOX_PORT: String(port) }).writes(/Open http:\S+/)
  server.close()
  expect(told).not.toMatch(new RegExp(`:${port}$`))
}, 60_000)
