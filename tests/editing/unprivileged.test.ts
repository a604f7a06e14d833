import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'footnote-unprivileged-'))
  // The child is somebody else.
  chmodSync(root, 0o777)
})
afterAll(() => rmSync(root, { recursive: true }))

test('files that may not be read or written are told in words, and nothing is changed by half', () => {
  const args = ['--disable-warning=ExperimentalWarning', 'tests/editing/unprivileged.ts', root]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 })
  expect(stderr).toBe('')
  const unwritable = /^The knowledge files cannot be written \(EACCES\), so nothing was changed: .* open$/
  expect(JSON.parse(stdout)).toEqual({
    unreadableFile: expect.arrayContaining(['unreadable-file: this cannot be read (EACCES)']),
    stillServed: 4,
    readableAgain: 'same',
    lockedFolder: expect.arrayContaining([expect.stringMatching(/^unreadable-file/)]),
    readOnlyFolder: expect.stringMatching(unwritable),
    readOnlyFile: expect.stringMatching(unwritable),
    halfReadOnly: expect.stringMatching(unwritable),
    untouched: 'same',
    writableAgain: 'approved',
  })
})
