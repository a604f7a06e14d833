import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backUp } from '../../src/store/backup.ts'
import { openStore } from '../../src/store/store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = new Date('2025-09-20T10:00:00Z')

test('a copy made between writes holds a state of one moment, and opens by itself', async () => {
  const store = await openStore(join(folder, 'data'))
  for (let i = 0; i < 50; i += 1) await store.recordGap({ question: `before ${i}`, asOf: '2025-09-20', at })
  const copying = backUp(join(folder, 'data'), join(folder, 'copies', 'a', 'footnote.db'))
  for (let i = 0; i < 50; i += 1) await store.recordGap({ question: `meanwhile ${i}`, asOf: '2025-09-20', at })
  await copying
  await store.close()
  expect(readdirSync(join(folder, 'copies', 'a'))).toEqual(['footnote.db'])
  const copy = await openStore(join(folder, 'copies', 'a'))
  const questions = (await copy.listGaps(1_000)).map(({ question }) => question).reverse()
  expect(questions.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => `before ${i}`))
  // Of what was written meanwhile it has the first so many, without a hole.
  const later = questions.slice(50)
  expect(later).toEqual(later.map((_, i) => `meanwhile ${i}`))
  await copy.close()
})

test('a file that is there, or a database that is not, is told in one line', async () => {
  await expect(backUp(join(folder, 'nowhere'), join(folder, 'copy.db'))).rejects.toThrow(
    /^There is no database [^\n]*DATA_DIR/,
  )
  const store = await openStore(folder)
  writeFileSync(join(folder, 'copy.db'), 'precious')
  await expect(backUp(folder, join(folder, 'copy.db'))).rejects.toThrow(/is there already/)
  await expect(backUp(folder, join(folder, 'copy.db', 'below'))).rejects.toThrow(/could not be copied/)
  await store.close()
})
