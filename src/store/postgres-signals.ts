import postgres from 'postgres'
import type { Signals } from './signals.ts'

/** Seconds for reaching the server. */
const CONNECTING = 3

/** Signals by a PostgreSQL server. Whoever listens has one connection for it, which is opened anew when it is lost. */
export function openSignals(url: string): Signals & { close(): Promise<void> } {
  const client = postgres(url, {
    max: 1,
    connect_timeout: CONNECTING,
    fetch_types: false,
    connection: { application_name: 'footnote' },
    onnotice: () => {},
  })
  return {
    async listen(channel, heard) {
      // The last one is called each time that listening begins anew, when something may have been missed.
      const { unlisten } = await client.listen(channel, () => heard(), heard)
      return unlisten
    },
    async notify(channel) {
      await client.notify(channel, '')
    },
    close: () => client.end({ timeout: 1 }),
  }
}
