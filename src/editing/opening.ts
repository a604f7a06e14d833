import { UserError } from '../errors.ts'
import { type Fault, faultText } from '../knowledge/fault.ts'
import { moveIn } from './carrying.ts'
import { folderShelf } from './folder.ts'
import { type Keeper, type KeeperOptions, openKeeper } from './keeper.ts'
import type { Shelf } from './shelf.ts'
import { tableShelf } from './table.ts'

export interface OpeningOptions extends Omit<KeeperOptions, 'shelf'> {
  readonly folder: string
  /** The address of the database, where that is the place of the files. */
  readonly database?: string | undefined
  /** Told when the files of the folder were taken into the database, at its first start. */
  readonly onMoved?: (files: number) => void
}

export interface Opened {
  readonly shelf: Shelf
  readonly keeper: Keeper
  close(): Promise<void>
}

/** Opens the knowledge where it is: in the folder, or in the database. Faults are a UserError. */
export async function openKnowledge(options: OpeningOptions): Promise<Opened> {
  const { folder, database } = options
  const inFolder = `KNOWLEDGE_DIR is ${folder}.`
  if (database === undefined) return opened(folderShelf(folder), options, inFolder)
  const { openSignals } = await import('../store/postgres-signals.ts')
  const signals = openSignals(database)
  try {
    const moved = await moveIn(options)
    if (moved && 'faults' in moved) throw faulty(moved.faults, inFolder)
    if (moved) options.onMoved?.(moved.after.size)
    const exporting = 'These files are in the database: “npm run knowledge:export -- DIR” writes them into a folder.'
    return await opened(tableShelf({ store: options.store, signals }), options, exporting, signals.close)
  } catch (error) {
    await signals.close()
    throw error
  }
}

async function opened(shelf: Shelf, options: OpeningOptions, place: string, close = async () => {}): Promise<Opened> {
  const found = await openKeeper({ ...options, shelf })
  if ('faults' in found) throw faulty(found.faults, place)
  return { shelf, keeper: found.keeper, close }
}

function faulty(faults: readonly Fault[], place: string): UserError {
  return new UserError(`${faults.map(faultText).join('\n\n')}\n\n${place}`)
}
