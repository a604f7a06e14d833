import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { listCommands } from '../../../commands/index.ts'
import { examine, type Surroundings } from '../../../src/cli/doctor/examine.ts'
import { type Finding, findingText } from '../../../src/cli/doctor/finding.ts'
import { loadKnowledge } from '../../../src/knowledge/load.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts'
import { GOOD } from '../../knowledge/good-folder.ts'

export const MEBIBYTE = 2 ** 20
/** Facts about ferries, of which nobody has to look at one again before long. */
export const REVIEWED = (GOOD['topics/ferries.yaml'] ?? '').replace(/$/, '    reviewBy: 2999-01-01\n')

/** A sandbox, and a folder that an operator would have, in which nothing is wrong. */
export interface Scene {
  sandbox: Sandbox
  folder: string
  put(path: string, text: string): void
  look(variables?: Record<string, string>, more?: Partial<Surroundings>): Promise<Finding[]>
  /** Registers the commands of the folder's knowledge as a start does. */
  register(): Promise<void>
}

/** Sets the scene anew for each test of a file. */
export function useScene(): Scene {
  const scene: Scene = {
    sandbox: undefined as never,
    folder: '',
    put(path, text) {
      mkdirSync(dirname(join(scene.folder, path)), { recursive: true })
      writeFileSync(join(scene.folder, path), text)
    },
    look(variables = {}, more = {}) {
      const { sandbox, folder } = scene
      const given = { KNOWLEDGE_DIR: join(folder, 'knowledge'), DATA_DIR: join(folder, 'data') }
      return examine({
        variables: { ...given, DISCORD_TOKEN: sandbox.token, DISCORD_API: sandbox.api, ...variables },
        hostname: 'footnote',
        envFile: join(folder, '.env'),
        now: () => new Date(),
        nodeVersion: process.versions.node,
        memory: 1024 * MEBIBYTE,
        ...more,
      })
    },
    register: () => register(scene),
  }
  beforeAll(async () => {
    scene.sandbox = await startSandbox({ botName: 'Footnote' })
  })
  afterAll(() => scene.sandbox.close())
  beforeEach(() => {
    scene.sandbox.faults.clear()
    scene.folder = mkdtempSync(join(tmpdir(), 'footnote-doctor-'))
    for (const [path, text] of Object.entries(GOOD)) scene.put(`knowledge/${path}`, text)
    scene.put('knowledge/topics/ferries.yaml', REVIEWED)
  })
  afterEach(() => rmSync(scene.folder, { recursive: true }))
  return scene
}

async function register({ folder, sandbox }: Scene): Promise<void> {
  const loaded = await loadKnowledge(join(folder, 'knowledge'), { reservedNames: [] })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  const commands = listCommands(loaded.snapshot)
  for (const [path, forModerators] of [
    ['', false],
    [`/guilds/${sandbox.ids.guild}`, true],
  ]) {
    const some = commands.filter((command) => (command.forModerators ?? false) === forModerators)
    await fetch(`${sandbox.api}/v10/applications/${sandbox.ids.bot}${path}/commands`, {
      method: 'PUT',
      headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(some.map(({ definition }) => definition)),
    })
  }
}

export function texts(findings: readonly Finding[]): string[] {
  return findings.map((finding) => findingText(finding, []))
}

function whatOf(level: Finding['level']) {
  return (findings: readonly Finding[]) => findings.filter((each) => each.level === level).map(({ what }) => what)
}

export const problems = whatOf('problem')
export const warnings = whatOf('warning')
