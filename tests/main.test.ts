import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../src/cli/load/free-port.ts'
import type { PageState } from '../src/sandbox/protocol.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts'
import { openStore } from '../src/store/store.ts'
import { useCluster } from './postgres.ts'
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

describe('on Discord, or what speaks like it', () => {
  let sandbox: Sandbox
  beforeEach(async () => {
    sandbox = await startSandbox({ botName: 'Footnote', patience: 20_000, identifyInterval: 0 })
  })
  afterEach(() => sandbox.close())
  const run = (env = {}) =>
    workshop.run({ DISCORD_API: sandbox.api, DISCORD_TOKEN: sandbox.token, NODE_ENV: 'production', ...env })
  const ask = () => sandbox.as('member').slash('general', 'ask', { question: 'When do the lower tariffs expire?' })

  test('it says that it is ready, with the link, and logs a line a question without what was asked or by whom', async () => {
    const { child, ended, writes, output } = run({ SHARDS: '', SHARD_COUNT: '' })
    const [, link = ''] = await writes(/ready as Footnote\S*\. To add it to a server, open: (\S+)/)
    expect(new URL(link).searchParams.get('permissions')).toBe('274878008320')
    await ask()
    await writes(/"fate":"done"/)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(output()).toMatch(/"type":"command","name":"ask".*"outcome":"answer","reference":"\w{6}"/)
    for (const said of ['lower tariffs', sandbox.ids.users.member, 'You (member)', sandbox.token]) {
      expect(output()).not.toContain(said)
    }
  }, 60_000)

  test('its health and metrics can be watched', async () => {
    const port = String(await freePort())
    const { child, ended, writes } = run({ METRICS_PORT: port })
    await writes(/ready/)
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    expect((await get('/healthz')).status).toBe(200)
    await ask()
    await writes(/"fate":"done"/)
    const text = await (await get('/metrics')).text()
    expect(text).toMatch(/^footnote_questions_total\{outcome="answer"\} 1$/m)
    expect(text).toMatch(/^footnote_acknowledgement_age_seconds_count 1$/m)
    expect(text).toMatch(/^footnote_gateway_up\{shard="0"\} 1$/m)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  }, 60_000)

  test('a second signal ends it at once', async () => {
    const { child, ended, writes } = run()
    await writes(/ready/)
    sandbox.faults.next({ path: /callback/ }, { kind: 'delay', milliseconds: 3_000 })
    const asked = ask().catch(() => undefined)
    child.kill('SIGTERM')
    await sandbox.online(false)
    child.kill('SIGTERM')
    expect(await ended).toBe(1)
    await asked
  }, 60_000)

  test('a token that is not accepted any more ends it with 1 and says why', async () => {
    const { ended, writes, output } = run()
    await writes(/ready/)
    sandbox.gateway.drop(4004)
    expect(await ended).toBe(1)
    expect(output()).toContain('Discord does not accept DISCORD_TOKEN any more')
  }, 60_000)

  test('it is registered once: a second start changes nothing', async () => {
    for (const registers of [true, false]) {
      const { child, ended, writes, output } = run()
      await writes(/ready/)
      child.kill('SIGINT')
      expect(await ended).toBe(0)
      expect(output().includes('registered the commands')).toBe(registers)
    }
  }, 60_000)
})

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

describe('with a database', () => {
  const scene = useCluster()

  test('two that start at once take the folder into it once, and later ones need no folder', async () => {
    const DATABASE_URL = await scene.cluster.addSchema()
    const first = [workshop.run({ DATABASE_URL }), workshop.run({ DATABASE_URL })]
    for (const { child, ended, writes } of first) {
      await writes(/Open http/)
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    }
    const told = first.map(({ output }) => output().match(/the knowledge files are in the database now/g)?.length ?? 0)
    expect(told.toSorted()).toEqual([0, 1])
    const { child, ended, writes } = workshop.run({ DATABASE_URL, KNOWLEDGE_DIR: 'nowhere' })
    await writes(/Open http/)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  }, 120_000)

  test('faulty knowledge ends the start with its faults, of a folder and of the database', async () => {
    writeFileSync(join(workshop.folder, 'sources.yaml'), '- { id: a, titel: b }\n')
    const DATABASE_URL = await scene.cluster.addSchema()
    const ofFolder = workshop.run({ DATABASE_URL, KNOWLEDGE_DIR: workshop.folder })
    expect(await ofFolder.ended).toBe(1)
    expect(ofFolder.output()).toMatch(/sources\.yaml:1:[\s\S]*\nKNOWLEDGE_DIR is [^\n]*\n$/)
    const good = workshop.run({ DATABASE_URL })
    await good.writes(/Open http/)
    good.child.kill('SIGTERM')
    expect(await good.ended).toBe(0)
    const store = await openStore(join(workshop.folder, 'data'), DATABASE_URL)
    await store.writeFiles(new Map([['glossary.yaml', '- { term: of, a: newer, program: yes }\n']]))
    await store.close()
    const ofDatabase = workshop.run({ DATABASE_URL })
    expect(await ofDatabase.ended).toBe(1)
    expect(ofDatabase.output()).toMatch(/^glossary\.yaml:1:[\s\S]*\nThese files are in the database: [^\n]*\n$/)
  }, 120_000)
})

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
  const server = await listen()
  const { port } = server.address() as AddressInfo
  const [told] = await workshop.run({ SANDBOX_PORT: String(port) }).writes(/Open http:\S+/)
  server.close()
  expect(told).not.toMatch(new RegExp(`:${port}$`))
}, 60_000)

async function listen() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}
