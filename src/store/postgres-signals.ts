import { setTimeout as wait } from 'node:timers/promises'
import { openSession, type Session } from './postgres-session.ts'
import type { Signals } from './signals.ts'

/** Milliseconds between attempts to hear again, at first and at most. */
const SHORTEST = 50
const LONGEST = 5_000
/** Milliseconds between looks whether the server is still there, as one that is gone says nothing either. */
const LOOK = 30_000

/** Signals of a server, heard on a connection of their own, which is there as long as somebody listens. */
export function createSignals(url: string, notify: Signals['notify']): Signals & { close(): Promise<void> } {
  const listeners = new Map<string, Set<() => void>>()
  let session: Promise<Session> | undefined
  let isClosed = false
  let isAway = false

  async function connect(): Promise<Session> {
    const opened = await openSession(url, {
      onNotified: (channel) => tell([channel]),
      onLost: () => void hearAgain(),
    })
    try {
      for (const channel of listeners.keys()) await opened.command(`LISTEN ${quoted(channel)}`)
      return opened
    } catch (error) {
      await opened.close()
      throw error
    }
  }

  async function hearAgain(): Promise<void> {
    // Lost once more while it listens anew, it is tried again by that.
    if (isAway) return
    isAway = true
    // One on which it could not be listened may still be open, and would be heard as well.
    session?.then((before) => before.close()).catch(() => {})
    for (let pause = SHORTEST; isAway && listeners.size > 0 && !isClosed; pause = Math.min(pause * 2, LONGEST)) {
      session = connect()
      try {
        await session
        isAway = false
        // Whatever was notified meanwhile, nobody has heard.
        tell(listeners.keys())
      } catch {
        await wait(pause, undefined, { ref: false })
      }
    }
    if (isAway) session = undefined
    isAway = false
  }

  function tell(channels: Iterable<string>): void {
    for (const channel of channels) for (const heard of listeners.get(channel) ?? []) heard()
  }

  const look = setInterval(() => {
    session?.then((opened) => opened.command('SELECT 1')).catch(() => {})
  }, LOOK)
  look.unref()

  return {
    notify,
    async listen(channel, heard) {
      const those = listeners.get(channel) ?? new Set()
      listeners.set(channel, those.add(heard))
      try {
        session ??= connect()
        await (await session).command(`LISTEN ${quoted(channel)}`)
      } catch {
        void hearAgain()
      }
      return async () => {
        those.delete(heard)
        if (those.size > 0) return
        listeners.delete(channel)
        // On a connection that is lost, nothing is heard anyway.
        await session?.then((opened) => opened.command(`UNLISTEN ${quoted(channel)}`)).catch(() => {})
      }
    },
    async close() {
      isClosed = true
      clearInterval(look)
      await session?.then((opened) => opened.close()).catch(() => {})
    },
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
