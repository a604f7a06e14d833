import type { DatabaseSync } from 'node:sqlite'

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

export interface KeptComplaint extends Complaint {
  readonly id: number
  /** Whether its sender wants to hear what became of it. */
  readonly tell: boolean
  readonly state: ComplaintState
}

export type ComplaintState = 'open' | 'resolved' | 'dismissed'

export interface Complaints {
  /** Gives its number. */
  recordComplaint(complaint: Complaint): Promise<number>
  /** The open ones, newest first. */
  listComplaints(most?: number): Promise<KeptComplaint[]>
  findComplaint(id: number): Promise<KeptComplaint | undefined>
  /** Only its sender can ask to be told, while it is open. */
  tellOfComplaint(id: number, user: string): Promise<boolean>
  /** Undefined when it was closed before. */
  closeComplaint(id: number, state: Exclude<ComplaintState, 'open'>): Promise<KeptComplaint | undefined>
}

export function openComplaints(database: DatabaseSync): Complaints {
  const add = database.prepare('INSERT INTO complaint (facts, as_of, note, user, guild, at) VALUES (?, ?, ?, ?, ?, ?)')
  const open = database.prepare(`SELECT * FROM complaint WHERE state = 'open' ORDER BY id DESC LIMIT ?`)
  const find = database.prepare('SELECT * FROM complaint WHERE id = ?')
  const tell = database.prepare(`UPDATE complaint SET tell = 1 WHERE id = ? AND user = ? AND state = 'open'`)
  const close = database.prepare(`UPDATE complaint SET state = ? WHERE id = ? AND state = 'open' RETURNING *`)
  return {
    async recordComplaint({ facts, asOf, note, user, guild, at }) {
      const { lastInsertRowid } = add.run(JSON.stringify(facts), asOf, note, user, guild ?? null, at.toISOString())
      return Number(lastInsertRowid)
    },
    async listComplaints(most = 100) {
      return open.all(most).map(complaintOf)
    },
    async findComplaint(id) {
      const row = find.get(id)
      return row && complaintOf(row)
    },
    async tellOfComplaint(id, user) {
      return tell.run(id, user).changes === 1
    },
    async closeComplaint(id, state) {
      const row = close.get(state, id)
      return row && complaintOf(row)
    },
  }
}

function complaintOf(row: Record<string, unknown>): KeptComplaint {
  return {
    id: Number(row.id),
    facts: JSON.parse(String(row.facts)),
    asOf: String(row.as_of),
    note: String(row.note),
    user: String(row.user),
    ...(typeof row.guild === 'string' ? { guild: row.guild } : {}),
    at: new Date(String(row.at)),
    tell: row.tell === 1,
    state: String(row.state) as ComplaintState,
  }
}
