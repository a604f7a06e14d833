import type { DatabaseSync } from 'node:sqlite'
import { atOnce } from './database.ts'

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

/** Something to send; once it is here it is sent, however often the program is stopped. */
export interface Notice {
  readonly id: number
  readonly place: string
  readonly topic: string
  readonly user?: string
  readonly locale: string
  /** As JSON. */
  readonly body: string
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
  /** Notes what is to be sent and that it has been told of: both or neither. */
  noteNews(place: string, topic: string, told: string, day: string, body: string | undefined): Promise<void>
  /** Notes what is to be sent of those reminders that have not been noted before. */
  noteReminders(
    place: string,
    topic: string,
    reminders: readonly { fact: string; date: string; stage: number }[],
    bodyOf: (fresh: readonly number[]) => string,
  ): Promise<void>
  listNotices(): Promise<Notice[]>
  dropNotice(id: number): Promise<void>
}

export function openFollows(database: DatabaseSync): Follows {
  const add = database.prepare('INSERT INTO follow VALUES (?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING')
  const all = database.prepare('SELECT * FROM follow ORDER BY place, topic')
  const here = database.prepare('SELECT * FROM follow WHERE place = ? ORDER BY topic')
  const inGuild = database.prepare('SELECT * FROM follow WHERE guild = ?')
  const setTold = database.prepare(
    'UPDATE follow SET told = ?, told_on = coalesce(?, told_on) WHERE place = ? AND topic = ?',
  )
  const remind = database.prepare(
    `INSERT INTO reminder SELECT place, topic, ?, ?, ? FROM follow WHERE place = ? AND topic = ? ON CONFLICT DO NOTHING`,
  )
  const notify = database.prepare(
    'INSERT INTO notice (place, topic, body) SELECT place, topic, ? FROM follow WHERE place = ? AND topic = ?',
  )
  const waiting = database.prepare(
    'SELECT notice.*, user, locale FROM notice JOIN follow USING (place, topic) ORDER BY notice.id',
  )
  const drop = database.prepare('DELETE FROM notice WHERE id = ?')
  const clear = ['notice', 'reminder', 'follow'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE place = ? AND topic = ?`),
  )
  function end(place: string, topic: string): boolean {
    let changes = 0
    for (const statement of clear) changes = Number(statement.run(place, topic).changes)
    return changes === 1
  }
  return {
    async follow({ place, topic, user, guild, locale, since, told }) {
      return add.run(place, topic, user ?? null, guild ?? null, locale, since, told).changes === 1
    },
    async unfollow(place, topic) {
      return atOnce(database, () => end(place, topic))
    },
    async leavePlace(place) {
      atOnce(database, () => {
        for (const { topic } of here.all(place)) end(place, String(topic))
      })
    },
    async leaveGuild(guild) {
      atOnce(database, () => {
        for (const { place, topic } of inGuild.all(guild)) end(String(place), String(topic))
      })
    },
    async listFollows(place) {
      return (place === undefined ? all.all() : here.all(place)).map(followOf)
    },
    async noteNews(place, topic, told, day, body) {
      atOnce(database, () => {
        setTold.run(told, body === undefined ? null : day, place, topic)
        if (body !== undefined) notify.run(body, place, topic)
      })
    },
    async noteReminders(place, topic, reminders, bodyOf) {
      atOnce(database, () => {
        const fresh = reminders.flatMap(({ fact, date, stage }, index) =>
          remind.run(fact, date, stage, place, topic).changes === 1 ? [index] : [],
        )
        if (fresh.length > 0) notify.run(bodyOf(fresh), place, topic)
      })
    },
    async listNotices() {
      return waiting.all().map(({ id, place, topic, user, locale, body }) => ({
        id: Number(id),
        place: String(place),
        topic: String(topic),
        ...(typeof user === 'string' ? { user } : {}),
        locale: String(locale),
        body: String(body),
      }))
    },
    async dropNotice(id) {
      drop.run(id)
    },
  }
}

function followOf({ place, topic, user, guild, locale, since, told, told_on }: Record<string, unknown>): Follow {
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
