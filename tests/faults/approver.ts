import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { tableShelf } from '../../src/editing/table.ts'
import { watchFolder } from '../../src/knowledge/watch.ts'
import { addingFact, openFolder, openTable, proposeChange } from './keeping.ts'

/** Proposes and approves facts, one after the other, and says so at once; reads what is saved meanwhile. Until killed. */
const [root = '', first = '0', last = '0', url, where] = process.argv.slice(2)
const isTable = url !== undefined && where === 'table'
const opened = isTable ? await openTable(root, url) : await openFolder(root, url)
const { keeper } = opened
const reload = async () => void (await keeper.reload())
if (isTable) tableShelf(opened.store, 50).watch(reload)
else watchFolder(join(root, 'knowledge'), { quiet: 5, every: 50 }, reload)
writeSync(1, 'ready\n')
for (let number = Number(first); number < Number(last); number += 1) {
  const id = `boat-${number}-${String.fromCharCode(97 + (number % 26)).repeat(3)}`
  if (keeper.snapshot.facts.has(id)) continue
  const proposal = await proposeChange(opened, addingFact(id))
  try {
    await keeper.approve(proposal, { approver: '2', secondPerson: true })
    writeSync(1, `approved ${number} ${id} ${proposal}\n`)
  } catch (error) {
    // Somebody saved the same file at the same moment: decided again, as a moderator would.
    writeSync(1, `refused ${number} ${String(error)}\n`)
    await opened.store.moveProposal(proposal, 'open', 'rejected')
    number -= 1
  }
}
writeSync(1, 'done\n')
process.exit(0)
