import type { Signals } from './signals.ts'

/** What a statement is given, in the order of its `?`. */
export type Value = string | number | null

export type Row = Readonly<Record<string, unknown>>

/**
 * A database that speaks SQL: the one seam between what is kept and where. Statements keep to what SQLite and PostgreSQL
 * both understand, and have no `?` but for values.
 */
export interface Sql {
  /** The database's clock, as an expression: milliseconds since 1970. It is the same one for all processes. */
  readonly clock: string
  /** The rows that a statement gives: those it finds, or with RETURNING those it wrote. */
  all(statement: string, ...values: readonly Value[]): Promise<Row[]>
  /** How many rows it changed. */
  run(statement: string, ...values: readonly Value[]): Promise<number>
  /**
   * All of it or nothing, and alone: nobody else writes meanwhile, whichever process they are in. The work speaks only
   * to the `sql` that it is given, or it would wait for itself; what it does at once with that is part of it.
   */
  atOnce<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
}

/**
 * Ends an INSERT of what a delivery brought: if it has brought it before, the first row stays as it is. It is written anew,
 * as RETURNING gives only what is written.
 */
export const ONCE = 'ON CONFLICT (delivery) DO UPDATE SET delivery = excluded.delivery'

/** A database that is open. */
export interface Database extends Sql {
  /** Where there is a server, which passes word on. */
  readonly signals?: Signals
  close(): Promise<void>
}
