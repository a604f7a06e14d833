import { importFolder, noteCarried } from '../editing/carrying.ts'
import { line } from '../editing/form-words.ts'
import { commitOf } from '../editing/git.ts'
import { tableShelf } from '../editing/table.ts'
import { faultText } from '../knowledge/fault.ts'
import { RESERVED_NAMES } from '../knowledge/reserved-names.ts'
import { type Carrying, carriedText, carry } from './carrying.ts'
import { counted } from './counts.ts'

const USAGE = 'Usage: npm run knowledge:import [-- [DIR] [--why "REASON"] [--force]]'
/** As many characters as a moderator may give for a reason. */
const LONGEST_REASON = 300

process.exitCode = await carry(USAGE, importing)

/** Puts the knowledge files of a folder in the place of those of the database. */
async function importing({ folder, store, force, why = '' }: Carrying): Promise<number> {
  const reason = why || (await commitOf(folder)) || ''
  const now = () => new Date()
  const options = { folder, store, force, now, why: line(reason).slice(0, LONGEST_REASON) }
  const carried = await importFolder({ ...options, reservedNames: RESERVED_NAMES })
  if ('faults' in carried) {
    console.log(carried.faults.map(faultText).join('\n\n'))
    console.log(`\n${counted(carried.faults.length, 'fault')}; nothing was imported.`)
    return 1
  }
  await tableShelf(store).announce()
  console.log(`Imported ${folder}: ${carriedText(carried)}.`)
  if (!(await noteCarried(folder, carried))) {
    console.log(`This could not be noted in ${folder}: export into it before you import it again.`)
  }
  return 0
}
