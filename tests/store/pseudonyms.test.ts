import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { backUp } from '../../src/store/backup.ts'
import { keyFileIn, openKey, pseudonymsBy } from '../../src/store/pseudonyms.ts'
import { openStore } from '../../src/store/store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a pseudonym is always the same for a person and a key, is nobody else’s, and says nothing of them', () => {
  const pseudonymOf = pseudonymsBy('k'.repeat(43))
  expect(pseudonymOf('1100000000000000011')).toMatch(/^[\w-]{16}$/)
  expect(pseudonymOf('1100000000000000011')).toBe(pseudonymsBy('k'.repeat(43))('1100000000000000011'))
  const others = [pseudonymOf('1100000000000000012'), pseudonymsBy('l'.repeat(43))('1100000000000000011')]
  expect(others).not.toContain(pseudonymOf('1100000000000000011'))
})

test('the key is made at the first start, for the owner alone, stays, and is not in a copy of the database', async () => {
  const store = await openStore(join(folder, 'data'))
  const pseudonym = store.pseudonymOf('1')
  await backUp(join(folder, 'data'), join(folder, 'copies', 'footnote.db'))
  await store.close()
  expect(statSync(keyFileIn(join(folder, 'data'))).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, 'data')).sort()).toEqual(['footnote.db', 'privacy.key'])
  expect(readdirSync(join(folder, 'copies'))).toEqual(['footnote.db'])
  const key = readFileSync(keyFileIn(join(folder, 'data')), 'utf8').trim()
  expect(readFileSync(join(folder, 'data', 'footnote.db')).includes(key)).toBe(false)
  const again = await openStore(join(folder, 'data'))
  expect(again.pseudonymOf('1')).toBe(pseudonym)
  await again.close()
})

test('several processes that start at once find one key, and leave nothing beside it', async () => {
  const code = `import('${resolve('src/store/pseudonyms.ts')}').then(({ openKey }) => console.log(openKey('${folder}')))`
  const started = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 2] }),
  )
  const keys = await Promise.all(
    started.map(async (child) => {
      let output = ''
      child.stdout?.on('data', (text) => (output += text))
      await new Promise((ended) => child.once('close', ended))
      return output.trim()
    }),
  )
  expect(new Set(keys)).toEqual(new Set([openKey(folder)]))
  expect(readdirSync(folder)).toEqual(['privacy.key'])
}, 30_000)

test.each([
  ['is too short', () => writeFileSync(keyFileIn(folder), 'short\n'), /is damaged/],
  ['is empty', () => writeFileSync(keyFileIn(folder), ''), /is damaged/],
  ['cannot be read', () => mkdirSync(keyFileIn(folder)), /cannot be read or made \(EISDIR[^\n]*DATA_DIR/],
])('a key that %s is told in one line, and left as it is', async (_, spoil, message) => {
  spoil()
  const error = await openStore(folder).catch((refused: unknown) => refused)
  expect(error).toBeInstanceOf(UserError)
  expect((error as Error).message).toMatch(/^The key [^\n]*privacy\.key [^\n]*$/)
  expect((error as Error).message).toMatch(message)
  expect(readdirSync(folder).filter((name) => name.startsWith('privacy.key'))).toEqual(['privacy.key'])
})
