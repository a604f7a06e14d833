import { exportFolder } from '../editing/carrying.ts'
import { type Carrying, carriedText, carry } from './carrying.ts'

const USAGE = 'Usage: npm run knowledge:export [-- [DIR] [--force]]'

process.exitCode = await carry(USAGE, exporting)

/** Makes the knowledge files of a folder those of the database. */
async function exporting({ folder, store, force }: Carrying): Promise<number> {
  console.log(`Exported into ${folder}: ${carriedText(await exportFolder(folder, { store, force }))}.`)
  return 0
}
