import { openDatabase } from './database.ts'

/** A question that found no fact. */
export interface Gap {
  readonly question: string
  readonly asOf: string
  /** Absent in a DM. */
  readonly guild?: string
  readonly at: Date
}

/** A user's note that shown facts are wrong or out of date. */
export interface Complaint {
  /** Ids of the facts that were shown. */
  readonly facts: readonly string[]
  readonly asOf: string
  readonly note: string
  readonly user: string
  readonly guild?: string
  readonly at: Date
}

/** What is kept and is not knowledge. Async, so that a database on a server can take the file's place. */
export interface Store {
  recordGap(gap: Gap): Promise<void>
  recordComplaint(complaint: Complaint): Promise<void>
  /** Newest first. */
  listGaps(most?: number): Promise<Gap[]>
  /** Newest first. */
  listComplaints(most?: number): Promise<Complaint[]>
  close(): Promise<void>
}

/** Opens the store in a folder. */
export async function openStore(folder: string): Promise<Store> {
  const database = openDatabase(folder)
  const addGap = database.prepare('INSERT INTO gap (question, as_of, guild, at) VALUES (?, ?, ?, ?)')
  const addComplaint = database.prepare(
    'INSERT INTO complaint (facts, as_of, note, user, guild, at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const gaps = database.prepare('SELECT * FROM gap ORDER BY id DESC LIMIT ?')
  const complaints = database.prepare('SELECT * FROM complaint ORDER BY id DESC LIMIT ?')
  return {
    async recordGap({ question, asOf, guild, at }) {
      addGap.run(question, asOf, guild ?? null, at.toISOString())
    },
    async recordComplaint({ facts, asOf, note, user, guild, at }) {
      addComplaint.run(JSON.stringify(facts), asOf, note, user, guild ?? null, at.toISOString())
    },
    async listGaps(most = 100) {
      return gaps.all(most).map((row) => ({ question: String(row.question), ...common(row) }))
    },
    async listComplaints(most = 100) {
      return complaints.all(most).map((row) => ({
        facts: JSON.parse(String(row.facts)),
        note: String(row.note),
        user: String(row.user),
        ...common(row),
      }))
    },
    async close() {
      database.close()
    },
  }
}

function common(row: Record<string, unknown>) {
  return {
    asOf: String(row.as_of),
    ...(row.guild === null ? {} : { guild: String(row.guild) }),
    at: new Date(String(row.at)),
  }
}
