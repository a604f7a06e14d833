import type { DatabaseSync } from 'node:sqlite'

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
  /** Gives its number. */
  recordGap(gap: Gap): Promise<number>
  /** Newest first. */
  listGaps(most?: number): Promise<KeptGap[]>
  findGap(id: number): Promise<KeptGap | undefined>
  /** False when it is not there, is closed, or somebody asked for it before. */
  awaitAnswer(gap: number, user: string): Promise<boolean>
  /** Closes what is open of these, and gives and forgets who waited for it. */
  closeGaps(ids: readonly number[], state: Exclude<GapState, 'open'>): Promise<{ gap: KeptGap; users: string[] }[]>
}

export function openGaps(database: DatabaseSync): Gaps {
  const add = database.prepare('INSERT INTO gap (question, as_of, guild, at) VALUES (?, ?, ?, ?)')
  const open = database.prepare(`SELECT * FROM gap WHERE state = 'open' ORDER BY id DESC LIMIT ?`)
  const find = database.prepare('SELECT * FROM gap WHERE id = ?')
  const wait = database.prepare(
    `INSERT INTO gap_waiter SELECT id, ? FROM gap WHERE id = ? AND state = 'open' ON CONFLICT DO NOTHING`,
  )
  const close = database.prepare(`UPDATE gap SET state = ? WHERE id = ? AND state = 'open'`)
  const waiters = database.prepare('DELETE FROM gap_waiter WHERE gap = ? RETURNING user')
  return {
    async recordGap({ question, asOf, guild, at }) {
      return Number(add.run(question, asOf, guild ?? null, at.toISOString()).lastInsertRowid)
    },
    async listGaps(most = 100) {
      return open.all(most).map(gapOf)
    },
    async findGap(id) {
      const row = find.get(id)
      return row && gapOf(row)
    },
    async awaitAnswer(gap, user) {
      return wait.run(user, gap).changes === 1
    },
    async closeGaps(ids, state) {
      return ids.flatMap((id) => {
        if (close.run(state, id).changes === 0) return []
        return [{ gap: gapOf(find.get(id) ?? {}), users: waiters.all(id).map(({ user }) => String(user)) }]
      })
    },
  }
}

function gapOf(row: Record<string, unknown>): KeptGap {
  return {
    id: Number(row.id),
    question: String(row.question),
    asOf: String(row.as_of),
    ...(typeof row.guild === 'string' ? { guild: row.guild } : {}),
    at: new Date(String(row.at)),
  }
}
