import type { DatabaseSync } from 'node:sqlite'

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
  addDraft(draft: { form: unknown; author: string; at: Date }): Promise<KeptProposal>
  findProposal(id: number): Promise<KeptProposal | undefined>
  /** The open ones, oldest first. */
  listProposals(): Promise<KeptProposal[]>
  /** Those whose approval was interrupted, oldest first. */
  listInterrupted(): Promise<KeptProposal[]>
  /** Replaces what a draft or an open proposal holds, if it is still in that state. */
  rewriteProposal(
    id: number,
    from: 'draft' | 'open',
    change: { form: unknown; changes: unknown; authors: readonly string[] },
  ): Promise<boolean>
  /** Moves it on, if it is in the state that it is thought to be in: of two who try, one succeeds. */
  moveProposal(
    id: number,
    from: ProposalState,
    to: ProposalState,
    by?: { decider: string; reason?: string },
  ): Promise<boolean>
  /** Forgets the drafts that nobody has proposed since a moment. */
  forgetDrafts(before: Date): Promise<void>
}

export function openProposals(database: DatabaseSync): Proposals {
  const add = database.prepare(
    `INSERT INTO proposal (state, form, changes, authors, at) VALUES ('draft', ?, '[]', ?, ?) RETURNING *`,
  )
  const find = database.prepare('SELECT * FROM proposal WHERE id = ?')
  const list = database.prepare('SELECT * FROM proposal WHERE state = ? ORDER BY id')
  const rewrite = database.prepare('UPDATE proposal SET form = ?, changes = ?, authors = ? WHERE id = ? AND state = ?')
  const move = database.prepare(
    'UPDATE proposal SET state = ?, decider = coalesce(?, decider), reason = coalesce(?, reason) WHERE id = ? AND state = ?',
  )
  const forget = database.prepare(`DELETE FROM proposal WHERE state = 'draft' AND at < ?`)
  return {
    async addDraft({ form, author, at }) {
      return proposalOf(add.get(JSON.stringify(form), JSON.stringify([author]), at.toISOString()) ?? {})
    },
    async findProposal(id) {
      const row = find.get(id)
      return row && proposalOf(row)
    },
    async listProposals() {
      return list.all('open').map(proposalOf)
    },
    async listInterrupted() {
      return list.all('applying').map(proposalOf)
    },
    async rewriteProposal(id, from, { form, changes, authors }) {
      const values = [JSON.stringify(form), JSON.stringify(changes), JSON.stringify(authors)]
      return rewrite.run(...values, id, from).changes === 1
    },
    async moveProposal(id, from, to, by) {
      return move.run(to, by?.decider ?? null, by?.reason ?? null, id, from).changes === 1
    },
    async forgetDrafts(before) {
      forget.run(before.toISOString())
    },
  }
}

function proposalOf(row: Record<string, unknown>): KeptProposal {
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
