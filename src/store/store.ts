import { type Complaints, keySenders, openComplaints } from './complaints.ts'
import { type Follows, openFollows } from './follows.ts'
import { type Gaps, openGaps } from './gaps.ts'
import { openPrivacy, type Privacy } from './privacy.ts'
import { openProposals, type Proposals } from './proposals.ts'
import { openKey, type Pseudonyms, pseudonymsBy } from './pseudonyms.ts'
import { openRevisions, type Revisions } from './revisions.ts'
import { openSettings, type Settings } from './settings.ts'
import type { Sql } from './sql.ts'
import { openSqlite, type Sqlite } from './sqlite.ts'

/**
 * What is kept and is not knowledge. It is told who people are, and keeps that only where it has to. Async, so that a
 * database on a server can take the file's place.
 */
export interface Store extends Gaps, Complaints, Proposals, Revisions, Settings, Follows, Privacy {
  /**
   * All that the work writes is kept, or nothing, and nobody else writes meanwhile, whichever process they are in. The
   * work speaks only to the store that it is given; the others wait.
   */
  atOnce<Result>(work: (store: Kept) => Promise<Result>): Promise<Result>
  /** What stands for a person in what is kept; also for the log. */
  readonly pseudonymOf: Pseudonyms
  close(): Promise<void>
}

/** What can be kept. */
export type Kept = Omit<Store, 'close'>

/** Opens the store in a folder. */
export async function openStore(folder: string): Promise<Store> {
  const sql = await openSqlite(folder)
  try {
    const pseudonymOf = pseudonymsBy(openKey(folder))
    await keySenders(sql, pseudonymOf)
    return storeOn(sql, pseudonymOf)
  } catch (error) {
    await sql.close()
    throw error
  }
}

/** The store in a database. */
export function storeOn(sql: Sqlite, pseudonymOf: Pseudonyms): Store {
  return { ...keptIn(sql, pseudonymOf), close: () => sql.close() }
}

function keptIn(sql: Sql, pseudonymOf: Pseudonyms): Kept {
  return {
    ...openGaps(sql, pseudonymOf),
    ...openComplaints(sql, pseudonymOf),
    ...openProposals(sql),
    ...openRevisions(sql),
    ...openSettings(sql),
    ...openFollows(sql),
    ...openPrivacy(sql, pseudonymOf),
    pseudonymOf,
    atOnce: (work) => sql.atOnce((alone) => work(keptIn(alone, pseudonymOf))),
  }
}
