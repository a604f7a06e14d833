import type { Row, Sql } from './sql.ts'

/** What a notice is about, which decides how it is composed. */
export type NoticeKind = 'follow' | 'gap' | 'complaint' | 'proposal' | 'decision' | 'digest' | 'faults'

/** Something to send; once it is here it is sent, however often programs are stopped, and by one of them. */
export interface NewNotice {
  readonly kind: NoticeKind
  /** Id of the channel, or of whoever is written a direct message. */
  readonly place: string
  /** Who is written a direct message; absent in a server. */
  readonly user?: string
  /** The topic that is followed there, without which it is not sent. */
  readonly topic?: string
  /** Discord's locale. */
  readonly locale?: string
  /** As JSON. */
  readonly body: string
}

export interface KeptNotice extends NewNotice {
  readonly id: number
}

export interface Notice extends KeptNotice {
  /** For how many milliseconds it has been here. */
  readonly age: number
}

export interface Notices {
  addNotice(notice: NewNotice): Promise<void>
  /** Oldest first. */
  listNotices(): Promise<Notice[]>
  /**
   * One that nobody has claimed, for whoever claims it to send it within so many milliseconds; after them it is anybody's
   * again. The oldest, but those first that were tried less often, so that none is in the way of all others; of one place
   * only the first that is not put off, and none while one before it is being sent, so that all come in order.
   */
  claimNotice(milliseconds: number): Promise<Notice | undefined>
  /** It could not be sent: for so many milliseconds, nobody can claim it. */
  putOffNotice(id: number, milliseconds: number): Promise<void>
  /** False when it was no longer there. */
  dropNotice(id: number): Promise<boolean>
}

/** Notices in a database. */
export function openNotices(sql: Sql): Notices {
  const { clock } = sql
  const columns = `*, ${clock} - added AS age`
  const isFree = `claimed_until <= ${clock}`
  return {
    addNotice: (notice) => addNotice(notice, sql),
    async listNotices() {
      return (await sql.all(`SELECT ${columns} FROM notice ORDER BY id`)).map(noticeOf)
    },
    async claimNotice(milliseconds) {
      // Mostly there is none, and nobody has to be alone to see that.
      if ((await sql.all(`SELECT id FROM notice WHERE ${isFree} LIMIT 1`)).length === 0) return undefined
      return sql.atOnce(async (alone) => {
        const claim = `UPDATE notice SET claimed_until = ${clock} + CAST(? AS INTEGER), put_off = 0 WHERE id = (
          SELECT n.id FROM notice n WHERE ${isFree} AND NOT EXISTS (
            SELECT 1 FROM notice earlier WHERE earlier.place = n.place AND earlier.id < n.id
              AND (earlier.put_off = 0 OR earlier.claimed_until <= ${clock})
          )
          ORDER BY n.tries, n.id LIMIT 1
        ) RETURNING ${columns}`
        const [row] = await alone.all(claim, milliseconds)
        return row && noticeOf(row)
      })
    },
    async putOffNotice(id, milliseconds) {
      const putOff = `UPDATE notice SET claimed_until = ${clock} + CAST(? AS INTEGER), put_off = 1, tries = tries + 1
        WHERE id = ?`
      await sql.run(putOff, milliseconds, id)
    },
    async dropNotice(id) {
      return (await sql.run('DELETE FROM notice WHERE id = ?', id)) === 1
    },
  }
}

/** Notes something to send, as a part of what it comes from. */
export async function addNotice({ kind, place, user, topic, locale, body }: NewNotice, sql: Sql): Promise<void> {
  const add = `INSERT INTO notice (kind, place, "user", topic, locale, body, added) VALUES (?, ?, ?, ?, ?, ?, ${sql.clock})`
  await sql.run(add, kind, place, user ?? null, topic ?? '', locale ?? null, body)
}

function noticeOf(row: Row): Notice {
  return { ...keptNoticeOf(row), age: Number(row.age) }
}

/** A notice as its row has it. */
export function keptNoticeOf({ id, kind, place, user, topic, locale, body }: Row): KeptNotice {
  return {
    id: Number(id),
    kind: String(kind) as NoticeKind,
    place: String(place),
    ...(typeof user === 'string' ? { user } : {}),
    ...(topic === '' ? {} : { topic: String(topic) }),
    ...(typeof locale === 'string' ? { locale } : {}),
    body: String(body),
  }
}
