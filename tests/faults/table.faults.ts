import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportFolder, importFolder, noteCarried } from '../../src/editing/carrying.ts'
import { UserError } from '../../src/errors.ts'
import { loadFiles } from '../../src/knowledge/load.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { useCluster } from '../postgres.ts'
import { expectApprovedOnce, startApproving, statesOf } from './approving.ts'
import { drawsFrom } from './draws.ts'
import { now, openTable, save } from './keeping.ts'

/** Of each process. */
const APPROVALS = 25
const FIRSTS = [0, 1_000]

const scene = useCluster()
const approving = startApproving()
let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'footnote-table-'))
  for (const [path, text] of Object.entries(GOOD)) save(join(root, 'knowledge', path), text)
})
afterAll(() => {
  approving.end()
  rmSync(root, { recursive: true })
})

test('two processes that keep one table, each killed at any moment while a folder is carried out and in: nothing is lost, torn, or noted twice', async () => {
  const url = await scene.cluster.addSchema()
  const draw = drawsFrom(20_251_130)
  const { store } = await openTable(root, url)
  const folder = join(root, 'checkout')
  const options = { folder, store, reservedNames: [], now, why: '', force: false }
  let isOver = false
  let imports = 0
  let refusals = 0

  /** Somebody who goes on with the files in git, and takes care that nothing gets lost. */
  async function review(): Promise<void> {
    while (!isOver) {
      await exportFolder(folder, { store, force: true })
      save(join(folder, 'glossary.yaml'), `- { term: fare, synonyms: [price ${imports + 1}] }\n`)
      try {
        const carried = await importFolder(options)
        if ('faults' in carried) throw new Error(JSON.stringify(carried.faults))
        await noteCarried(folder, carried)
        imports += 1
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        refusals += 1
      }
      // Whatever moment it is: all files are whole.
      const texts = await store.readFiles()
      const loaded = loadFiles(
        '',
        [...texts].map(([path, content]) => ({ path, content })),
        options,
      )
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
      await new Promise((resolve) => setTimeout(resolve, draw() * 200))
    }
  }
  const reviewing = review()
  const done = await Promise.all(
    FIRSTS.map((first) => approving.approveAll([root, url, 'table'], first, APPROVALS, draw)),
  )
  isOver = true
  await reviewing

  const { store: other, keeper } = await openTable(root, url)
  const { boats, byHand } = await expectApprovedOnce(done, { store, keeper })
  expect(boats).toHaveLength(APPROVALS * FIRSTS.length)
  expect(byHand).toHaveLength(imports)
  const states = statesOf(byHand)
  // Up to what stands in the table.
  expect(keeper.texts.get('glossary.yaml')).toBe(states.at(-1)?.after)
  // What nobody meant has every byte that it had.
  for (const path of ['topics/piers.yaml', 'sources.yaml', 'entities.yaml']) {
    expect(keeper.texts.get(path)).toBe(GOOD[path])
  }
  await exportFolder(folder, { store, force: true })
  for (const [path, text] of keeper.texts) expect(readFileSync(join(folder, path), 'utf8')).toBe(text)
  await store.close()
  await other.close()
  const kills = done.map((one) => one.kills)
  console.log(
    `${boats.length} approvals, ${imports} imports and ${refusals} refused ones, killed ${kills.join(' and ')} times`,
  )
  expect(Math.min(...kills)).toBeGreaterThan(3)
  expect(imports).toBeGreaterThan(3)
}, 600_000)
