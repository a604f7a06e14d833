import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemChange } from '../../src/editing/items.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { drawsFrom } from './draws.ts'
import { openFolder, save } from './keeping.ts'

/** Of each process. */
const APPROVALS = 25
const FIRSTS = [0, 1_000]

let root: string
const children = new Set<ChildProcess>()
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'footnote-shared-'))
  for (const [path, text] of Object.entries(GOOD)) save(join(root, 'knowledge', path), text)
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(root, { recursive: true })
})

/** Approves from a number on, is killed after a while, and begins again until all is approved: what was acknowledged. */
async function approveAll(
  first: number,
  draw: () => number,
): Promise<{ approved: Map<string, number>; kills: number }> {
  const approved = new Map<string, number>()
  let kills = 0
  for (let next = first; ; ) {
    const args = ['tests/faults/approver.ts', root, String(next), String(first + APPROVALS)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    let output = ''
    let errors = ''
    let kill: NodeJS.Timeout | undefined
    child.stderr.on('data', (data) => (errors += data))
    child.stdout.on('data', (data) => {
      output += data
      if (output.includes('ready')) kill ??= setTimeout(() => child.kill('SIGKILL'), 5 + draw() * 2_500)
    })
    await new Promise<void>((resolve) => child.once('close', () => resolve()))
    clearTimeout(kill)
    children.delete(child)
    expect(errors).not.toContain('Error')
    const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n')
    for (const [, number, id = '', proposal] of lines
      .map((line) => line.split(' '))
      .filter(([what]) => what === 'approved')) {
      approved.set(id, Number(proposal))
      next = Math.max(next, Number(number) + 1)
    }
    if (lines.includes('done')) return { approved, kills }
    kills += 1
  }
}

test('two processes that keep one folder, each killed at any moment: nothing is lost, or noted twice or as handiwork', async () => {
  const draw = drawsFrom(20_250_922)
  let saved = 0
  const saves = setInterval(() => {
    saved += 1
    save(join(root, 'knowledge/glossary.yaml'), `- { term: fare, synonyms: [price ${saved}] }\n`)
  }, 150)
  const done = await Promise.all(FIRSTS.map((first) => approveAll(first, draw)))
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
