import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemChange } from '../../src/editing/items.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { startApproving } from './approving.ts'
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
  expect(await store.listInterrupted()).toEqual([])
  const boats = [...keeper.snapshot.facts.keys()].filter((id) => id.startsWith('boat-'))
  expect(boats).toHaveLength(APPROVALS * FIRSTS.length)
  const revisions = (await store.listRevisions({ most: 10_000 })).reverse()
  const proposals = revisions.flatMap(({ proposal }) => proposal ?? [])
  expect(new Set(proposals).size).toBe(proposals.length)
  for (const { approved } of done) {
    for (const [id, proposal] of approved) {
      expect(boats).toContain(id)
      expect(proposals, id).toContain(proposal)
    }
  }
  const added = revisions.flatMap(({ changes }) => (changes as ItemChange[]).filter(({ part }) => part === 'fact'))
  expect(added.map(({ key }) => key).toSorted()).toEqual(boats.toSorted())
  const byHand = revisions.filter(({ proposal }) => proposal === undefined)
  expect(byHand.flatMap(({ changes }) => changes.map(({ key }) => key)).filter((key) => key !== 'fare')).toEqual([])
  // Each goes on from where the last one ended, up to what stands in the file.
  const states = byHand.map(({ changes: [change] }) => change as ItemChange)
  expect(states.slice(1).map(({ before }) => before)).toEqual(states.slice(0, -1).map(({ after }) => after))
  expect(states.at(-1)?.after).toContain(`price ${saved}]`)
  await store.close()
  for (const folder of ['', 'topics', 'questions']) {
    expect(readdirSync(join(root, 'knowledge', folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  }
  const kills = done.map((one) => one.kills)
  console.log(`${boats.length} approvals by two processes and ${saved} saves, killed ${kills.join(' and ')} times`)
  expect(Math.min(...kills)).toBeGreaterThan(3)
}, 600_000)
