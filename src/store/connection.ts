import { renameSync, rmSync, statSync } from 'node:fs'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { UserError } from '../errors.ts'
import { failureOf, StoreFailure } from './failure.ts'
import type { Row, Value } from './sql.ts'
import { fileIn, openDatabase, openFile } from './sqlite-file.ts'

/** Milliseconds between two attempts to open anew what was found damaged, as each reads the whole file. */
const PAUSE = 1_000
/** What SQLite keeps beside a database that is open. */
const BESIDE = ['-wal', '-shm'] as const

/** A database file that is open. What goes wrong is a StoreFailure, and what is mended is used without a restart. */
export interface Connection {
  /** Before each statement outside of a transaction and each transaction: sees that the file is there and usable. */
  ready(): void
  all(statement: string, values: readonly Value[]): Row[]
  run(statement: string, values: readonly Value[]): number
  /** Takes back what a transaction has done, unless SQLite did so by itself, as it does when the disk is full. */
  rollBack(): void
  close(): void
}

interface Opened {
  readonly database: DatabaseSync
  /** Each is prepared when it is first needed. */
  readonly prepared: Map<string, StatementSync>
  /** Of the file and of what is beside it: which they are, whatever is put in their places. */
  readonly identity: string | undefined
  readonly beside: readonly (string | undefined)[]
}

/** Opens the database of a folder. */
export async function openConnection(folder: string): Promise<Connection> {
  const file = fileIn(folder)
  let opened: Opened | undefined = openedAs(await openDatabase(folder), file)
  /** Whether the file has to be looked at before it is used again. */
  let isSuspect = false
  let known: StoreFailure | undefined

  function fail(error: unknown): never {
    const failure = failureOf(error, file)
    if (failure instanceof StoreFailure && (failure.reason === 'damaged' || failure.reason === 'unreachable')) {
      lookAgainLater(failure)
    }
    throw failure
  }

  function lookAgainLater(failure: StoreFailure): void {
    isSuspect = true
    known = failure
    setTimeout(() => {
      known = undefined
    }, PAUSE).unref()
  }

  function ready(): void {
    if (known) throw known
    const identity = identityOf(file, opened?.identity)
    if (identity === undefined) {
      const gone = `The database ${file} is gone: put it back into the folder that DATA_DIR names, or start Footnote again without it.`
      throw new StoreFailure('unreachable', gone)
    }
    if (opened && opened.identity !== identity) {
      setAside(opened, file)
      opened = undefined
    }
    if (opened && !isSuspect && !opened.database.isTransaction) return
    try {
      // The last one stays open until the next one is: closing the last of all would clear the log of writes away.
      const next = openedAs(openFile(file), file)
      opened?.database.close()
      opened = next
      isSuspect = false
    } catch (error) {
      const failure = error instanceof UserError ? new StoreFailure('damaged', error.message) : failureOf(error, file)
      if (failure instanceof StoreFailure && failure.reason !== 'locked') lookAgainLater(failure)
      throw failure
    }
  }

  function prepare(text: string): StatementSync {
    if (!opened) throw new Error('the database is closed')
    const statement = opened.prepared.get(text) ?? opened.database.prepare(text)
    opened.prepared.set(text, statement)
    return statement
  }

  return {
    ready,
    all(statement, values) {
      try {
        return prepare(statement).all(...values)
      } catch (error) {
        return fail(error)
      }
    },
    run(statement, values) {
      try {
        return Number(prepare(statement).run(...values).changes)
      } catch (error) {
        return fail(error)
      }
    },
    rollBack() {
      try {
        if (opened?.database.isTransaction) opened.database.exec('ROLLBACK')
      } catch {
        // Closing it takes it back.
        isSuspect = true
      }
    },
    close() {
      opened?.database.close()
      opened = undefined
    },
  }
}

function openedAs(database: DatabaseSync, file: string): Opened {
  const beside = BESIDE.map((end) => identityOf(file + end))
  return { database, prepared: new Map(), identity: identityOf(file), beside }
}

/** Undefined where nothing is; of what cannot be looked at, what it is thought to be. */
function identityOf(file: string, thought?: string): string | undefined {
  try {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false })
    return found && `${found.dev} ${found.ino}`
  } catch {
    return thought
  }
}

/** Lets go of a file that another one was put in the place of: the log of its writes must not be taken for the other's. */
function setAside({ database, beside }: Opened, file: string): void {
  let isWritten = true
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    isWritten = false
  }
  database.close()
  for (const [index, end] of BESIDE.entries()) {
    const identity = identityOf(file + end)
    if (identity === undefined || identity !== beside[index]) continue
    if (isWritten) rmSync(file + end)
    // What could not be written into a file that was damaged is kept.
    else renameSync(file + end, `${file}${end}.old`)
  }
}
