import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import { askDiscord } from '../../src/cli/doctor/ask-discord.ts'
import { clockFindings } from '../../src/cli/doctor/clock.ts'
import { databaseFindings } from '../../src/cli/doctor/database.ts'
import { memoryFindings, nodeFindings } from '../../src/cli/doctor/environment.ts'
import { examine, type Surroundings } from '../../src/cli/doctor/examine.ts'
import { type Finding, findingText, warning } from '../../src/cli/doctor/finding.ts'
import { diskFindings } from '../../src/cli/doctor/folders.ts'
import { parseEnv } from '../../src/env.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { createPrometheus } from '../../src/monitoring/prometheus.ts'
import { startMonitor } from '../../src/monitoring/server.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openStore } from '../../src/store/store.ts'
import { GOOD } from '../knowledge/good-folder.ts'

const MEBIBYTE = 2 ** 20
const REVIEWED = GOOD['topics/ferries.yaml']?.replace(/( {4}verified: 2025-09-19\n)$/, '$1    reviewBy: 2999-01-01\n')

let folder: string
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ botName: 'Footnote' })
})
afterAll(() => sandbox.close())
beforeEach(() => {
  sandbox.faults.clear()
  folder = mkdtempSync(join(tmpdir(), 'footnote-doctor-'))
  for (const [path, text] of Object.entries(GOOD)) put(`knowledge/${path}`, text)
  put('knowledge/topics/ferries.yaml', REVIEWED ?? '')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('where all is well', () => {
  test('every line is ok', async () => {
    const store = await openStore(join(folder, 'data'))
    await store.writeSetting(sandbox.ids.guild, 'channel', sandbox.ids.channel('moderators'))
    await store.close()
    await register()
    const found = texts(await look({ MODERATORS_GUILD_ID: sandbox.ids.guild, METRICS_PORT: '0' }))
    expect(found.filter((line) => !line.startsWith('ok '))).toEqual([])
    for (const part of [
      'Node 26.',
      '2 topics, 4 facts (0 of them unknown), 3 questions',
      'No fact that holds is past its review-by day',
      'is whole (0.',
      `version ${MIGRATIONS.length} of ${MIGRATIONS.length}`,
      'The database can be written to',
      `Discord takes the token: the bot is Footnote (${sandbox.ids.bot})`,
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
    const found = texts(await look({ DISCORD_API: fresh.api })).join('\n')
    await fresh.close()
    expect(found).toContain('yet: the first start makes it')
    expect(found).toContain('No commands are registered yet')
    expect(found).not.toMatch(/^(problem|warning)/m)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })
})

describe('the environment', () => {
  test('what is wrong in it is told line by line, and all else is looked at', async () => {
    const found = await look({ TIME_ZONE: 'Mars/Olympus', LOG_LEVEL: 'loud' })
    expect(problems(found)).toEqual([
      expect.stringMatching(/^TIME_ZONE should be an IANA/),
      expect.stringMatching(/^LOG_LEVEL should be trace/),
    ])
    expect(texts(found).join('\n')).toContain('Discord takes the token')
  })

  test('a token that production lacks is a problem, without one there is the sandbox', async () => {
    const bare = await look({ DISCORD_TOKEN: '' })
    expect(problems(bare)).toEqual([])
    expect(texts(bare).join('\n')).toContain('warning  There is no token: “npm start” opens the sandbox')
    expect(texts(bare).join('\n')).toContain('ok       Discord can be reached\nok       The clock agrees')
    const production = await look({ DISCORD_TOKEN: '', NODE_ENV: 'production', SHARDS: '3' })
    expect(problems(production)).toEqual([
      expect.stringMatching(/^DISCORD_TOKEN is required/),
      expect.stringMatching(/^SHARDS should be/),
    ])
  })

  test('a file with the token that others can read', async () => {
    put('.env', 'DISCORD_TOKEN=\n')
    chmodSync(join(folder, '.env'), 0o644)
    expect(warnings(await look())).toEqual([expect.stringMatching(/\.env can be read by others on this machine$/)])
    chmodSync(join(folder, '.env'), 0o600)
    expect(warnings(await look())).toEqual([])
  })

  test('a Node that is too old, and a machine that is too small', () => {
    expect(problems(nodeFindings('20.20.2'))).toEqual(['This is Node 20.20.2; Footnote needs 26'])
    expect(warnings(memoryFindings(100 * MEBIBYTE))).toEqual(['100 MiB of memory are free'])
  })

  test.each([
    [{ bsize: 4096, blocks: 1e6, bavail: 5e4 - 1 }, '195 MiB are free on the disk of data (4%)'],
    [{ bsize: 4096, blocks: 1e5, bavail: 5e4 }, '195 MiB are free on the disk of data (50%)'],
    [{ bsize: 4096, blocks: 1e8, bavail: 4e6 }, '15625 MiB are free on the disk of data (4%)'],
    [{ bsize: 4096, blocks: 1e6, bavail: 6e4 }, undefined],
  ])('a disk with %o', async (space, told) => {
    const env = parseEnv({})
    expect(warnings(await diskFindings(env, async () => space))).toEqual(told === undefined ? [] : [told])
  })
})

describe('the knowledge', () => {
  test('its faults are counted, and the first is told with its place', async () => {
    put('knowledge/questions/ferries.yaml', 'nobody:\n  - a\n')
    expect(problems(await look())).toEqual([
      expect.stringMatching(
        /^The knowledge has 1 fault, the first in .*questions\/ferries\.yaml:1:1: there is no fact/,
      ),
    ])
  })

  test('facts that nobody has looked at since their review-by day', async () => {
    put('knowledge/topics/ferries.yaml', REVIEWED?.replace('2999-01-01', '2025-12-24') ?? '')
    expect(warnings(await look())).toEqual([
      '1 fact past the review-by day, shown as unverified; the first is wish (2025-12-24)',
    ])
  })

  test('a folder that is in no git repository', async () => {
    const found = await look({ KNOWLEDGE_GIT: 'commit' })
    expect(problems(found)).toEqual([
      expect.stringMatching(/^KNOWLEDGE_GIT is commit, but .* is in no git repository$/),
    ])
    expect(texts(found).join('\n')).toContain('\n         Run “git init” there')
    spawnSync('git', ['init', '--quiet', join(folder, 'knowledge')])
    expect(problems(await look({ KNOWLEDGE_GIT: 'commit' }))).toEqual([])
  })
})

describe('the database', () => {
  const file = () => join(folder, 'data/footnote.db')
  beforeEach(async () => (await openStore(join(folder, 'data'))).close())

  test('one that is damaged', () => {
    const other = new DatabaseSync(file())
    const page = other.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'gap_by_state'`).get()?.rootpage
    const size = other.prepare('PRAGMA page_size').get()?.page_size
    other.close()
    const bytes = readFileSync(file())
    writeFileSync(file(), bytes.fill(0xff, (Number(page) - 1) * Number(size), Number(page) * Number(size)))
    expect(problems(databaseFindings(join(folder, 'data')))).toEqual([expect.stringContaining('is damaged')])
  })

  test('one that is none', () => {
    put('data/footnote.db', 'not a database, but long enough to be taken for one')
    expect(problems(databaseFindings(join(folder, 'data')))).toEqual([
      expect.stringMatching(/cannot be read \(file is not/),
    ])
  })

  test('one of an older and one of a newer Footnote; neither is changed', () => {
    const newer = [...MIGRATIONS, 'CREATE TABLE more (id INTEGER) STRICT']
    expect(texts(databaseFindings(join(folder, 'data'), newer)).join('\n')).toContain(
      'the next start brings it up to date',
    )
    const older = MIGRATIONS.slice(0, -1)
    expect(problems(databaseFindings(join(folder, 'data'), older))).toEqual([
      expect.stringContaining('a newer Footnote'),
    ])
    const database = new DatabaseSync(file())
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length })
    expect(database.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('more', 'doctor')`).all()).toEqual([])
    database.close()
  })

  test('one whose tables somebody changed', () => {
    const database = new DatabaseSync(file())
    database.exec('DROP TABLE notice')
    database.close()
    expect(problems(databaseFindings(join(folder, 'data')))).toEqual([expect.stringContaining('(notice)')])
  })

  test('one that a running bot has open, which goes on', async () => {
    const store = await openStore(join(folder, 'data'))
    expect(problems(databaseFindings(join(folder, 'data')))).toEqual([])
    await store.writeSetting('1', 'answers', 'private')
    await store.close()
  })

  test('one that may not be written to, in a folder that may not either', () => {
    chmodSync(folder, 0o777)
    const args = ['--disable-warning=ExperimentalWarning', 'tests/cli/doctor/unprivileged.ts', join(folder, 'mine')]
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      well: [],
      readOnlyFile: [
        expect.stringMatching(/footnote\.db cannot be written to \(attempt to write a readonly database\)/),
      ],
      readOnlyFolder: [expect.stringMatching(/data cannot be written to \(EACCES\)/)],
      noFolder: [expect.stringMatching(/mine cannot be written to \(EACCES\)/)],
      readOnlyKnowledge: [expect.stringMatching(/knowledge\/topics cannot be written to \(EACCES\)/)],
      unreadable: [expect.stringMatching(/footnote\.db cannot be read \(unable to open/)],
    })
  })
})

describe('Discord', () => {
  test('a token that it does not take', async () => {
    const found = await look({ DISCORD_TOKEN: 'abc.def.secret-part' })
    expect(problems(found)).toEqual(['Discord does not accept DISCORD_TOKEN'])
    expect(warnings(found)).toEqual(['The application, the commands and the servers could not be looked at'])
    expect(texts(found).join('\n')).toContain('The clock agrees')
    expect(texts(found).join('\n')).not.toContain('secret-part')
  })

  test.each([
    ['is away', () => sandbox.faults.next({}, { kind: 'cut' }), /^problem {2}DISCORD_API cannot be reached \(\w+\)/m],
    [
      'is not well',
      () => sandbox.faults.next({}, { kind: 'error', status: 503 }),
      /^warning {2}DISCORD_API is not well \(503\)/m,
    ],
    [
      'has had enough',
      () => sandbox.faults.next({}, { kind: 'rate-limit', retryAfter: 7 }),
      /^warning {2}Discord takes no more requests.*\n +Run this again in 7 s\./m,
    ],
    [
      'is another server',
      () => sandbox.faults.next({}, { kind: 'error', status: 418 }),
      /^problem {2}DISCORD_API does not answer as Discord does \(418\)/m,
    ],
  ])('it %s', async (_, befall, told) => {
    befall()
    expect(texts(await look()).join('\n')).toMatch(told)
  })

  test('it takes too long', async () => {
    sandbox.faults.next({}, { kind: 'delay', milliseconds: 5_000 })
    const discord = askDiscord({ api: sandbox.api, now: () => new Date(), patience: 50 })
    expect(await discord.get('/users/@me')).toEqual({ kind: 'unreachable', reason: 'TimeoutError' })
  })

  test('what it does not tell is not taken for well', async () => {
    for (const path of [/applications\/@me/, /gateway\/bot/, /commands/, /guilds/]) {
      sandbox.faults.next({ path }, { kind: 'error', status: 500 })
    }
    expect(warnings(await look())).toEqual(
      ['the application', 'the gateway', 'the commands', 'the bot’s servers'].map(
        (what) => `Discord did not tell of ${what}, so that was not checked`,
      ),
    )
  })

  test('a clock that is off', async () => {
    const off = (seconds: number) => look({}, { now: () => new Date(Date.now() + seconds * 1000) })
    expect(warnings(await off(-30))).toEqual([expect.stringMatching(/^The clock is \d+ s behind Discord’s$/)])
    expect(problems(await off(3600))).toEqual([expect.stringMatching(/^The clock is \d+ s ahead of Discord’s$/)])
    const ahead = (milliseconds: number) =>
      clockFindings({ kind: 'answer', status: 200, body: {}, ahead: milliseconds })
    expect([1999, 2000, -59_999, 60_000].map((each) => ahead(each)[0]?.level)).toEqual([
      'ok',
      'warning',
      'warning',
      'problem',
    ])
  })

  test('commands that are not registered', async () => {
    await register()
    put('knowledge/topics/boats.yaml', boats)
    expect(warnings(await look({ MODERATORS_GUILD_ID: sandbox.ids.guild }))).toContain('Not registered: /boats')
  })

  test('permissions that it lacks, by name, with what comes of it', async () => {
    const poor = await startSandbox({ botName: 'Footnote', botPermissions: (1n << 10n) | (1n << 11n) | (1n << 16n) })
    const text = texts(await look({ DISCORD_API: poor.api })).join('\n')
    await poor.close()
    expect(text).toContain(
      `warning  In Sandbox (${poor.ids.guild}) the bot lacks: Send Messages in Threads, Attach Files\n`,
    )
    expect(text).toContain('Without: it answers no mention in threads; it shows timelines and charts without')
    expect(text).not.toContain('has all its permissions')
  })

  test('administrators may do everything', async () => {
    const rich = await startSandbox({ botName: 'Footnote', botPermissions: 1n << 3n })
    const found = await look({ DISCORD_API: rich.api })
    await rich.close()
    expect(warnings(found)).toEqual([])
  })

  test('a moderators’ server without the bot, with its invite link', async () => {
    const found = await look({ MODERATORS_GUILD_ID: '1100000000000000002' })
    expect(problems(found)).toEqual(['The bot is not in the server MODERATORS_GUILD_ID (1100000000000000002)'])
    expect(texts(found).join('\n')).toContain(`https://discord.com/oauth2/authorize?client_id=${sandbox.ids.bot}&`)
  })

  test('moderators without a channel, with one that is gone, and with one that it may not write in', async () => {
    const moderated = (api = sandbox.api) => look({ MODERATORS_GUILD_ID: sandbox.ids.guild, DISCORD_API: api })
    expect(warnings(await moderated())).toContain('The moderators have no channel')
    const store = await openStore(join(folder, 'data'))
    await store.writeSetting(sandbox.ids.guild, 'channel', '1100000000000000099')
    expect(problems(await moderated())).toEqual(['The moderators’ channel is gone, or the bot does not see it'])
    await store.writeSetting(sandbox.ids.guild, 'channel', sandbox.ids.channel('moderators'))
    await store.close()
    const mute = await startSandbox({ botName: 'Footnote', botPermissions: 1n << 10n })
    expect(problems(await moderated(mute.api))).toEqual(['The bot cannot write in the moderators’ channel #moderators'])
    await mute.close()
  })
})

describe('what Discord tells of the application and its servers', () => {
  let server: Server
  /** By path; what is not said is as in the sandbox. */
  let said: Record<string, object>
  beforeAll(async () => {
    // In front of the sandbox, for what it does not have.
    server = createServer(async ({ url = '', headers }, response) => {
      const path = url.replace(/^\/api\/v10|\?.*/g, '')
      const { authorization = '' } = headers
      const body = said[path] ?? (await (await fetch(`${sandbox.url}${url}`, { headers: { authorization } })).json())
      response.end(JSON.stringify(body))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
  })
  afterAll(() => void server.close())
  beforeEach(() => {
    said = {}
  })
  const lookThere = (variables = {}) =>
    look({ DISCORD_API: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, ...variables })

  test('commands that go elsewhere, a code grant, and intents that nobody needs', async () => {
    said['/applications/@me'] = {
      interactions_endpoint_url: 'https://example.org',
      bot_require_code_grant: true,
      flags: (1 << 15) | (1 << 18),
    }
    const found = await lookThere()
    expect(problems(found)).toEqual([
      'Discord sends commands to another address than this bot',
      'The invite link does not work: the application requires a code grant',
    ])
    expect(warnings(found)).toEqual([
      'The application has privileged intents that Footnote does not use: Server Members Intent, Message Content Intent',
    ])
  })

  test('a gateway that is closed, with no login left, for more shards than there are', async () => {
    said['/gateway/bot'] = {
      url: 'ws://127.0.0.1:9',
      shards: 4,
      session_start_limit: { remaining: 0, reset_after: 119_000 },
    }
    const found = await lookThere({ SHARD_COUNT: '2' })
    expect(problems(found)).toEqual([
      expect.stringMatching(/^Discord’s gateway cannot be reached \(\w+\)$/),
      'Discord allows 0 more logins',
    ])
    expect(warnings(found)).toEqual(['SHARD_COUNT is 2, and Discord recommends 4'])
    expect(texts(found).join('\n')).toContain('There are new ones in 2 min.')
  })

  test('servers by the hundred, page by page, and none', async () => {
    const permissions = String((1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 15n) | (1n << 16n))
    let page = Array.from({ length: 200 }, (_, number) => ({ id: String(number), name: 'x', permissions }))
    Object.defineProperty(said, '/users/@me/guilds', {
      get() {
        const now = page
        page = [{ id: '200', name: 'evil\u001b[2J\nproblem  x', permissions: '0' }]
        return now
      },
    })
    const text = texts(await lookThere()).join('\n')
    expect(text).toContain('In 200 servers the bot has all its permissions')
    expect(text).toContain('In evil [2J problem x (200) the bot lacks: View Channels, Send Messages,')
    said = { '/users/@me/guilds': [] }
    expect(warnings(await lookThere())).toEqual(['The bot is in no server'])
  })

  test('a channel that its role may not write in', async () => {
    const store = await openStore(join(folder, 'data'))
    await store.writeSetting(sandbox.ids.guild, 'channel', '1')
    await store.close()
    const overwrite = (id: string, allow: bigint, deny: bigint) => ({ id, allow: String(allow), deny: String(deny) })
    const tell = async (...permission_overwrites: object[]) => {
      said['/channels/1'] = { name: 'desk', permission_overwrites }
      return problems(await lookThere({ MODERATORS_GUILD_ID: sandbox.ids.guild }))
    }
    const [send, view] = [1n << 11n, 1n << 10n]
    const cannot = 'The bot cannot write in the moderators’ channel #desk'
    expect(await tell(overwrite(sandbox.ids.guild, 0n, send))).toEqual([cannot])
    expect(await tell(overwrite(sandbox.ids.guild, 0n, send), overwrite(sandbox.ids.botRole, send, 0n))).toEqual([])
    expect(await tell(overwrite(sandbox.ids.botRole, send, 0n), overwrite(sandbox.ids.bot, 0n, view))).toEqual([cannot])
    expect(await tell(overwrite(sandbox.ids.users.member, 0n, view))).toEqual([])
  })
})

describe('METRICS_PORT', () => {
  test('a running Footnote, well and ill', async () => {
    const health = { gateway: true, database: true }
    const monitor = await startMonitor({ host: '127.0.0.1', port: 0 }, () => health, createPrometheus().registry)
    const lookAt = () => look({ METRICS_PORT: String(monitor.port) })
    expect(texts(await lookAt()).join('\n')).toMatch(
      /ok {7}A running Footnote answers on METRICS_PORT \d+: all is well/,
    )
    health.gateway = false
    expect(warnings(await lookAt())).toEqual([expect.stringMatching(/not well are gateway$/)])
    await monitor.close()
    expect(texts(await lookAt()).join('\n')).toContain('is free (METRICS_PORT)')
  })

  test('another program, and an address of another machine', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const found = await look({ METRICS_PORT: String((server.address() as AddressInfo).port) })
    server.close()
    expect(problems(found)).toEqual([expect.stringContaining('is taken by another program')])
    expect(problems(await look({ METRICS_PORT: '9464', METRICS_HOST: '192.0.2.1' }))).toEqual([
      'Port 9464 on 192.0.2.1 cannot be opened (EADDRNOTAVAIL)',
    ])
  })
})

describe('npm run doctor', () => {
  const run = (env: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [resolve('src/cli/doctor.ts'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
      // Nothing listens there.
      env: { DISCORD_API: 'http://127.0.0.1:9/api', ...env },
    })

  test('reads .env as a start does, and ends with 0 unless there is a problem', () => {
    put('.env', 'DATA_DIR=elsewhere\n')
    chmodSync(join(folder, '.env'), 0o600)
    const { status, stdout } = run({})
    expect(stdout).toContain('elsewhere/footnote.db')
    expect(stdout).toMatch(/\n\n\d+ ok, 2 warnings, 0 problems\n$/)
    expect(status).toBe(0)
  })

  test('a problem ends it with 1, and the token is never shown', () => {
    const token = 'abc.def.secret-part'
    appendFileSync(join(folder, 'knowledge/sources.yaml'), `- ${token}: [\n`)
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

const boats = `topic: boats
title: Boats
description: What floats
facts:
  - id: boats-float
    statement: Boats float on the lake.
    kind: rule
    citations: [{ source: report, paragraph: 1 }]
    verified: 2025-09-19
    reviewBy: 2999-01-01
`

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function look(variables: Record<string, string> = {}, more: Partial<Surroundings> = {}): Promise<Finding[]> {
  return examine({
    variables: {
      KNOWLEDGE_DIR: join(folder, 'knowledge'),
      DATA_DIR: join(folder, 'data'),
      DISCORD_TOKEN: sandbox.token,
      DISCORD_API: sandbox.api,
      ...variables,
    },
    envFile: join(folder, '.env'),
    now: () => new Date(),
    nodeVersion: process.versions.node,
    memory: 1024 * MEBIBYTE,
    ...more,
  })
}

/** Registers the commands of the folder's knowledge as a start does. */
async function register(): Promise<void> {
  const loaded = await loadKnowledge(join(folder, 'knowledge'), { reservedNames: [] })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  const commands = listCommands(loaded.snapshot)
  const put = (path: string, forModerators: boolean) =>
    fetch(`${sandbox.api}/v10/applications/${sandbox.ids.bot}${path}/commands`, {
      method: 'PUT',
      headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(
        commands
          .filter((command) => (command.forModerators ?? false) === forModerators)
          .map(({ definition }) => definition),
      ),
    })
  await put('', false)
  await put(`/guilds/${sandbox.ids.guild}`, true)
}

function texts(findings: readonly Finding[]): string[] {
  return findings.map((finding) => findingText(finding, []))
}

function whatOf(level: Finding['level']) {
  return (findings: readonly Finding[]) => findings.filter((each) => each.level === level).map(({ what }) => what)
}

const problems = whatOf('problem')
const warnings = whatOf('warning')
