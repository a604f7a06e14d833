import { UserError } from '../errors.ts'
import { type Fault, faultText } from '../knowledge/fault.ts'
import { moveIn } from './carrying.ts'
import { folderShelf } from './folder.ts'
import { type Keeper, type KeeperOptions, openKeeper } from './keeper.ts'
import type { Shelf } from './shelf.ts'
import { tableShelf } from './table.ts'

export interface OpeningOptions extends Omit<KeeperOptions, 'shelf'> {
  readonly folder: string
  /** Whether the database is the place of the files; the folder is then what it begins with. */
  readonly inDatabase: boolean
  /** Told when the files of the folder were taken into the database, at its first start. */
  readonly onMoved?: (files: number) => void
}

export interface Opened {
  readonly shelf: Shelf
  readonly keeper: Keeper
}

/** Opens the knowledge where it is: in the folder, or in the database. Faults are a UserError. */
export async function openKnowledge(options: OpeningOptions): Promise<Opened> {
  const { folder, inDatabase, store, onMoved } = options
  const inFolder = `KNOWLEDGE_DIR is ${folder}.`
  if (!inDatabase) return opened(folderShelf(folder), options, inFolder)
  const moved = await moveIn(options)
  if (moved && 'faults' in moved) throw faulty(moved.faults, inFolder)
  if (moved) onMoved?.(moved.after.size)
  const exporting = 'These files are in the database: “npm run knowledge:export -- DIR” writes them into a folder.'
  return opened(tableShelf(store), options, exporting)
}

async function opened(shelf: Shelf, options: OpeningOptions, place: string): Promise<Opened> {
  const found = await openKeeper({ ...options, shelf })
  if ('faults' in found) throw faulty(found.faults, place)
  return { shelf, keeper: found.keeper }
}

function faulty(faults: readonly Fault[], place: string): UserError {
  return new UserError(`${faults.map(faultText).join('\n\n')}\n\n${place}`)
}
