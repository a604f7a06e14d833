import { type Complaints, openComplaints } from './complaints.ts'
import { type Follows, openFollows } from './follows.ts'
import { type Gaps, openGaps } from './gaps.ts'
import { type Notices, openNotices } from './notices.ts'
import { openProposals, type Proposals } from './proposals.ts'
import { openRevisions, type Revisions } from './revisions.ts'
import { openSettings, type Settings } from './settings.ts'
import type { Database, Sql } from './sql.ts'
import { openSqlite } from './sqlite.ts'

/** What is kept and is not knowledge. Async, so that a database on a server can take the file's place. */
export interface Store extends Gaps, Complaints, Proposals, Revisions, Settings, Follows, Notices {
  /**
   * All that the work writes is kept, or nothing, and nobody else writes meanwhile, whichever process they are in. The
   * work speaks only to the store that it is given; the others wait.
   */
  atOnce<Result>(work: (store: Kept) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** What can be kept. */
export type Kept = Omit<Store, 'close'>

/** Opens the store: in a folder, or in a PostgreSQL database where an address of one is given. */
export async function openStore(folder: string, url?: string): Promise<Store> {
  if (url === undefined) return storeOn(await openSqlite(folder))
  const { openPostgres } = await import('./postgres.ts')
  return storeOn(await openPostgres(url))
}

/** The store in a database. */
export function storeOn(sql: Database): Store {
  return { ...keptIn(sql), close: () => sql.close() }
}

function keptIn(sql: Sql): Kept {
  return {
    ...openGaps(sql),
    ...openComplaints(sql),
    ...openProposals(sql),
    ...openRevisions(sql),
    ...openSettings(sql),
    ...openFollows(sql),
    ...openNotices(sql),
    atOnce: (work) => sql.atOnce((alone) => work(keptIn(alone))),
  }
}
