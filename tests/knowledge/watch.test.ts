import { chmodSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FolderWatch, watchFolder } from '../../src/knowledge/watch.ts'
import { GOOD } from './good-folder.ts'

const QUIET = 40

let root: string
let folder: string
let watch: FolderWatch | undefined
let told = 0

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'footnote-watch-'))
  folder = join(root, 'knowledge')
  for (const [path, text] of Object.entries(GOOD)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  told = 0
  watch = watchFolder(folder, { quiet: QUIET, every: 100 }, async () => {
    told += 1
  })
  await expect.poll(() => told).toBe(1)
  told = 0
})
afterEach(() => {
  watch?.close()
  rmSync(root, { recursive: true, force: true })
})

test.each([
  ['is written', () => writeFileSync(join(folder, 'topics/ferries.yaml'), 'x')],
  ['is written in the root', () => writeFileSync(join(folder, 'sources.yaml'), 'x')],
  [
    'is replaced through a temporary file',
    () => {
      writeFileSync(join(folder, 'topics/.ferries.yaml.swp'), 'x')
      renameSync(join(folder, 'topics/.ferries.yaml.swp'), join(folder, 'topics/ferries.yaml'))
    },
  ],
  ['may be read by others now', () => chmodSync(join(folder, 'sources.yaml'), 0o666)],
  ['is removed', () => rmSync(join(folder, 'questions/ferries.yaml'))],
  ['is added', () => writeFileSync(join(folder, 'topics/buses.yaml'), 'x')],
  ['is a link that leads elsewhere now', () => symlinkSync('ferries.yaml', join(folder, 'topics/boats.yaml'))],
])('a file that %s is told', async (_, change) => {
  change()
  await expect.poll(() => told).toBe(1)
})

test('many files that change together are told once', async () => {
  for (let round = 0; round < 5; round += 1) {
    for (const path of Object.keys(GOOD)) writeFileSync(join(folder, path), `round ${round}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await expect.poll(() => told).toBe(1)
  writeFileSync(join(folder, 'sources.yaml'), 'one more')
  await expect.poll(() => told).toBe(2)
})

test('a folder that vanishes and comes back is told, and watched again', async () => {
  cpSync(folder, join(root, 'copy'), { recursive: true })
  rmSync(folder, { recursive: true })
  await expect.poll(() => told).toBe(1)
  renameSync(join(root, 'copy'), folder)
  await expect.poll(() => told).toBe(2)
  writeFileSync(join(folder, 'topics/ferries.yaml'), 'again')
  await expect.poll(() => told).toBe(3)
})

test('what is no knowledge is not told', async () => {
  writeFileSync(join(folder, 'notes.txt'), 'x')
  mkdirSync(join(folder, 'schema'))
  writeFileSync(join(folder, 'sources.yaml'), 'x')
  await expect.poll(() => told).toBe(1)
  writeFileSync(join(folder, 'topics/notes.txt'), 'x')
  writeFileSync(join(folder, 'sources.yaml'), 'y')
  await expect.poll(() => told).toBe(2)
})

test('after closing nothing is told', async () => {
  watch?.close()
  let other = 0
  watch = watchFolder(folder, { quiet: QUIET, every: 100 }, async () => {
    other += 1
  })
  await expect.poll(() => other).toBe(1)
  writeFileSync(join(folder, 'sources.yaml'), 'x')
  await expect.poll(() => other).toBe(2)
  expect(told).toBe(0)
})
