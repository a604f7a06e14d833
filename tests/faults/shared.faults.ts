import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GOOD } from '../knowledge/good-folder.ts'
import { expectApprovedOnce, startApproving, statesOf } from './approving.ts'
import { drawsFrom } from './draws.ts'
import { openFolder, save } from './keeping.ts'

/** Of each process. */
const APPROVALS = 25
const FIRSTS = [0, 1_000]

let root: string
const approving = startApproving()
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'footnote-shared-'))
  for (const [path, text] of Object.entries(GOOD)) save(join(root, 'knowledge', path), text)
})
afterAll(() => {
  approving.end()
  rmSync(root, { recursive: true })
})

test('two processes that keep one folder, each killed at any moment: nothing is lost, or noted twice or as handiwork', async () => {
  const draw = drawsFrom(20_250_922)
  let saved = 0
  const saves = setInterval(() => {
    saved += 1
    save(join(root, 'knowledge/glossary.yaml'), `- { term: fare, synonyms: [price ${saved}] }\n`)
  }, 150)
  const done = await Promise.all(FIRSTS.map((first) => approving.approveAll([root], first, APPROVALS, draw)))
  clearInterval(saves)

  const { store, keeper } = await openFolder(root)
  const { boats, byHand } = await expectApprovedOnce(done, { store, keeper })
  expect(boats).toHaveLength(APPROVALS * FIRSTS.length)
  expect(byHand.flatMap(({ changes }) => changes.map(({ key }) => key)).filter((key) => key !== 'fare')).toEqual([])
  const states = statesOf(byHand)
  // Up to what stands in the file.
  expect(states.at(-1)?.after).toContain(`price ${saved}]`)
  await store.close()
  for (const folder of ['', 'topics', 'questions']) {
    expect(readdirSync(join(root, 'knowledge', folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  }
  const kills = done.map((one) => one.kills)
  console.log(`${boats.length} approvals by two processes and ${saved} saves, killed ${kills.join(' and ')} times`)
  expect(Math.min(...kills)).toBeGreaterThan(3)
}, 600_000)
