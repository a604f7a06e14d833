import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openPostgres } from '../../src/store/postgres.ts'
import type { Database } from '../../src/store/sql.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { useCluster } from '../postgres.ts'

/** What the tests of what is kept run on. */
export const ENGINES = [{ engine: 'SQLite' }, { engine: 'PostgreSQL' }] as const

export type EngineName = (typeof ENGINES)[number]['engine']

/** Where something can be kept; each opening is like one more process. */
export interface Place {
  /** What a process has to be told to open it: a folder, and an address if it is on a server. */
  readonly args: readonly [folder: string, url?: string]
  openSql(): Promise<Database>
  openStore(): Promise<Store>
}

/** Gives new, empty places to the tests of a file; what was opened in them is closed after each test. */
export function usePlaces(): (engine: EngineName) => Promise<Place> {
  const scene = useCluster()
  const folders: string[] = []
  const opened: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()))
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  async function kept<One extends { close(): Promise<void> }>(opening: Promise<One>): Promise<One> {
    const one = await opening
    opened.push(one)
    return one
  }
  return async (engine) => {
    const folder = mkdtempSync(join(tmpdir(), 'footnote-place-'))
    folders.push(folder)
    const url = engine === 'SQLite' ? undefined : await scene.cluster.addSchema()
    return {
      args: url === undefined ? [folder] : [folder, url],
      openSql: () => kept(url === undefined ? openSqlite(folder) : openPostgres(url)),
      openStore: () => kept(openStore(folder, url)),
    }
  }
}
