import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { GOOD } from './good-folder.ts'

let folder: string
let outside: string

beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'knowledge-'))
  folder = join(outside, 'knowledge')
  for (const [path, text] of Object.entries(GOOD)) await put(path, text)
})

afterEach(() => rm(outside, { recursive: true }))

test('a good folder becomes a snapshot', async () => {
  const loaded = await load()
  expect(loaded.ok && [...loaded.snapshot.facts.keys()]).toEqual(['fare-cap', 'old-fare', 'wish', 'pier-opened'])
})

test('entities, glossary and questions may be absent', async () => {
  for (const path of ['entities.yaml', 'glossary.yaml', 'questions', 'topics/ferries.yaml']) {
    await rm(join(folder, path), { recursive: true })
  }
  expect(await load()).toMatchObject({ ok: true })
})

test('other file names are left alone', async () => {
  await put('README.md', '# not: [yaml')
  await put('topics/draft.yaml.bak', '[')
  await put('topics/.hidden.yaml', '[')
  await symlink('/nowhere', join(folder, 'topics/.#piers.yaml'))
  expect(await load()).toMatchObject({ ok: true })
})

test('a byte-order mark and Windows line ends change nothing', async () => {
  const plain = await load()
  for (const [path, text] of Object.entries(GOOD)) await put(path, `\uFEFF${text.replaceAll('\n', '\r\n')}`)
  expect(await load()).toEqual(plain)
})

test('links within the folder are followed, links out of it are refused', async () => {
  await writeFile(join(outside, 'topic.yaml'), GOOD['topics/piers.yaml'] ?? '')
  await put('drafts/glossary.yaml', '[]')
  await rm(join(folder, 'glossary.yaml'))
  await rm(join(folder, 'topics/piers.yaml'))
  await symlink('drafts/glossary.yaml', join(folder, 'glossary.yaml'))
  expect(await load()).toMatchObject({ ok: true })
  await symlink('../../topic.yaml', join(folder, 'topics/piers.yaml'))
  expect(await places()).toEqual([`outside-link ${join(folder, 'topics/piers.yaml')}:1:1`])
})

test('a folder that is a link out is refused for each of its files', async () => {
  await mkdir(join(outside, 'elsewhere'))
  await writeFile(join(outside, 'elsewhere/a.yaml'), 'wish:\n  - a?\n')
  await rm(join(folder, 'questions'), { recursive: true })
  await symlink('../elsewhere', join(folder, 'questions'))
  expect(await places()).toEqual([`outside-link ${join(folder, 'questions/a.yaml')}:1:1`])
})

test('what is no readable file is told, not thrown', async () => {
  await mkdir(join(folder, 'topics/odd.yaml'))
  await symlink('gone.yaml', join(folder, 'topics/dead.yaml'))
  await rm(join(folder, 'questions'), { recursive: true })
  await put('questions', 'a file')
  expect((await places()).map((text) => text.replace(folder, ''))).toEqual([
    'unreadable-file /questions/*.yaml:1:1',
    'unreadable-file /topics/dead.yaml:1:1',
    'unreadable-file /topics/odd.yaml:1:1',
  ])
})

test('a file over the limit is not even read', async () => {
  await put('glossary.yaml', ' '.repeat(1_000_001))
  expect(await places()).toEqual([`file-too-large ${join(folder, 'glossary.yaml')}:1:1`])
})

test('a folder that is not there is a fault', async () => {
  folder = join(outside, 'nowhere')
  expect(await places()).toEqual([`missing-file ${folder}:1:1`])
})

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

function load() {
  return loadKnowledge(folder, { reservedNames: [] })
}

async function places(): Promise<string[]> {
  const loaded = await load()
  return loaded.ok ? [] : loaded.faults.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`)
}
