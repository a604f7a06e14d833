import { type Complaints, openComplaints } from './complaints.ts'
import { openDatabase } from './database.ts'
import { type Follows, openFollows } from './follows.ts'
import { type Gaps, openGaps } from './gaps.ts'
import { openProposals, type Proposals } from './proposals.ts'
import { openRevisions, type Revisions } from './revisions.ts'
import { openSettings, type Settings } from './settings.ts'

/** What is kept and is not knowledge. Async, so that a database on a server can take the file's place. */
export interface Store extends Gaps, Complaints, Proposals, Revisions, Settings, Follows {
  close(): Promise<void>
}

/** Opens the store in a folder. */
export async function openStore(folder: string): Promise<Store> {
  const database = openDatabase(folder)
  return {
    ...openGaps(database),
    ...openComplaints(database),
    ...openProposals(database),
    ...openRevisions(database),
    ...openSettings(database),
    ...openFollows(database),
    async close() {
      database.close()
    },
  }
}
