import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { memoryFindings, nodeFindings } from '../../src/cli/doctor/environment.ts'
import { findingText, warning } from '../../src/cli/doctor/finding.ts'
import { createPrometheus } from '../../src/monitoring/prometheus.ts'
import { startMonitor } from '../../src/monitoring/server.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openStore } from '../../src/store/store.ts'
import { MEBIBYTE, problems, texts, useScene, warnings } from './doctor/scene.ts'

const scene = useScene()

describe('where all is well', () => {
  test('every line is ok', async () => {
    const store = await openStore(join(scene.folder, 'data'))
    await store.writeSetting(scene.sandbox.ids.guild, 'channel', scene.sandbox.ids.channel('moderators'))
    await store.close()
    await scene.register()
    const found = texts(await scene.look({ MODERATORS_GUILD_ID: scene.sandbox.ids.guild, METRICS_PORT: '0' }))
    expect(found.filter((line) => !line.startsWith('ok '))).toEqual([])
    for (const part of [
      'Node 26.',
      '2 topics, 4 facts (0 of them unknown), 3 questions',
      'No fact that holds is past its review-by day',
      'is whole (0.',
      `version ${MIGRATIONS.length} of ${MIGRATIONS.length}`,
      'The database can be written to',
      `Discord takes the token: the bot is Footnote (${scene.sandbox.ids.bot})`,
      'The clock agrees with Discord’s',
      'gateway can be reached; 1 shard recommended',
      'slash commands are registered',
      'In 1 server the bot has all its permissions',
      'The moderators are told in #moderators',
    ]) {
      expect(found.join('\n')).toContain(part)
    }
  })

  test('before the first start nothing is made', async () => {
    const fresh = await startSandbox({ botName: 'Footnote' })
    const found = texts(await scene.look({ DISCORD_API: fresh.api })).join('\n')
    await fresh.close()
    expect(found).toContain('yet: the first start makes it')
    expect(found).toContain('No commands are registered yet')
    expect(found).not.toMatch(/^(problem|warning)/m)
    expect(existsSync(join(scene.folder, 'data'))).toBe(false)
  })
})

describe('the environment', () => {
  test('what is wrong in it is told line by line, and all else is looked at', async () => {
    const found = await scene.look({ TIME_ZONE: 'Mars/Olympus', LOG_LEVEL: 'loud' })
    expect(problems(found)).toEqual([
      expect.stringMatching(/^TIME_ZONE should be an IANA/),
      expect.stringMatching(/^LOG_LEVEL should be trace/),
    ])
    expect(texts(found).join('\n')).toContain('Discord takes the token')
  })

  test('a token that production lacks is a problem, without one there is the sandbox', async () => {
    const bare = await scene.look({ DISCORD_TOKEN: '' })
    expect(problems(bare)).toEqual([])
    expect(texts(bare).join('\n')).toContain('warning  There is no token: “npm start” opens the sandbox')
    expect(texts(bare).join('\n')).toContain('ok       Discord can be reached\nok       The clock agrees')
    const production = await scene.look({ DISCORD_TOKEN: '', NODE_ENV: 'production', SHARDS: '3' })
    expect(problems(production)).toEqual([
      expect.stringMatching(/^DISCORD_TOKEN is required/),
      expect.stringMatching(/^SHARDS should be/),
    ])
  })

  test('a host whose name does not tell its shards', async () => {
    const variables = { SHARDS: 'hostname', SHARD_COUNT: '2' }
    expect(problems(await scene.look(variables))).toEqual([
      expect.stringMatching(/^SHARDS is hostname, but “footnote”/),
    ])
    expect(problems(await scene.look(variables, { hostname: 'footnote-1' }))).toEqual([])
  })

  test('a file with the token that others can read', async () => {
    scene.put('.env', 'DISCORD_TOKEN=\n')
    chmodSync(join(scene.folder, '.env'), 0o644)
    expect(warnings(await scene.look())).toEqual([
      expect.stringMatching(/\.env can be read by others on this machine$/),
    ])
    chmodSync(join(scene.folder, '.env'), 0o600)
    expect(warnings(await scene.look())).toEqual([])
  })

  test('a Node that is too old, and a machine that is too small', () => {
    expect(problems(nodeFindings('20.20.2'))).toEqual(['This is Node 20.20.2; Footnote needs 26'])
    expect(warnings(memoryFindings(100 * MEBIBYTE))).toEqual(['100 MiB of memory are free'])
  })
})

describe('METRICS_PORT', () => {
  test('a running Footnote, well and ill', async () => {
    const state = { discord: true }
    const health = { discord: () => state.discord, database: () => true }
    const monitor = await startMonitor({ host: '127.0.0.1', port: 0 }, health, createPrometheus().registry)
    const lookAt = () => scene.look({ METRICS_PORT: String(monitor.port) })
    expect(texts(await lookAt()).join('\n')).toMatch(
      /ok {7}A running Footnote answers on METRICS_PORT \d+: all is well/,
    )
    state.discord = false
    expect(warnings(await lookAt())).toEqual([expect.stringMatching(/not well are discord$/)])
    await monitor.close()
    expect(texts(await lookAt()).join('\n')).toContain('is free (METRICS_PORT)')
  })

  test('another program, and an address of another machine', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const found = await scene.look({ METRICS_PORT: String((server.address() as AddressInfo).port) })
    server.close()
    expect(problems(found)).toEqual([expect.stringContaining('is taken by another program')])
    expect(problems(await scene.look({ METRICS_PORT: '9464', METRICS_HOST: '192.0.2.1' }))).toEqual([
      'Port 9464 on 192.0.2.1 cannot be opened (EADDRNOTAVAIL)',
    ])
  })
})

describe('npm run doctor', () => {
  const run = (env: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [resolve('src/cli/doctor.ts'), ...args], {
      cwd: scene.folder,
      encoding: 'utf8',
      timeout: 20_000,
      // Nothing listens there.
      env: { DISCORD_API: 'http://127.0.0.1:9/api', ...env },
    })

  test('reads .env as a start does, and ends with 0 unless there is a problem', () => {
    scene.put('.env', 'DATA_DIR=elsewhere\n')
    chmodSync(join(scene.folder, '.env'), 0o600)
    const { status, stdout } = run({})
    expect(stdout).toContain('elsewhere/footnote.db')
    expect(stdout).toMatch(/\n\n\d+ ok, 2 warnings, 0 problems\n$/)
    expect(status).toBe(0)
  })

  test('a problem ends it with 1, and the token is never shown', () => {
    const token = 'abc.def.secret-part'
    appendFileSync(join(scene.folder, 'knowledge/sources.yaml'), `- ${token}: [\n`)
    const { status, stdout, stderr } = run({ DISCORD_TOKEN: token })
    expect(stdout).toMatch(/, 2 problems\n$/)
    expect(stdout + stderr).not.toContain('secret-part')
    expect(findingText(warning(token, token), [token])).toBe('warning  [hidden]\n         [hidden]')
    expect(status).toBe(1)
  })

  test('the usage is told: to whoever asks for it, and instead of an answer to anything else', () => {
    const usage = 'Usage: npm run doctor\n'
    expect(run({}, '--help')).toMatchObject({ status: 0, stdout: usage, stderr: '' })
    expect(run({}, 'me')).toMatchObject({ status: 2, stdout: '', stderr: usage })
  })
})
