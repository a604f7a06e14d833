import { type Connection, openConnection } from './connection.ts'
import { patiently } from './patience.ts'
import type { Database, Sql } from './sql.ts'

const CLOCK = `CAST(unixepoch('subsec') * 1000 AS INTEGER)`

/**
 * SQL for the database file of a folder. One statement or transaction runs at a time, in the order of their coming; only
 * what waits for another process lets others go ahead.
 */
export async function openSqlite(folder: string): Promise<Database> {
  const connection = await openConnection(folder)
  let last: Promise<unknown> = Promise.resolve()

  /** Resolves when it is one's turn, with what ends it. */
  async function turn(): Promise<() => void> {
    const before = last
    const { promise, resolve } = Promise.withResolvers<void>()
    last = promise
    await before
    return resolve
  }

  async function inTurn<Result>(work: () => Result): Promise<Result> {
    const end = await turn()
    try {
      connection.ready()
      return work()
    } finally {
      end()
    }
  }

  /** A turn that goes on until the transaction ends. */
  async function begin(): Promise<() => void> {
    const end = await turn()
    try {
      connection.ready()
      connection.run('BEGIN IMMEDIATE', [])
      return end
    } catch (error) {
      end()
      throw error
    }
  }

  return {
    clock: CLOCK,
    all: (statement, ...values) => patiently(() => inTurn(() => connection.all(statement, values))),
    run: (statement, ...values) => patiently(() => inTurn(() => connection.run(statement, values))),
    async atOnce(work) {
      const end = await patiently(begin)
      const { inside, leave } = insideOf(connection)
      try {
        const result = await work(inside)
        connection.run('COMMIT', [])
        return result
      } catch (error) {
        connection.rollBack()
        throw error
      } finally {
        leave()
        end()
      }
    },
    async close() {
      const end = await turn()
      connection.close()
      end()
    },
  }
}

/** What the work of a transaction speaks to, until that ends. */
function insideOf(connection: Connection): { inside: Sql; leave: () => void } {
  let isOver = false
  function within<Result>(work: () => Result): Result {
    if (isOver) throw new Error('a statement came after the end of its transaction')
    return work()
  }
  const inside: Sql = {
    clock: CLOCK,
    all: async (statement, ...values) => within(() => connection.all(statement, values)),
    run: async (statement, ...values) => within(() => connection.run(statement, values)),
    atOnce: (work) => work(inside),
  }
  const leave = () => {
    isOver = true
  }
  return { inside, leave }
}
