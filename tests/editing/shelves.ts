import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { moveIn } from '../../src/editing/carrying.ts'
import { folderShelf } from '../../src/editing/folder.ts'
import { type Keeper, openKeeper } from '../../src/editing/keeper.ts'
import type { Shelf } from '../../src/editing/shelf.ts'
import { tableShelf } from '../../src/editing/table.ts'
import { RESERVED_NAMES } from '../../src/knowledge/reserved-names.ts'
import type { Signals } from '../../src/store/signals.ts'
import type { Store } from '../../src/store/store.ts'
import { now, save } from '../faults/keeping.ts'
import { GOOD } from '../knowledge/good-folder.ts'
import { type EngineName, type Place, usePlaces } from '../store/engines.ts'

/** Where the files are, and in which database the rest is. */
export const SHELVES = [
  { where: 'a folder, with SQLite', engine: 'SQLite', inTable: false },
  { where: 'a table of PostgreSQL', engine: 'PostgreSQL', inTable: true },
] as const

/** What one process has of a place. */
export interface Desk {
  readonly store: Store
  readonly shelf: Shelf
  readonly keeper: Keeper
}

/** A place with knowledge in it. */
export interface Library {
  readonly place: Place
  /** The folder with the files, or that they were taken from. */
  readonly folder: string
  /** The text of a file as it is kept. */
  read(path: string): Promise<string | undefined>
  /** Opens it as one more process. */
  open(more?: { signals?: Signals; every?: number }): Promise<Desk>
}

/** Gives new places with the good folder's files to the tests of a file. */
export function useLibraries(): (engine: EngineName, inTable: boolean) => Promise<Library> {
  const newPlace = usePlaces()
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  return async (engine, inTable) => {
    const place = await newPlace(engine)
    const folder = mkdtempSync(join(tmpdir(), 'footnote-library-'))
    folders.push(folder)
    for (const [path, text] of Object.entries(GOOD)) save(join(folder, path), text)
    const reader = await place.openStore()
    const options = { folder, reservedNames: RESERVED_NAMES, now }
    return {
      place,
      folder,
      read: async (path) => (inTable ? (await reader.readFiles()).get(path) : readFileSync(join(folder, path), 'utf8')),
      async open({ every, ...more } = {}) {
        const store = await place.openStore()
        if (inTable) await moveIn({ ...options, store })
        const shelf = inTable ? tableShelf({ ...store, ...more }, every) : folderShelf(folder)
        const opened = await openKeeper({ ...options, store, shelf })
        if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
        return { store, shelf, keeper: opened.keeper }
      },
    }
  }
}
