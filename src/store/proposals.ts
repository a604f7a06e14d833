import { addNotice } from './notices.ts'
import { ONCE, type Row, type Sql } from './sql.ts'

/**
 * `draft`: still being written · `open`: waits for a decision · `applying`: approved, and being written into the files ·
 * `approved`, `rejected`, `discarded`: done with.
 */
export type ProposalState = 'draft' | 'open' | 'applying' | 'approved' | 'rejected' | 'discarded'

/** A change that somebody suggests. What it holds is for the room that edits; here it is only kept. */
export interface KeptProposal {
  readonly id: number
  readonly state: ProposalState
  readonly form: unknown
  readonly changes: unknown
  /** Ids of the users who wrote it, the first one first. */
  readonly authors: readonly string[]
  readonly at: Date
  readonly decider?: string
  readonly reason?: string
}

export interface Proposals {
  /** Gives the first one, as it is by then, if the same delivery comes again. */
  addDraft(draft: { form: unknown; author: string; at: Date; delivery?: string }): Promise<KeptProposal>
  findProposal(id: number): Promise<KeptProposal | undefined>
  /** The open ones, oldest first. */
  listProposals(): Promise<KeptProposal[]>
  /** The approved ones that were begun since a moment, oldest first. */
  listApproved(since: Date): Promise<KeptProposal[]>
  /** Those whose approval was interrupted, oldest first. */
  listInterrupted(): Promise<KeptProposal[]>
  /** Replaces what a draft or an open proposal holds, if it is still in that state. */
  rewriteProposal(
    id: number,
    from: 'draft' | 'open',
    change: { form: unknown; changes: unknown; authors: readonly string[] },
  ): Promise<boolean>
  /**
   * Moves it on, if it is in the state that it is thought to be in: of two who try, one succeeds. When it is approved or
   * rejected, those who wrote it are told, but for whoever decided.
   */
  moveProposal(
    id: number,
    from: ProposalState,
    to: ProposalState,
    by?: { decider: string; reason?: string },
  ): Promise<boolean>
  /** Forgets the drafts of before a moment that nobody has proposed, discarded ones too. */
  forgetDrafts(before: Date): Promise<void>
}

/** What was never proposed. */
export const IS_DRAFT = `state IN ('draft', 'discarded')`

/** Proposals in a database. */
export function openProposals(sql: Sql): Proposals {
  async function listIn(state: ProposalState): Promise<KeptProposal[]> {
    return (await sql.all('SELECT * FROM proposal WHERE state = ? ORDER BY id', state)).map(proposalOf)
  }
  return {
    async addDraft({ form, author, at, delivery }) {
      const [row] = await sql.all(
        `INSERT INTO proposal (state, form, changes, authors, at, delivery) VALUES ('draft', ?, '[]', ?, ?, ?) ${ONCE}
         RETURNING *`,
        ...[JSON.stringify(form), JSON.stringify([author]), at.toISOString(), delivery ?? null],
      )
      return proposalOf(row ?? {})
    },
    async findProposal(id) {
      const [row] = await sql.all('SELECT * FROM proposal WHERE id = ?', id)
      return row && proposalOf(row)
    },
    listProposals: () => listIn('open'),
    async listApproved(since) {
      const approved = `SELECT * FROM proposal WHERE state = 'approved' AND at >= ? ORDER BY id`
      return (await sql.all(approved, since.toISOString())).map(proposalOf)
    },
    listInterrupted: () => listIn('applying'),
    async rewriteProposal(id, from, { form, changes, authors }) {
      const rewrite = 'UPDATE proposal SET form = ?, changes = ?, authors = ? WHERE id = ? AND state = ?'
      const values = [JSON.stringify(form), JSON.stringify(changes), JSON.stringify(authors)]
      return (await sql.run(rewrite, ...values, id, from)) === 1
    },
    moveProposal: (id, from, to, by) => moveOn(id, from, to, sql, by),
    async forgetDrafts(before) {
      await sql.run(`DELETE FROM proposal WHERE ${IS_DRAFT} AND at < ?`, before.toISOString())
    },
  }
}

/** Moves a proposal on, and notes that its authors are to be told what was decided. */
export function moveOn(
  id: number,
  from: ProposalState,
  to: ProposalState,
  sql: Sql,
  by?: { decider: string; reason?: string },
): Promise<boolean> {
  const move = `UPDATE proposal SET state = ?, decider = coalesce(?, decider), reason = coalesce(?, reason)
    WHERE id = ? AND state = ? RETURNING *`
  return sql.atOnce(async (alone) => {
    const [row] = await alone.all(move, to, by?.decider ?? null, by?.reason ?? null, id, from)
    if (!row) return false
    const { authors, decider } = proposalOf(row)
    const told = to === 'approved' || to === 'rejected' ? authors.filter((author) => author !== decider) : []
    const body = JSON.stringify({ proposal: id })
    for (const user of told) await addNotice({ kind: 'decision', place: user, user, body }, alone)
    return true
  })
}

function proposalOf(row: Row): KeptProposal {
  return {
    id: Number(row.id),
    state: String(row.state) as ProposalState,
    form: JSON.parse(String(row.form)),
    changes: JSON.parse(String(row.changes)),
    authors: JSON.parse(String(row.authors)),
    at: new Date(String(row.at)),
    ...(typeof row.decider === 'string' ? { decider: row.decider } : {}),
    ...(typeof row.reason === 'string' ? { reason: row.reason } : {}),
  }
}
