import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { addingFact, openFolder, proposeChange } from '../faults/keeping.ts'
import { GOOD } from '../knowledge/good-folder.ts'

/** Tries files that may not be read or written, as somebody for whom that counts; says what came of it, as JSON. */
const root = process.argv[2] ?? ''
const NOBODY = 65_534
// Everything is imported by now: where the project is, nobody may have no right to read.
if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY)
  process.setuid?.(NOBODY)
}

const at = (path: string) => join(root, 'knowledge', path)
for (const [path, text] of Object.entries(GOOD)) {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}
const opened = await openFolder(root)
const { keeper, store } = opened
const said: Record<string, unknown> = {}

async function approving(id: string): Promise<string> {
  const proposal = await proposeChange(opened, addingFact(id))
  const refused = await keeper.approve(proposal, { approver: '2', secondPerson: true }).catch((error) => error.message)
  return typeof refused === 'string' ? `${refused} ${(await store.findProposal(proposal))?.state}` : 'approved'
}

async function faults(): Promise<unknown> {
  const found = await keeper.reload()
  return found.kind === 'faulty' ? found.faults.map(({ code, message }) => `${code}: ${message}`) : found.kind
}

chmodSync(at('topics/ferries.yaml'), 0o000)
said.unreadableFile = await faults()
said.stillServed = keeper.snapshot.facts.size
chmodSync(at('topics/ferries.yaml'), 0o644)
said.readableAgain = await faults()
chmodSync(at('topics'), 0o000)
said.lockedFolder = await faults()
chmodSync(at('topics'), 0o555)
said.readOnlyFolder = await approving('one-way-boat')
chmodSync(at('topics'), 0o755)
chmodSync(at('topics/ferries.yaml'), 0o444)
said.readOnlyFile = await approving('two-way-boat')
chmodSync(at('topics/ferries.yaml'), 0o644)
chmodSync(at('questions'), 0o555)
said.halfReadOnly = await approving('round-boat')
said.untouched = await faults()
chmodSync(at('questions'), 0o755)
said.writableAgain = await approving('last-boat')
await store.close()
console.log(JSON.stringify(said))
