import type { Sql } from './sql.ts'

/** What may be done by one process at a time, and not again for a while. */
export interface Turns {
  /**
   * Takes the turn of this name, which is nobody's again after so many milliseconds: 0 if it was free, else how many
   * milliseconds to wait before asking again. Nobody stands in line, so that whoever is killed meanwhile keeps none up.
   */
  takeTurn(name: string, milliseconds: number): Promise<number>
}

/** Turns in a database, by its clock. */
export function openTurns(sql: Sql): Turns {
  const { clock } = sql
  const after = `${clock} + CAST(? AS INTEGER)`
  // Further off than anybody takes it for, it was taken before the clock was set back.
  const take = `INSERT INTO turn (name, free_from) VALUES (?, ${after})
    ON CONFLICT (name) DO UPDATE SET free_from = ${after}
    WHERE turn.free_from <= ${clock} OR turn.free_from > ${after} RETURNING name`
  return {
    async takeTurn(name, milliseconds) {
      const taken = await sql.all(take, name, milliseconds, milliseconds, milliseconds)
      if (taken.length > 0) return 0
      const [row] = await sql.all(`SELECT free_from - ${clock} AS left_over FROM turn WHERE name = ?`, name)
      return Math.max(1, Number(row?.left_over ?? 0))
    },
  }
}
