import { addNotice } from './notices.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { ONCE, type Row, type Sql } from './sql.ts'

/** A user's note that shown facts are wrong or out of date. */
export interface Complaint {
  /** Ids of the facts that were shown. */
  readonly facts: readonly string[]
  readonly asOf: string
  readonly note: string
  readonly guild?: string
  readonly at: Date
}

export interface KeptComplaint extends Complaint {
  readonly id: number
  /** The pseudonym of who sent it. */
  readonly sender: string
  /** Their id, if they want to hear what becomes of it. */
  readonly user?: string
  readonly state: ComplaintState
}

export type ComplaintState = 'open' | 'resolved' | 'dismissed'

export interface Complaints {
  /**
   * Gives its number; that of the first one, if the same delivery comes again. Of the user who sends it, and of the
   * delivery, only a pseudonym is kept.
   */
  recordComplaint(complaint: Complaint & { readonly user: string; readonly delivery?: string }): Promise<number>
  /** The open ones, newest first. */
  listComplaints(most?: number): Promise<KeptComplaint[]>
  findComplaint(id: number): Promise<KeptComplaint | undefined>
  /** Only its sender can ask to be told, while it is open; their id is kept until it is closed. */
  tellOfComplaint(id: number, user: string): Promise<boolean>
  /** Closes it, and notes what is told to its sender if they want it, and forgets their id. Undefined when it was closed before. */
  closeComplaint(
    id: number,
    state: Exclude<ComplaintState, 'open'>,
    textFor: (complaint: KeptComplaint) => string,
  ): Promise<KeptComplaint | undefined>
}

/** Before an id that a step of the migrations has left for a pseudonym to take its place. */
const UNKEYED = 'id:'

/** Complaints in a database. */
export function openComplaints(sql: Sql, pseudonymOf: Pseudonyms): Complaints {
  return {
    async recordComplaint({ facts, asOf, note, user, guild, at, delivery }) {
      const [row] = await sql.all(
        `INSERT INTO complaint (facts, as_of, note, sender, guild, at, delivery) VALUES (?, ?, ?, ?, ?, ?, ?) ${ONCE}
         RETURNING id`,
        ...[JSON.stringify(facts), asOf, note, pseudonymOf(user), guild ?? null, at.toISOString()],
        delivery === undefined ? null : pseudonymOf(delivery),
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
      const told = `UPDATE complaint SET "user" = ? WHERE id = ? AND sender = ? AND state = 'open'`
      return (await sql.run(told, user, id, pseudonymOf(user))) === 1
    },
    async closeComplaint(id, state, textFor) {
      return sql.atOnce(async (alone) => {
        const [row] = await alone.all(`SELECT * FROM complaint WHERE id = ? AND state = 'open'`, id)
        if (!row) return undefined
        await alone.run(`UPDATE complaint SET state = ?, "user" = NULL WHERE id = ?`, state, id)
        const complaint = { ...complaintOf(row), state }
        const { user } = complaint
        const body = JSON.stringify({ text: textFor(complaint) })
        if (user !== undefined) await addNotice({ kind: 'complaint', place: user, user, body }, alone)
        return complaint
      })
    },
  }
}

/** Puts pseudonyms in the place of the ids of those who sent complaints before there were any. */
export async function keySenders(sql: Sql, pseudonymOf: Pseudonyms): Promise<void> {
  const unkeyed = `SELECT id, sender FROM complaint WHERE sender LIKE '${UNKEYED}%'`
  if ((await sql.all(`${unkeyed} LIMIT 1`)).length === 0) return
  await sql.atOnce(async (alone) => {
    for (const { id, sender } of await alone.all(unkeyed)) {
      const user = String(sender).slice(UNKEYED.length)
      await alone.run('UPDATE complaint SET sender = ? WHERE id = ?', pseudonymOf(user), Number(id))
    }
  })
}

/** A complaint as its row has it. */
export function complaintOf(row: Row): KeptComplaint {
  return {
    id: Number(row.id),
    facts: JSON.parse(String(row.facts)),
    asOf: String(row.as_of),
    note: String(row.note),
    sender: String(row.sender),
    ...(typeof row.user === 'string' ? { user: row.user } : {}),
    ...(typeof row.guild === 'string' ? { guild: row.guild } : {}),
    at: new Date(String(row.at)),
    state: String(row.state) as ComplaintState,
  }
}
