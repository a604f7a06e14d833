import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GOOD } from '../knowledge/good-folder.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'))
  for (const [path, text] of Object.entries(GOOD)) put(path, text)
})

afterEach(() => rmSync(folder, { recursive: true }))

test('a good folder is counted', () => {
  const { status, stdout } = check(folder)
  expect(stdout).toContain('2 topics, 4 facts (0 of them unknown), 3 questions, 2 sources, 2 entities. Loaded in')
  expect(status).toBe(0)
})

test('every fault is printed, and the exit status says so', () => {
  put('sources.yaml', GOOD['sources.yaml']?.replace('2025-04 ', '2025-14 ') ?? '')
  put('questions/ferries.yaml', 'nobody:\n  - a\n')
  const { status, stdout } = check(folder)
  expect(stdout).toContain(`${join(folder, 'questions/ferries.yaml')}:1:1: there is no fact "nobody" [unknown-fact]`)
  expect(stdout).toContain(`${join(folder, 'sources.yaml')}:6:40: there is no day 2025-14 [impossible-date]`)
  expect(stdout).toContain('2 faults in 2 files')
  expect(status).toBe(1)
})

test('a folder that is not there is a fault', () => {
  const { status, stdout, stderr } = check(join(folder, 'nowhere'))
  expect([status, stderr]).toEqual([1, ''])
  expect(stdout).toContain('[missing-file]')
})

test('a topic may not take the name of a built-in command', () => {
  put(
    'topics/ask.yaml',
    GOOD['topics/piers.yaml']?.replace('topic: piers', 'topic: ask').replace('pier-', 'quay-') ?? '',
  )
  expect(check(folder).stdout).toContain('[reserved-topic]')
})

test('the usage is told: to whoever asks for it, and instead of an answer to anything else', () => {
  const usage = 'Usage: npm run check [-- DIR]\n'
  expect(check('--help')).toMatchObject({ status: 0, stdout: usage, stderr: '' })
  expect(check('--fast')).toMatchObject({ status: 2, stdout: '', stderr: usage })
  expect(check(folder, folder)).toMatchObject({ status: 2, stdout: '', stderr: usage })
})

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function check(...args: string[]) {
  return spawnSync(process.execPath, ['src/cli/check.ts', ...args], { encoding: 'utf8' })
}
