import { addNotice } from './notices.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { ONCE, type Row, type Sql } from './sql.ts'

/** A question that found no fact. */
export interface Gap {
  readonly question: string
  readonly asOf: string
  /** Absent in a DM. */
  readonly guild?: string
  readonly at: Date
}

export interface KeptGap extends Gap {
  readonly id: number
}

export type GapState = 'open' | 'answered' | 'dismissed'

/** Questions without an answer, and who wants to hear of it when there is one. */
export interface Gaps {
  /**
   * Gives its number; that of the first one, if the same delivery comes again. Of the user whose question it is, only a
   * pseudonym is kept, and the same of the delivery: under an answer, Discord names both.
   */
  recordGap(gap: Gap & { readonly user?: string; readonly delivery?: string }): Promise<number>
  /** Newest first. */
  listGaps(most?: number): Promise<KeptGap[]>
  findGap(id: number): Promise<KeptGap | undefined>
  /** Keeps the id of whoever asks for it. False when the gap is not there, is closed, or they asked for it before. */
  awaitAnswer(gap: number, user: string): Promise<boolean>
  /**
   * Closes what is open of these, and forgets who waited for it; they are told if it is answered. Gives how many it closed.
   */
  closeGaps(ids: readonly number[], state: Exclude<GapState, 'open'>): Promise<number>
  /** Opens it again for somebody who could not be told the answer, as there is none any more. */
  reopenGap(id: number, user: string): Promise<void>
}

/** Gaps in a database. */
export function openGaps(sql: Sql, pseudonymOf: Pseudonyms): Gaps {
  return {
    async recordGap({ question, asOf, guild, at, user, delivery }) {
      const keyed = (id: string | undefined) => (id === undefined ? null : pseudonymOf(id))
      const [row] = await sql.all(
        `INSERT INTO gap (question, as_of, guild, at, asker, delivery) VALUES (?, ?, ?, ?, ?, ?) ${ONCE} RETURNING id`,
        ...[question, asOf, guild ?? null, at.toISOString(), keyed(user), keyed(delivery)],
      )
      return Number(row?.id)
    },
    async listGaps(most = 100) {
      const rows = await sql.all(`SELECT * FROM gap WHERE state = 'open' ORDER BY id DESC LIMIT ?`, most)
      return rows.map(gapOf)
    },
    async findGap(id) {
      const [row] = await sql.all('SELECT * FROM gap WHERE id = ?', id)
      return row && gapOf(row)
    },
    async awaitAnswer(gap, user) {
      const wait = `INSERT INTO gap_waiter (gap, "user")
        SELECT id, ? FROM gap WHERE id = ? AND state = 'open' ON CONFLICT DO NOTHING`
      return (await sql.run(wait, user, gap)) === 1
    },
    async closeGaps(ids, state) {
      return sql.atOnce(async (alone) => {
        let closed = 0
        for (const id of ids) {
          const close = `UPDATE gap SET state = ? WHERE id = ? AND state = 'open' RETURNING question`
          const [row] = await alone.all(close, state, id)
          if (!row) continue
          closed += 1
          for (const { user } of await alone.all('DELETE FROM gap_waiter WHERE gap = ? RETURNING "user"', id)) {
            if (state !== 'answered') continue
            const body = JSON.stringify({ gap: id, question: row.question })
            await addNotice({ kind: 'gap', place: String(user), user: String(user), body }, alone)
          }
        }
        return closed
      })
    },
    async reopenGap(id, user) {
      await sql.atOnce(async (alone) => {
        await alone.run(`UPDATE gap SET state = 'open' WHERE id = ? AND state = 'answered'`, id)
        await alone.run(
          `INSERT INTO gap_waiter (gap, "user") SELECT id, ? FROM gap WHERE id = ? AND state = 'open' ON CONFLICT DO NOTHING`,
          ...[user, id],
        )
      })
    },
  }
}

/** A gap as its row has it. */
export function gapOf(row: Row): KeptGap {
  return {
    id: Number(row.id),
    question: String(row.question),
    asOf: String(row.as_of),
    ...(typeof row.guild === 'string' ? { guild: row.guild } : {}),
    at: new Date(String(row.at)),
  }
}
