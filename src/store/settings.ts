import type { DatabaseSync } from 'node:sqlite'

/** Named values of a guild. */
export interface Settings {
  readSettings(guild: string): Promise<Map<string, string>>
  writeSetting(guild: string, name: string, value: string): Promise<void>
}

export function openSettings(database: DatabaseSync): Settings {
  const read = database.prepare('SELECT name, value FROM setting WHERE guild = ?')
  const write = database.prepare(
    'INSERT INTO setting VALUES (?, ?, ?) ON CONFLICT (guild, name) DO UPDATE SET value = excluded.value',
  )
  return {
    async readSettings(guild) {
      return new Map(read.all(guild).map(({ name, value }) => [String(name), String(value)]))
    },
    async writeSetting(guild, name, value) {
      write.run(guild, name, value)
    },
  }
}
