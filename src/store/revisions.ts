import type { DatabaseSync } from 'node:sqlite'
import { atOnce } from './database.ts'

/** The name of a thing that a revision changed. */
export interface ItemName {
  readonly part: string
  readonly key: string
}

/** A change that was made. */
export interface NewRevision {
  /** The proposal that it comes from; absent for a change made by hand in the files. */
  readonly proposal?: number
  readonly author?: string
  readonly approver?: string
  readonly why: string
  readonly at: Date
  readonly changes: readonly ItemName[]
}

export interface KeptRevision extends NewRevision {
  readonly id: number
}

/** What was changed, and the files as they were last known to be good. */
export interface Revisions {
  /** In one step: the revision, the files as they are now, and that its proposal is done with. */
  addRevision(revision: NewRevision, files: ReadonlyMap<string, string | undefined>): Promise<KeptRevision>
  findRevision(id: number): Promise<KeptRevision | undefined>
  /** Newest first; of one item or of all. */
  listRevisions(options: { item?: ItemName; most: number; before?: number }): Promise<KeptRevision[]>
  /** The names in a part of all that was ever changed, whether it is still there or not. */
  keysEverChanged(part: string): Promise<string[]>
  /** Those that are not in git yet, oldest first. */
  listUncommitted(): Promise<KeptRevision[]>
  markCommitted(id: number): Promise<void>
  /** The files' texts by path; empty before the first start. */
  readFiles(): Promise<Map<string, string>>
  writeFiles(files: ReadonlyMap<string, string | undefined>): Promise<void>
}

export function openRevisions(database: DatabaseSync): Revisions {
  const add = database.prepare(
    'INSERT INTO revision (proposal, author, approver, why, at, changes) VALUES (?, ?, ?, ?, ?, ?) RETURNING *',
  )
  const addItem = database.prepare('INSERT OR IGNORE INTO revision_item (revision, part, key) VALUES (?, ?, ?)')
  const done = database.prepare(`UPDATE proposal SET state = 'approved' WHERE id = ? AND state = 'applying'`)
  const find = database.prepare('SELECT * FROM revision WHERE id = ?')
  const list = database.prepare('SELECT * FROM revision WHERE id < ? ORDER BY id DESC LIMIT ?')
  const listOf = database.prepare(
    `SELECT DISTINCT r.* FROM revision r JOIN revision_item i ON i.revision = r.id
     WHERE i.key = ? AND i.part = ? AND r.id < ? ORDER BY r.id DESC LIMIT ?`,
  )
  const keys = database.prepare('SELECT DISTINCT key FROM revision_item WHERE part = ?')
  const uncommitted = database.prepare('SELECT * FROM revision WHERE in_git = 0 AND proposal IS NOT NULL ORDER BY id')
  const committed = database.prepare('UPDATE revision SET in_git = 1 WHERE id = ?')
  const files = database.prepare('SELECT path, text FROM knowledge_file')
  const putFile = database.prepare(
    'INSERT INTO knowledge_file (path, text) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET text = excluded.text',
  )
  const dropFile = database.prepare('DELETE FROM knowledge_file WHERE path = ?')

  function write(changed: ReadonlyMap<string, string | undefined>): void {
    for (const [path, text] of changed) text === undefined ? dropFile.run(path) : putFile.run(path, text)
  }

  return {
    async addRevision({ proposal, author, approver, why, at, changes }, changed) {
      return atOnce(database, () => {
        const whose = [proposal ?? null, author ?? null, approver ?? null]
        const row = add.get(...whose, why, at.toISOString(), JSON.stringify(changes)) ?? {}
        for (const { part, key } of changes) addItem.run(Number(row.id), part, key)
        if (proposal !== undefined) done.run(proposal)
        write(changed)
        return revisionOf(row)
      })
    },
    async findRevision(id) {
      const row = find.get(id)
      return row && revisionOf(row)
    },
    async listRevisions({ item, most, before = Number.MAX_SAFE_INTEGER }) {
      const rows = item ? listOf.all(item.key, item.part, before, most) : list.all(before, most)
      return rows.map(revisionOf)
    },
    async keysEverChanged(part) {
      return keys.all(part).map(({ key }) => String(key))
    },
    async listUncommitted() {
      return uncommitted.all().map(revisionOf)
    },
    async markCommitted(id) {
      committed.run(id)
    },
    async readFiles() {
      return new Map(files.all().map(({ path, text }) => [String(path), String(text)]))
    },
    async writeFiles(changed) {
      atOnce(database, () => write(changed))
    },
  }
}

function revisionOf(row: Record<string, unknown>): KeptRevision {
  return {
    id: Number(row.id),
    ...(typeof row.proposal === 'number' ? { proposal: row.proposal } : {}),
    ...(typeof row.author === 'string' ? { author: row.author } : {}),
    ...(typeof row.approver === 'string' ? { approver: row.approver } : {}),
    why: String(row.why),
    at: new Date(String(row.at)),
    changes: JSON.parse(String(row.changes)),
  }
}
