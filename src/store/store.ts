import { type Complaints, openComplaints } from './complaints.ts'
import { type Follows, openFollows } from './follows.ts'
import { type Gaps, openGaps } from './gaps.ts'
import { openProposals, type Proposals } from './proposals.ts'
import { openRevisions, type Revisions } from './revisions.ts'
import { openSettings, type Settings } from './settings.ts'
import type { Database } from './sql.ts'
import { openSqlite } from './sqlite.ts'

/** What is kept and is not knowledge. Async, so that a database on a server can take the file's place. */
export interface Store extends Gaps, Complaints, Proposals, Revisions, Settings, Follows {
  close(): Promise<void>
}

/** Opens the store: in a folder, or in a PostgreSQL database where an address of one is given. */
export async function openStore(folder: string, url?: string): Promise<Store> {
  if (url === undefined) return storeOn(await openSqlite(folder))
  const { openPostgres } = await import('./postgres.ts')
  return storeOn(await openPostgres(url))
}

/** The store in a database. */
export function storeOn(sql: Database): Store {
  return {
    ...openGaps(sql),
    ...openComplaints(sql),
    ...openProposals(sql),
    ...openRevisions(sql),
    ...openSettings(sql),
    ...openFollows(sql),
    close: () => sql.close(),
  }
}
