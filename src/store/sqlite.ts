import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Row, Sql, Value } from './sql.ts'
import { openDatabase } from './sqlite-file.ts'

export interface Sqlite extends Sql {
  close(): Promise<void>
}

/** SQL for the database file of a folder. One statement or transaction runs at a time, in the order of their coming. */
export function openSqlite(folder: string): Sqlite {
  const database = openDatabase(folder)
  const direct = statementsOf(database)
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }

  async function transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> {
    direct.exec('BEGIN IMMEDIATE')
    const { inside, end } = insideOf(direct)
    try {
      const result = await work(inside)
      direct.exec('COMMIT')
      return result
    } catch (error) {
      // SQLite may have ended it by itself, such as when the disk is full.
      if (database.isTransaction) direct.exec('ROLLBACK')
      throw error
    } finally {
      end()
    }
  }

  return {
    all: (statement, ...values) => inTurn(() => direct.all(statement, values)),
    run: (statement, ...values) => inTurn(() => direct.run(statement, values)),
    atOnce: (work) => inTurn(() => transaction(work)),
    close: () => inTurn(() => database.close()),
  }
}

type Direct = ReturnType<typeof statementsOf>

/** The statements of a database: each is prepared when it is first needed. */
function statementsOf(database: DatabaseSync) {
  const prepared = new Map<string, StatementSync>()
  function prepare(text: string): StatementSync {
    const known = prepared.get(text) ?? database.prepare(text)
    prepared.set(text, known)
    return known
  }
  return {
    all: (text: string, values: readonly Value[]): Row[] => prepare(text).all(...values),
    run: (text: string, values: readonly Value[]): number => Number(prepare(text).run(...values).changes),
    exec: (text: string): void => void prepare(text).run(),
  }
}

/** What the work of a transaction speaks to, as long as that lasts. */
function insideOf(direct: Direct): { inside: Sql; end: () => void } {
  let isOver = false
  function within<Result>(work: () => Result): Result {
    if (isOver) throw new Error('a statement came after the end of its transaction')
    return work()
  }
  const inside: Sql = {
    all: async (statement, ...values) => within(() => direct.all(statement, values)),
    run: async (statement, ...values) => within(() => direct.run(statement, values)),
    atOnce: (work) => work(inside),
  }
  return {
    inside,
    end: () => {
      isOver = true
    },
  }
}
