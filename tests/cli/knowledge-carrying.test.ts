import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GOOD } from '../knowledge/good-folder.ts'
import { type Place, usePlaces } from '../store/engines.ts'

const newPlace = usePlaces()

let root: string
let folder: string
let place: Place
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'footnote-cli-carrying-'))
  folder = join(root, 'knowledge')
  for (const [path, text] of Object.entries(GOOD)) put(path, text)
  place = await newPlace('PostgreSQL')
})
afterEach(() => rmSync(root, { recursive: true }))

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function run(what: 'import' | 'export', args: string[] = [], url = place.args[1] ?? '') {
  const script = ['--disable-warning=ExperimentalWarning', resolve(`src/cli/knowledge-${what}.ts`), ...args]
  const env = { ...process.env, KNOWLEDGE_DIR: 'knowledge', DATABASE_URL: url }
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8', cwd: root, env })
  return { status, stdout, stderr }
}

const commit = (message: string) => {
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args])
  git('init', '--quiet')
  git('add', '.')
  git('-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '--quiet', '-m', message)
}

test('a folder goes in, is changed under review, and goes in and out again', async () => {
  const all = Object.keys(GOOD).length
  expect(run('import')).toEqual({
    status: 0,
    stdout: `Imported knowledge: 4 facts added, 0 changed, 0 removed; ${all} files added, 0 changed, 0 removed.\n`,
    stderr: '',
  })
  put('topics/ferries.yaml', (GOOD['topics/ferries.yaml'] ?? '').replace('20 euros', '21 euros'))
  commit('Mend the old fare')
  expect(run('import').stdout).toBe(
    'Imported knowledge: 0 facts added, 1 changed, 0 removed; 0 files added, 1 changed, 0 removed.\n',
  )
  put('topics/ferries.yaml', (GOOD['topics/ferries.yaml'] ?? '').replace('20 euros', '22 euros'))
  expect(run('import').status).toBe(0)
  put('topics/ferries.yaml', GOOD['topics/ferries.yaml'] ?? '')
  expect(run('import', ['--why', 'It was right\nbefore']).status).toBe(0)
  const store = await place.openStore()
  const revisions = await store.listRevisions({ most: 9 })
  expect(revisions.map(({ why }) => why)).toEqual([
    'It was right before',
    expect.stringMatching(/^[0-9a-f]{7,} Mend the old fare, and changes that are in no commit$/),
    expect.stringMatching(/^[0-9a-f]{7,} Mend the old fare$/),
  ])
  expect(run('export', ['out'])).toEqual({
    status: 0,
    stdout: `Exported into out: 4 facts added, 0 changed, 0 removed; ${all} files added, 0 changed, 0 removed.\n`,
    stderr: '',
  })
  for (const [path, text] of Object.entries(GOOD)) expect(readFileSync(join(root, 'out', path), 'utf8')).toBe(text)
  // As sha256sum writes and reads it.
  const sums = Object.entries(GOOD).map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}`)
  const base = readFileSync(join(root, 'out', '.footnote-base'), 'utf8')
  expect(base.trim().split('\n').toSorted()).toEqual(sums.toSorted())
}, 60_000)

test('what is not right is told, and changes nothing', async () => {
  put('topics/ferries.yaml', (GOOD['topics/ferries.yaml'] ?? '').replace('kind: rule', 'kind: ruel'))
  put('glossary.yaml', '- { term: fare, synonims: [price] }\n')
  const faulty = run('import')
  expect(faulty.status).toBe(1)
  expect(faulty.stdout).toMatch(/^knowledge\/glossary\.yaml:1:\d+: .*\[missing-key\]/)
  expect(faulty.stdout).toContain('Did you mean "rule"?')
  expect(faulty.stdout).toMatch(/\n\d+ faults; nothing was imported\.\n$/)
  const store = await place.openStore()
  expect(await store.readFiles()).toEqual(new Map())
  expect(run('export').stderr).toBe(
    'There is no knowledge in the database yet: start Footnote with it, or import a folder.\n',
  )
  for (const [path, text] of Object.entries(GOOD)) put(path, text)
  expect(run('import').status).toBe(0)
  await store.writeFiles(new Map([['glossary.yaml', undefined]]))
  const refused = run('import')
  expect(refused).toMatchObject({ status: 1, stdout: '' })
  expect(refused.stderr).toContain('which this would undo:\n- glossary.yaml\n')
  expect(run('import', ['--force']).status).toBe(0)
  expect([...(await store.readFiles()).keys()]).toContain('glossary.yaml')
  expect(run('import', [], '').stderr).toBe(
    'DATABASE_URL is not set: the knowledge is in the folder knowledge, and there is nothing to carry.\n',
  )
  // The key of pseudonyms is for others.
  expect(readdirSync(root)).toEqual(['knowledge'])
}, 60_000)

test.each(['import', 'export'] as const)(
  'the usage of %s is told',
  (what) => {
    expect(run(what, ['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining(`knowledge:${what}`) })
    for (const args of [['--fast'], ['one', 'two']]) {
      expect(run(what, args)).toMatchObject({ status: 2, stderr: expect.stringContaining(`knowledge:${what}`) })
    }
  },
  30_000,
)
