import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'footnote-read-only-'))
  // The child is somebody else.
  chmodSync(root, 0o777)
})
afterAll(() => rmSync(root, { recursive: true }))

test('a folder or a database that may not be written to is told in one line, and used when it may', () => {
  const args = ['--disable-warning=ExperimentalWarning', 'tests/store/unprivileged.ts', root]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 })
  expect(stderr).toBe('')
  const unopened = /^UserError: The database [^\n]*footnote\.db cannot be opened \([^\n]*DATA_DIR[^\n]*$/
  expect(JSON.parse(stdout)).toEqual({
    readOnlyFolder: expect.stringMatching(unopened),
    first: 'recorded',
    whileOpen: 'recorded',
    readOnlyCopy: expect.stringMatching(
      /^read-only: The database [^\n]*footnote\.db cannot be written to:[^\n]*DATA_DIR/,
    ),
    readOnlyStart: expect.stringMatching(unopened),
    writableAgain: 'recorded',
    questions: ['again', 'first'],
  })
})
