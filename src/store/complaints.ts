import { addNotice } from './notices.ts'
import type { Row, Sql } from './sql.ts'

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
  /** Closes it, and notes what its sender is told if they want to be. Undefined when it was closed before. */
  closeComplaint(
    id: number,
    state: Exclude<ComplaintState, 'open'>,
    textFor: (complaint: KeptComplaint) => string,
  ): Promise<KeptComplaint | undefined>
}

/** Complaints in a database. */
export function openComplaints(sql: Sql): Complaints {
  return {
    async recordComplaint({ facts, asOf, note, user, guild, at }) {
      const [row] = await sql.all(
        'INSERT INTO complaint (facts, as_of, note, "user", guild, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
        ...[JSON.stringify(facts), asOf, note, user, guild ?? null, at.toISOString()],
      )
      return Number(row?.id)
    },
    async listComplaints(most = 100) {
      const rows = await sql.all(`SELECT * FROM complaint WHERE state = 'open' ORDER BY id DESC LIMIT ?`, most)
      return rows.map(complaintOf)
    },
    async findComplaint(id) {
      const [row] = await sql.all('SELECT * FROM complaint WHERE id = ?', id)
      return row && complaintOf(row)
    },
    async tellOfComplaint(id, user) {
      const told = `UPDATE complaint SET tell = 1 WHERE id = ? AND "user" = ? AND state = 'open'`
      return (await sql.run(told, id, user)) === 1
    },
    async closeComplaint(id, state, textFor) {
      return sql.atOnce(async (alone) => {
        const close = `UPDATE complaint SET state = ? WHERE id = ? AND state = 'open' RETURNING *`
        const [row] = await alone.all(close, state, id)
        if (!row) return undefined
        const complaint = complaintOf(row)
        const { user } = complaint
        const body = JSON.stringify({ text: textFor(complaint) })
        if (complaint.tell) await addNotice({ kind: 'complaint', place: user, user, body }, alone)
        return complaint
      })
    },
  }
}

function complaintOf(row: Row): KeptComplaint {
  return {
    id: Number(row.id),
    facts: JSON.parse(String(row.facts)),
    asOf: String(row.as_of),
    note: String(row.note),
    user: String(row.user),
    ...(typeof row.guild === 'string' ? { guild: row.guild } : {}),
    at: new Date(String(row.at)),
    tell: Number(row.tell) === 1,
    state: String(row.state) as ComplaintState,
  }
}
