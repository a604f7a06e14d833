import { addNotice } from './notices.ts'
import type { Row, Sql } from './sql.ts'

/** A topic that is followed in a place: a channel, or the direct messages of one person. */
export interface Follow {
  /** Id of the channel. */
  readonly place: string
  readonly topic: string
  /** Whose direct messages they are; absent in a server. */
  readonly user?: string
  readonly guild?: string
  /** Discord's locale that news are told in. */
  readonly locale: string
  /** The day on which it began. */
  readonly since: string
  /** What has been told of so far, as JSON. */
  readonly told: string
  /** The day of the last news. */
  readonly toldOn?: string
}

/** What a reminder is of: a day in a fact, and how far off it was, so that the next one comes when it is nearer. */
interface Reminded {
  readonly fact: string
  readonly date: string
  readonly stage: number
}

export interface Follows {
  /** False when it is followed there already. */
  follow(follow: Follow): Promise<boolean>
  /** False when it was not; what waits to be sent of it is forgotten. */
  unfollow(place: string, topic: string): Promise<boolean>
  /** Ends all that is followed in a place that is gone. */
  leavePlace(place: string): Promise<void>
  /** Ends all that is followed in a server that is gone. */
  leaveGuild(guild: string): Promise<void>
  listFollows(place?: string): Promise<Follow[]>
  /** Notes what is to be sent and that it has been told of: both or neither, and once a day. */
  noteNews(place: string, topic: string, told: string, day: string, body: string): Promise<void>
  /** Notes what is to be sent of those reminders that have not been noted before. */
  noteReminders(
    place: string,
    topic: string,
    reminders: readonly Reminded[],
    bodyOf: (fresh: readonly number[]) => string,
  ): Promise<void>
}

/** Follows in a database. */
export function openFollows(sql: Sql): Follows {
  return {
    async follow({ place, topic, user, guild, locale, since, told }) {
      const add = `INSERT INTO follow (place, topic, "user", guild, locale, since, told) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING`
      return (await sql.run(add, place, topic, user ?? null, guild ?? null, locale, since, told)) === 1
    },
    async unfollow(place, topic) {
      return sql.atOnce((alone) => end(place, topic, alone))
    },
    leavePlace: async (place) => void (await endFollows('place', place, sql)),
    leaveGuild: async (guild) => void (await endFollows('guild', guild, sql)),
    async listFollows(place) {
      const rows =
        place === undefined
          ? await sql.all('SELECT * FROM follow ORDER BY place, topic')
          : await sql.all('SELECT * FROM follow WHERE place = ? ORDER BY topic', place)
      return rows.map(followOf)
    },
    async noteNews(place, topic, told, day, body) {
      await sql.atOnce(async (alone) => {
        // Another process may have noted the same just now.
        const set = `UPDATE follow SET told = ?, told_on = ?
          WHERE place = ? AND topic = ? AND (told_on IS NULL OR told_on <> ?)`
        if ((await alone.run(set, told, day, place, topic, day)) === 1) await notify(place, topic, body, alone)
      })
    },
    async noteReminders(place, topic, reminders, bodyOf) {
      // Mostly all have been noted, and nobody has to be alone to see that.
      const noted = await sql.all('SELECT fact, date, stage FROM reminder WHERE place = ? AND topic = ?', place, topic)
      const isNoted = ({ fact, date, stage }: Reminded) =>
        noted.some((row) => row.fact === fact && row.date === date && Number(row.stage) <= stage)
      if (reminders.every(isNoted)) return
      await sql.atOnce(async (alone) => {
        // When the clock was set back, what was said of a day is not said again of an earlier one.
        const remind = `INSERT INTO reminder (place, topic, fact, date, stage)
          SELECT place, topic, ?, ?, CAST(? AS INTEGER) FROM follow WHERE place = ? AND topic = ? AND NOT EXISTS (
            SELECT 1 FROM reminder r
            WHERE r.place = ? AND r.topic = ? AND r.fact = ? AND r.date = ? AND r.stage <= ?
          ) ON CONFLICT DO NOTHING`
        const fresh: number[] = []
        for (const [index, { fact, date, stage }] of reminders.entries()) {
          const values = [fact, date, stage, place, topic, place, topic, fact, date, stage]
          if ((await alone.run(remind, ...values)) === 1) fresh.push(index)
        }
        if (fresh.length > 0) await notify(place, topic, bodyOf(fresh), alone)
      })
    },
  }
}

/** Whether it was followed. */
async function end(place: string, topic: string, sql: Sql): Promise<boolean> {
  await sql.run('DELETE FROM notice WHERE place = ? AND topic = ?', place, topic)
  await sql.run('DELETE FROM reminder WHERE place = ? AND topic = ?', place, topic)
  return (await sql.run('DELETE FROM follow WHERE place = ? AND topic = ?', place, topic)) === 1
}

/** Ends all that is followed in a place, in a server or in somebody's direct messages; how much it was. */
export async function endFollows(what: 'place' | 'guild' | '"user"', value: string, sql: Sql): Promise<number> {
  return sql.atOnce(async (alone) => {
    const follows = await alone.all(`SELECT place, topic FROM follow WHERE ${what} = ?`, value)
    for (const { place, topic } of follows) await end(String(place), String(topic), alone)
    return follows.length
  })
}

/** Notes what is to be sent to whoever follows a topic in a place. */
async function notify(place: string, topic: string, body: string, sql: Sql): Promise<void> {
  for (const row of await sql.all('SELECT * FROM follow WHERE place = ? AND topic = ?', place, topic)) {
    const { user, locale } = followOf(row)
    await addNotice({ kind: 'follow', place, topic, locale, body, ...(user === undefined ? {} : { user }) }, sql)
  }
}

function followOf({ place, topic, user, guild, locale, since, told, told_on }: Row): Follow {
  return {
    place: String(place),
    topic: String(topic),
    ...(typeof user === 'string' ? { user } : {}),
    ...(typeof guild === 'string' ? { guild } : {}),
    locale: String(locale),
    since: String(since),
    told: String(told),
    ...(typeof told_on === 'string' ? { toldOn: told_on } : {}),
  }
}
