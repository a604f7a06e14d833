import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemChange } from '../../src/editing/items.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { drawsFrom } from './draws.ts'
import { openFolder, save } from './keeping.ts'

const APPROVALS = 80
const SAVES = 80

let root: string
let child: ChildProcess | undefined
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'footnote-faults-'))
  for (const [path, text] of Object.entries(GOOD)) save(join(root, 'knowledge', path), text)
})
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(root, { recursive: true })
})

const handId = (number: number) => `by-hand-${number}-${String.fromCharCode(97 + (number % 26)).repeat(3)}`

function saveByHand(count: number): void {
  const facts = Array.from({ length: count }, (_, number) => handId(number)).map(
    (id) => `  - id: ${id}
    statement: What ${id} says was typed in an editor.
    kind: event
    citations: [{ source: report }]
    verified: 2025-09-19
`,
  )
  const head = 'topic: harbour\ntitle: Harbour\ndescription: Typed by hand\nfacts:\n'
  save(join(root, 'knowledge', 'topics/harbour.yaml'), head + facts.join('\n'))
}

/** Starts it, lets it run for a while, and kills it; its whole lines. */
async function runFor(milliseconds: number, first: number, meanwhile: () => void): Promise<string[]> {
  const started = spawn(process.execPath, ['tests/faults/approver.ts', root, String(first), String(APPROVALS)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = started
  let output = ''
  let errors = ''
  const ended = new Promise<void>((resolve) => started.once('close', () => resolve()))
  started.stderr.on('data', (data) => (errors += data))
  await new Promise<void>((resolve) => {
    started.stdout.on('data', (data) => {
      output += data
      if (output.includes('ready')) resolve()
    })
    started.once('close', () => resolve())
  })
  const saves = setInterval(meanwhile, 7)
  const kill = setTimeout(() => started.kill('SIGKILL'), milliseconds)
  await ended
  clearTimeout(kill)
  clearInterval(saves)
  expect(errors).not.toContain('Error')
  return output
    .slice(0, output.lastIndexOf('\n') + 1)
    .trim()
    .split('\n')
}

test(`killed at any moment of ${APPROVALS} approvals and ${SAVES} saves: nothing is lost, torn, or made twice`, async () => {
  const draw = drawsFrom(20_250_919)
  const approved = new Map<string, number>()
  let saved = 0
  let kills = 0
  let longest = 400
  for (let isDone = false; !isDone; ) {
    const first = approved.size === 0 ? 0 : Math.max(...[...approved.keys()].map((id) => Number(id.split('-')[1]))) + 1
    const lines = await runFor(5 + draw() * longest, first, () => {
      if (saved < SAVES) saveByHand(++saved)
    })
    for (const line of lines) {
      const [what, , id = '', proposal] = line.split(' ')
      if (what === 'approved') approved.set(id, Number(proposal))
    }
    isDone = lines.includes('done') && saved === SAVES
    // On a slow machine it would be killed before it has done anything, again and again.
    if (lines.length < 5) longest = Math.min(longest * 1.5, 6_000)
    if (!lines.includes('done')) kills += 1
    // Whatever moment it was: all files are whole, and all that was acknowledged is in them.
    const loaded = await loadKnowledge(join(root, 'knowledge'), { reservedNames: [] })
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
    for (const id of approved.keys()) expect(loaded.snapshot.facts.has(id), `${id} is lost`).toBe(true)
    for (let number = 0; number < saved; number += 1) {
      expect(loaded.snapshot.facts.has(handId(number)), `${handId(number)} is lost`).toBe(true)
    }
    if (lines.includes('done') && saved < SAVES) saveByHand(++saved)
  }

  const { store, keeper } = await openFolder(root)
  const facts = [...keeper.snapshot.facts.keys()]
  expect(facts.filter((id) => id.startsWith('boat-'))).toHaveLength(APPROVALS)
  expect(facts.filter((id) => id.startsWith('by-hand-'))).toHaveLength(SAVES)
  expect(await store.listInterrupted()).toEqual([])
  const revisions = await store.listRevisions({ most: 10_000 })
  const made = revisions.flatMap(({ changes }) => (changes as ItemChange[]).filter(({ part }) => part === 'fact'))
  const added = made.filter(({ before }) => before === undefined).map(({ key }) => key)
  expect(added.toSorted()).toEqual(facts.filter((id) => /^(boat|by-hand)-/.test(id)).toSorted())
  const proposals = revisions.flatMap(({ proposal }) => proposal ?? [])
  expect(new Set(proposals).size).toBe(proposals.length)
  for (const [id, proposal] of approved) expect(proposals, id).toContain(proposal)
  // Whatever was decided, its author is to be told of, once.
  const decisions = (await store.listNotices()).map(({ body }) => Number(JSON.parse(body).proposal))
  const states = new Map<number, string | undefined>()
  for (let id = 1; id <= Math.max(...decisions); id += 1) states.set(id, (await store.findProposal(id))?.state)
  const decided = [...states].filter(([, state]) => state === 'approved' || state === 'rejected').map(([id]) => id)
  expect(decisions.toSorted((one, other) => one - other)).toEqual(decided)
  expect(decided).toEqual(expect.arrayContaining(proposals))
  // What an approval wrote is noted as that approval's, whenever it was cut off.
  const byHand = revisions.filter(({ proposal }) => proposal === undefined)
  const handmade = byHand.flatMap(({ changes }) => (changes as ItemChange[]).map(({ key }) => key))
  expect(handmade.filter((key) => key.startsWith('boat-'))).toEqual([])
  await store.close()
  for (const folder of ['', 'topics', 'questions']) {
    expect(readdirSync(join(root, 'knowledge', folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  }
  const text = readFileSync(join(root, 'knowledge/topics/ferries.yaml'), 'utf8')
  expect(text.startsWith(GOOD['topics/ferries.yaml'] ?? '-')).toBe(true)
  console.log(`${APPROVALS} approvals and ${SAVES} saves, killed ${kills} times`)
  expect(kills).toBeGreaterThan(5)
}, 1_200_000)
