import { openSession, type Session } from './postgres-session.ts'

/** Milliseconds for which it is not tried again to connect: whoever waited meanwhile need not find out, too. */
const PAUSE = 100

/** Connections to one server, each for one at a time. */
export interface Pool {
  /** A connection that is open, for whoever takes it alone, until they release it. */
  take(): Promise<{ session: Session; release: () => void }>
  /** Waits for those that are taken. */
  close(): Promise<void>
}

/** So many connections at most, opened when they are needed and kept until one is lost. */
export function createPool(url: string, most: number): Pool {
  const idle: Session[] = []
  const waiting: (() => void)[] = []
  let left = most
  let isClosed = false
  let refusal: { error: unknown } | undefined

  async function turn(): Promise<void> {
    if (left > 0) left -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }

  function next(): void {
    const first = waiting.shift()
    if (first) first()
    else left += 1
  }

  /** Where one was lost, the others may be as well: whoever took them would find out only after a long silence. */
  function dismiss(): void {
    for (const session of idle.splice(0)) session.close().catch(() => {})
  }

  async function connect(): Promise<Session> {
    if (refusal) throw refusal.error
    try {
      return await openSession(url, { onLost: dismiss })
    } catch (error) {
      refusal = { error }
      setTimeout(() => {
        refusal = undefined
      }, PAUSE).unref()
      throw error
    }
  }

  return {
    async take() {
      await turn()
      try {
        if (isClosed) throw new Error('the database is closed')
        let session = idle.pop()
        while (session && !session.isOpen) session = idle.pop()
        const taken = session ?? (await connect())
        const release = () => {
          if (taken.isOpen) idle.push(taken)
          next()
        }
        return { session: taken, release }
      } catch (error) {
        next()
        throw error
      }
    },
    async close() {
      isClosed = true
      await Promise.all(Array.from({ length: most }, turn))
      await Promise.all(idle.splice(0).map((session) => session.close()))
      for (let closed = 0; closed < most; closed += 1) next()
    },
  }
}
