import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/store/store.ts'

const ME = '1100000000000000011'
const OTHER = '1100000000000000012'

let folder: string
let store: Store | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-cli-privacy-'))
})
afterEach(async () => {
  await store?.close()
  store = undefined
  rmSync(folder, { recursive: true })
})

function run(...args: string[]) {
  const script = [resolve('src/cli/privacy.ts'), ...args]
  const env = { ...process.env, DATA_DIR: folder }
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...script], {
    encoding: 'utf8',
    cwd: folder,
    env,
  })
}

test('shows all that is kept of somebody and deletes it, also while the bot has the database open', async () => {
  store = await openStore(folder)
  for (const user of [ME, OTHER]) {
    for (let number = 0; number < 12; number += 1) {
      await store.recordGap({ question: `${number}?`, asOf: '2025-09-20', user, at: new Date('2025-09-20T10:00:00Z') })
    }
  }
  const shown = JSON.parse(run('show', ME).stdout)
  expect(shown).toMatchObject({ pseudonym: store.pseudonymOf(ME), gaps: { count: 12 } })
  expect(shown.gaps.newest).toHaveLength(12)
  expect(JSON.parse(run('delete', ME).stdout)).toMatchObject({ gaps: 12, complaints: 0 })
  expect((await store.keptOf(ME)).gaps.count).toBe(0)
  expect((await store.keptOf(OTHER)).gaps.count).toBe(12)
}, 30_000)

test('makes neither a database nor a key where there is none', () => {
  const { status, stderr } = run('show', ME)
  expect(status).toBe(1)
  expect(stderr).toMatch(/^There is no [^\n]*footnote\.db: does DATA_DIR name the right folder\?\n$/)
  expect(readdirSync(folder)).toEqual([])
})

test('tells in one line why the database cannot do it', async () => {
  store = await openStore(folder)
  await store.recordGap({ question: '?', asOf: '2025-09-20', user: ME, at: new Date('2025-09-20T10:00:00Z') })
  const other = new DatabaseSync(join(folder, 'footnote.db'))
  other.exec('BEGIN IMMEDIATE')
  const { status, stdout, stderr } = run('delete', ME)
  other.close()
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(/^The database [^\n]*footnote\.db is locked by another program: [^\n]*\n$/)
  expect((await store.keptOf(ME)).gaps.count).toBe(1)
}, 30_000)

test.each([{ args: [] }, { args: ['delete', 'me'] }, { args: ['show', ME, OTHER] }])('refuses $args', ({ args }) => {
  const { status, stderr } = run(...args)
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'Usage: npm run privacy -- show|delete USER_ID\n' })
})
