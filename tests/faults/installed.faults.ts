import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import lockfile from '../../package-lock.json' with { type: 'json' }
import { freePort } from '../../src/cli/load/free-port.ts'
import type { Outcome, PageState } from '../../src/sandbox/protocol.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { readable } from '../discord/harness.ts'
import { imageFiles } from '../image.ts'
import { type Program, programOf } from '../program.ts'

const NOBODY = 65_534
/** Somebody for whom rights count. */
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
const MINUTE = 60_000
const QUESTION = { question: 'when do the lower tariffs expire', 'as-of': '2025-09-20' }
const ANSWER = 'expire on 10 November 2025'
/** What an operator's own shell would have, and not what npm or the tests have added. */
const KEPT =
  /^(LANG|NODE_EXTRA_CA_CERTS|(https?|no)_proxy|npm_config_(registry|ca|cafile|(https?_|no)?proxy|strict_ssl|globalconfig))$/i

let root: string
let app: string
let env: Record<string, string>
const children: ChildProcess[] = []

// The steps of the Dockerfile, in a folder of somebody's without rights.
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'footnote-installed-'))
  app = join(root, 'app')
  for (const folder of ['app/data', 'home', 'tmp']) mkdirSync(join(root, folder), { recursive: true })
  for (const file of imageFiles()) {
    mkdirSync(dirname(join(app, file)), { recursive: true })
    copyFileSync(file, join(app, file))
  }
  const home = join(root, 'home')
  const userconfig = process.env.npm_config_userconfig ?? join(homedir(), '.npmrc')
  if (existsSync(userconfig)) copyFileSync(userconfig, join(home, '.npmrc'))
  const path = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'))
  env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name))),
    PATH: path.join(':'),
    HOME: home,
    TMPDIR: join(root, 'tmp'),
    npm_config_userconfig: join(home, '.npmrc'),
    npm_config_cache: join(root, 'cache'),
  }
  if (user.uid !== undefined) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, root])
  const { status, output } = await run('npm', ['ci', '--omit=dev'], 4 * MINUTE)
  expect(output).toMatch(/added \d+ packages/)
  expect(status).toBe(0)
  const others = readdirSync(app).filter((name) => name !== 'data' && name !== 'knowledge')
  spawnSync('chmod', ['-R', 'a-w', ...others], { cwd: app })
  spawnSync('chmod', ['a-w', app])
}, 5 * MINUTE)

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  // Whoever may do everything may also remove what cannot be written.
  if (user.uid === undefined) spawnSync('chmod', ['-R', 'u+w', root])
  rmSync(root, { recursive: true })
}, 5 * MINUTE)

/** Runs a command there, as that user, to its end. */
async function run(command: string, args: string[], timeout: number, more: Record<string, string> = {}) {
  const child = spawn(command, args, { cwd: app, env: { ...env, ...more }, timeout, killSignal: 'SIGKILL', ...user })
  children.push(child)
  const program = programOf(child)
  return { status: await program.ended, output: program.output() }
}

/** Starts Footnote as “npm start” does, with the Node that npm brought. */
function start(more: Record<string, string>): Program {
  const [, ...args] = packageJson.scripts.start.split(' ')
  const child = spawn(join(app, 'node_modules/.bin/node'), args, { cwd: app, env: { ...env, ...more }, ...user })
  children.push(child)
  return programOf(child)
}

const health = async (port: string) => {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`)
  return { status: response.status, isWell: Object.values((await response.json()) as object).every(Boolean) }
}

test('only what is for running is there, and only the data and the knowledge can be changed', async () => {
  const forDevelopment = Object.entries(lockfile.packages).filter(([, each]) => 'dev' in each && each.dev)
  expect(forDevelopment.map(([path]) => path).filter((path) => existsSync(join(app, path)))).toEqual([])
  for (const path of ['src/main.ts', 'node_modules/.bin/node', '.']) {
    expect((await run('test', ['-w', path], MINUTE)).status, path).toBe(1)
  }
  for (const path of ['data', 'knowledge', 'knowledge/topics']) {
    expect((await run('test', ['-w', path], MINUTE)).status, path).toBe(0)
  }
})

test(
  'without a token the sandbox answers in the browser, is well, and ends when it is told to',
  async () => {
    const port = String(await freePort())
    const { child, ended, writes } = start({ SANDBOX_PORT: '0', METRICS_PORT: port })
    const [, url = ''] = await writes(/Open (http:\S+)/)
    expect((await fetch(url)).status).toBe(200)
    const state = (await (await fetch(`${url}/page/state?as=member`)).json()) as PageState
    const command = state.commands.find(({ command: { name } }) => name === 'ask')
    const body = { as: 'member', channel: command?.channels[0], command: command?.command.id, options: QUESTION }
    const answered = await fetch(`${url}/page/command`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const outcome = (await answered.json()) as Outcome
    expect(outcome.kind === 'message' && readable(outcome.message)).toContain(ANSWER)
    expect(await health(port)).toEqual({ status: 200, isWell: true })
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  },
  MINUTE,
)

test(
  'with a token it answers on Discord, is watched, looked after and backed up, and ends when it is told to',
  async () => {
    const sandbox = await startSandbox({ botName: 'Footnote', patience: MINUTE / 2 })
    try {
      const METRICS_PORT = String(await freePort())
      const settings = {
        NODE_ENV: 'production',
        DISCORD_TOKEN: sandbox.token,
        DISCORD_API: sandbox.api,
        MODERATORS_GUILD_ID: sandbox.ids.guild,
        METRICS_PORT,
      }
      const { child, ended, writes, output } = start(settings)
      await writes(/Footnote is ready/)
      const { message } = await sandbox.as('member').slash('general', 'ask', QUESTION)
      expect(readable(message)).toContain(ANSWER)
      // A picture that takes too long, as the first may on a busy machine, is left out.
      const draw = async () => {
        const { attachments } = (await sandbox.as('member').slash('general', 'timeline', {})).message
        expect(attachments).toHaveLength(1)
      }
      await vi.waitFor(draw, { timeout: MINUTE, interval: 1_000 })
      expect(await health(METRICS_PORT)).toEqual({ status: 200, isWell: true })
      const metrics = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text()
      expect(metrics).toContain('footnote_questions_total{outcome="answer"} 1\n')

      const doctor = await run('npm', ['run', '--silent', 'doctor'], MINUTE, settings)
      expect(doctor.output).toContain('A running Footnote answers on METRICS_PORT')
      expect(doctor.output).toMatch(/, 0 problems\n$/)
      expect(doctor.status).toBe(0)
      expect(await run('npm', ['run', '--silent', 'check'], MINUTE)).toMatchObject({ status: 0 })
      const backup = await run('npm', ['run', '--silent', 'backup'], MINUTE)
      expect(existsSync(join(app, backup.output.trim()))).toBe(true)

      child.kill('SIGTERM')
      expect(await ended).toBe(0)
      expect(output()).not.toContain(sandbox.token)
      expect(sandbox.refusals()).toEqual([])
    } finally {
      await sandbox.close()
    }
  },
  3 * MINUTE,
)
