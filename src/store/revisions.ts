import { moveOn } from './proposals.ts'
import type { Row, Sql } from './sql.ts'

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

/** What was changed, and the files: as they were last known to be good or, where the database is their place, as they are. */
export interface Revisions {
  /** In one step: the revision, the files as they are now, and that its proposal is done with. */
  addRevision(revision: NewRevision, files: ReadonlyMap<string, string | undefined>): Promise<KeptRevision>
  findRevision(id: number): Promise<KeptRevision | undefined>
  /** The one that a proposal became. */
  findRevisionOf(proposal: number): Promise<KeptRevision | undefined>
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
  /** A number that is higher after each change of these files, to tell one state of them from another. */
  revisionOfFiles(): Promise<number>
}

/** Revisions in a database. */
export function openRevisions(sql: Sql): Revisions {
  return {
    async addRevision({ proposal, author, approver, why, at, changes }, changed) {
      return sql.atOnce(async (alone) => {
        const [row = {}] = await alone.all(
          'INSERT INTO revision (proposal, author, approver, why, at, changes) VALUES (?, ?, ?, ?, ?, ?) RETURNING *',
          ...[proposal ?? null, author ?? null, approver ?? null, why, at.toISOString(), JSON.stringify(changes)],
        )
        const addItem = 'INSERT INTO revision_item (revision, part, key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
        for (const { part, key } of changes) await alone.run(addItem, Number(row.id), part, key)
        if (proposal !== undefined) await moveOn(proposal, 'applying', 'approved', alone)
        await write(changed, alone)
        return revisionOf(row)
      })
    },
    async findRevision(id) {
      const [row] = await sql.all('SELECT * FROM revision WHERE id = ?', id)
      return row && revisionOf(row)
    },
    async findRevisionOf(proposal) {
      const [row] = await sql.all('SELECT * FROM revision WHERE proposal = ?', proposal)
      return row && revisionOf(row)
    },
    async listRevisions({ item, most, before = Number.MAX_SAFE_INTEGER }) {
      const rows = item
        ? await sql.all(
            `SELECT DISTINCT r.* FROM revision r JOIN revision_item i ON i.revision = r.id
             WHERE i.key = ? AND i.part = ? AND r.id < ? ORDER BY r.id DESC LIMIT ?`,
            ...[item.key, item.part, before, most],
          )
        : await sql.all('SELECT * FROM revision WHERE id < ? ORDER BY id DESC LIMIT ?', before, most)
      return rows.map(revisionOf)
    },
    async keysEverChanged(part) {
      const rows = await sql.all('SELECT DISTINCT key FROM revision_item WHERE part = ?', part)
      return rows.map(({ key }) => String(key))
    },
    async listUncommitted() {
      const rows = await sql.all('SELECT * FROM revision WHERE in_git = 0 AND proposal IS NOT NULL ORDER BY id')
      return rows.map(revisionOf)
    },
    async markCommitted(id) {
      await sql.run('UPDATE revision SET in_git = 1 WHERE id = ?', id)
    },
    async readFiles() {
      const rows = await sql.all('SELECT path, text FROM knowledge_file WHERE text IS NOT NULL')
      return new Map(rows.map(({ path, text }) => [String(path), String(text)]))
    },
    async writeFiles(changed) {
      await sql.atOnce((alone) => write(changed, alone))
    },
    revisionOfFiles: () => newest(sql),
  }
}

async function write(changed: ReadonlyMap<string, string | undefined>, alone: Sql): Promise<void> {
  const revision = (await newest(alone)) + 1
  const put = `INSERT INTO knowledge_file (path, text, revision) VALUES (?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET text = excluded.text, revision = excluded.revision`
  for (const [path, text] of changed) await alone.run(put, path, text ?? null, revision)
}

async function newest(sql: Sql): Promise<number> {
  const [row] = await sql.all('SELECT coalesce(max(revision), 0) AS newest FROM knowledge_file')
  return Number(row?.newest)
}

function revisionOf(row: Row): KeptRevision {
  return {
    id: Number(row.id),
    ...(row.proposal === null ? {} : { proposal: Number(row.proposal) }),
    ...(typeof row.author === 'string' ? { author: row.author } : {}),
    ...(typeof row.approver === 'string' ? { approver: row.approver } : {}),
    why: String(row.why),
    at: new Date(String(row.at)),
    changes: JSON.parse(String(row.changes)),
  }
}
