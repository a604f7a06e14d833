import { UserError } from '../errors.ts'
import { type Complaints, keySenders, openComplaints } from './complaints.ts'
import { type Follows, openFollows } from './follows.ts'
import { type Gaps, openGaps } from './gaps.ts'
import { type Notices, openNotices } from './notices.ts'
import { openPrivacy, type Privacy } from './privacy.ts'
import { openProposals, type Proposals } from './proposals.ts'
import { keyFileIn, openKey, type Pseudonyms, pseudonymsBy } from './pseudonyms.ts'
import { openRevisions, type Revisions } from './revisions.ts'
import { openSettings, type Settings } from './settings.ts'
import type { Signals } from './signals.ts'
import type { Database, Sql } from './sql.ts'
import { openSqlite } from './sqlite.ts'
import { makeFolder } from './sqlite-file.ts'
import { openTurns, type Turns } from './turns.ts'

/**
 * What is kept and is not knowledge. It is told who people are, and keeps that only where it has to. Async, so that a
 * database on a server can take the file's place.
 */
export interface Store extends Gaps, Complaints, Proposals, Revisions, Settings, Follows, Notices, Privacy, Turns {
  /**
   * All that the work writes is kept, or nothing, and nobody else writes meanwhile, whichever process they are in. The
   * work speaks only to the store that it is given; the others wait.
   */
  atOnce<Result>(work: (store: Kept) => Promise<Result>): Promise<Result>
  /** What stands for a person in what is kept; also for the log. */
  readonly pseudonymOf: Pseudonyms
  /** Word from the other processes, where a server passes it on. */
  readonly signals?: Signals
  close(): Promise<void>
}

/** What can be kept. */
export type Kept = Omit<Store, 'close' | 'signals'>

/** What is kept of the knowledge and of its changes: the part for which no key has to be there. */
export interface History extends Revisions, Proposals, Settings {
  atOnce<Result>(work: (history: History) => Promise<Result>): Promise<Result>
  readonly signals?: Signals
}

/** Opens only that, in a PostgreSQL database. */
export async function openHistory(url: string): Promise<History & Pick<Store, 'close'>> {
  const sql = await openServer(url)
  const { signals } = sql
  return { ...historyIn(sql), ...(signals ? { signals } : {}), close: () => sql.close() }
}

function historyIn(sql: Sql): History {
  return {
    ...openProposals(sql),
    ...openRevisions(sql),
    ...openSettings(sql),
    atOnce: (work) => sql.atOnce((alone) => work(historyIn(alone))),
  }
}

/** Opens the store: in a folder, or in a PostgreSQL database where an address of one is given. */
export async function openStore(folder: string, url?: string): Promise<Store> {
  const sql = url === undefined ? await openSqlite(folder) : await openServer(url)
  try {
    if (url !== undefined) makeFolder(folder)
    const pseudonymOf = pseudonymsBy(openKey(folder))
    if (url !== undefined) await agreeOnKey(sql, pseudonymOf, folder)
    await keySenders(sql, pseudonymOf)
    return storeOn(sql, pseudonymOf)
  } catch (error) {
    await sql.close()
    throw error
  }
}

async function openServer(url: string): Promise<Database> {
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(url)
}

/** On a server, those who share the database have to use one key, or nobody would find what they sent before. */
export async function agreeOnKey(sql: Sql, pseudonymOf: Pseudonyms, folder: string): Promise<void> {
  const mine = pseudonymOf('')
  const theirs = await sql.atOnce(async (alone) => {
    await alone.run(`INSERT INTO setting (guild, name, value) VALUES ('', 'key', ?) ON CONFLICT DO NOTHING`, mine)
    return (await alone.all(`SELECT value FROM setting WHERE guild = '' AND name = 'key'`))[0]?.value
  })
  if (mine !== theirs) {
    throw new UserError(
      `The key ${keyFileIn(folder)} is not the one that this database is used with: put a copy of that one in its place, from the machine that Footnote ran on first.`,
    )
  }
}

/** The store in a database. */
export function storeOn(sql: Database, pseudonymOf: Pseudonyms): Store {
  const { signals } = sql
  return { ...keptIn(sql, pseudonymOf), ...(signals ? { signals } : {}), close: () => sql.close() }
}

function keptIn(sql: Sql, pseudonymOf: Pseudonyms): Kept {
  return {
    ...openGaps(sql, pseudonymOf),
    ...openComplaints(sql, pseudonymOf),
    ...historyIn(sql),
    ...openFollows(sql),
    ...openNotices(sql),
    ...openPrivacy(sql, pseudonymOf),
    ...openTurns(sql),
    pseudonymOf,
    atOnce: (work) => sql.atOnce((alone) => work(keptIn(alone, pseudonymOf))),
  }
}
