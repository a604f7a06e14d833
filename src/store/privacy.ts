import { complaintOf, type KeptComplaint, keySenders } from './complaints.ts'
import { endFollows } from './follows.ts'
import { gapOf, type KeptGap } from './gaps.ts'
import { type KeptNotice, keptNoticeOf } from './notices.ts'
import { IS_DRAFT } from './proposals.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import type { Row, Sql, Value } from './sql.ts'

/** The newest of some things, and how many there are in all. */
export interface Newest<Thing> {
  readonly count: number
  readonly newest: readonly Thing[]
}

/** All that is kept of one person. */
export interface Kept {
  /** Questions of theirs that no fact answered. */
  readonly gaps: Newest<KeptGap>
  /** Questions whose answer they want to be told. */
  readonly waits: Newest<KeptGap>
  readonly complaints: Newest<KeptComplaint>
  /** Topics that they follow in direct messages. */
  readonly topics: readonly string[]
  /** Messages on their way to them. */
  readonly notices: Newest<KeptNotice>
  /** Numbers of what they wrote and have not proposed, what they proposed, decided on, and changed or approved. */
  readonly drafts: Newest<number>
  readonly proposals: Newest<number>
  readonly decisions: Newest<number>
  readonly revisions: Newest<number>
}

/** How much was deleted of what one person can have deleted. */
export interface Deleted {
  readonly gaps: number
  readonly waits: number
  readonly complaints: number
  readonly topics: number
  readonly notices: number
  readonly drafts: number
}

/** What is kept of people, to be shown to them and deleted. */
export interface Privacy {
  keptOf(user: string, most?: number): Promise<Kept>
  /** All at once or nothing. What they did as a moderator stays. */
  deleteOf(user: string): Promise<Deleted>
  /**
   * Forgets, at most so many at a time, gaps and complaints of before a moment, in whatever state they are, and who waits
   * for them. Gives how many it forgot.
   */
  forgetBefore(moment: Date, most: number): Promise<{ gaps: number; complaints: number }>
  /** Dates what is dated later than a moment back to it: a clock was ahead. */
  dateBack(moment: Date): Promise<void>
}

/** The same in a database. */
export function openPrivacy(sql: Sql, pseudonymOf: Pseudonyms): Privacy {
  /** Rows are chosen by `from`, with its values, and ordered by a number that grows. */
  async function newest<Thing>(
    thingOf: (row: Row) => Thing,
    most: number,
    select: string,
    from: string,
    ...values: Value[]
  ): Promise<Newest<Thing>> {
    const [counted] = await sql.all(`SELECT count(*) AS count FROM ${from}`, ...values)
    const rows = await sql.all(`SELECT ${select} FROM ${from} ORDER BY 1 DESC LIMIT ?`, ...values, most)
    return { count: Number(counted?.count), newest: rows.map(thingOf) }
  }

  return {
    async keptOf(user, most = 10) {
      const pseudonym = pseudonymOf(user)
      const numbers = (from: string, ...values: Value[]) => newest(({ id }) => Number(id), most, 'id', from, ...values)
      // In JSON: only a whole id is between quotes.
      const author = `%"${user}"%`
      const followed = await sql.all('SELECT topic FROM follow WHERE "user" = ? ORDER BY topic', user)
      return {
        gaps: await newest(gapOf, most, '*', 'gap WHERE asker = ?', pseudonym),
        waits: await newest(gapOf, most, 'gap.*', 'gap JOIN gap_waiter ON gap = id WHERE "user" = ?', user),
        complaints: await newest(complaintOf, most, '*', 'complaint WHERE sender = ?', pseudonym),
        topics: followed.map(({ topic }) => String(topic)),
        notices: await newest(keptNoticeOf, most, '*', 'notice WHERE "user" = ?', user),
        drafts: await numbers(`proposal WHERE ${IS_DRAFT} AND authors LIKE ?`, author),
        proposals: await numbers(`proposal WHERE NOT ${IS_DRAFT} AND authors LIKE ?`, author),
        decisions: await numbers('proposal WHERE decider = ?', user),
        revisions: await numbers('revision WHERE author = ? OR approver = ?', user, user),
      }
    },
    deleteOf(user) {
      return sql.atOnce(async (alone) => {
        const pseudonym = pseudonymOf(user)
        const waits = await alone.run('DELETE FROM gap_waiter WHERE "user" = ?', user)
        const notices = await alone.run('DELETE FROM notice WHERE "user" = ?', user)
        await alone.run('DELETE FROM gap_waiter WHERE gap IN (SELECT id FROM gap WHERE asker = ?)', pseudonym)
        return {
          waits,
          notices,
          gaps: await alone.run('DELETE FROM gap WHERE asker = ?', pseudonym),
          complaints: await alone.run('DELETE FROM complaint WHERE sender = ?', pseudonym),
          topics: await endFollows('"user"', user, alone),
          drafts: await alone.run(`DELETE FROM proposal WHERE ${IS_DRAFT} AND authors LIKE ?`, `%"${user}"%`),
        }
      })
    },
    async forgetBefore(moment, most) {
      // An old copy may have been put in the place of the database.
      await keySenders(sql, pseudonymOf)
      const before = moment.toISOString()
      const some = (table: string) => `SELECT id FROM ${table} WHERE at < ? ORDER BY at, id LIMIT ?`
      return sql.atOnce(async (alone) => {
        await alone.run(`DELETE FROM gap_waiter WHERE gap IN (${some('gap')})`, before, most)
        return {
          gaps: await alone.run(`DELETE FROM gap WHERE id IN (${some('gap')})`, before, most),
          complaints: await alone.run(`DELETE FROM complaint WHERE id IN (${some('complaint')})`, before, most),
        }
      })
    },
    async dateBack(moment) {
      const latest = moment.toISOString()
      await sql.run('UPDATE gap SET at = ? WHERE at > ?', latest, latest)
      await sql.run('UPDATE complaint SET at = ? WHERE at > ?', latest, latest)
    },
  }
}
