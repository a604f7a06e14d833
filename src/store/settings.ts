import type { Sql } from './sql.ts'

/** Named values of a guild. */
export interface Settings {
  readSettings(guild: string): Promise<Map<string, string>>
  writeSetting(guild: string, name: string, value: string): Promise<void>
}

/** Settings in a database. */
export function openSettings(sql: Sql): Settings {
  return {
    async readSettings(guild) {
      const rows = await sql.all('SELECT name, value FROM setting WHERE guild = ?', guild)
      return new Map(rows.map(({ name, value }) => [String(name), String(value)]))
    },
    async writeSetting(guild, name, value) {
      const write = `INSERT INTO setting (guild, name, value) VALUES (?, ?, ?)
        ON CONFLICT (guild, name) DO UPDATE SET value = excluded.value`
      await sql.run(write, guild, name, value)
    },
  }
}
