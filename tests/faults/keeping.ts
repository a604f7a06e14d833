import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { moveIn } from '../../src/editing/carrying.ts'
import { folderShelf } from '../../src/editing/folder.ts'
import type { Form } from '../../src/editing/form.ts'
import { openKeeper } from '../../src/editing/keeper.ts'
import type { Operation } from '../../src/editing/operation.ts'
import type { Shelf } from '../../src/editing/shelf.ts'
import { tableShelf } from '../../src/editing/table.ts'
import { openStore, type Store } from '../../src/store/store.ts'

export const now = () => new Date('2025-09-20T12:00:00Z')

/** The keeper and the store of a folder with `knowledge` and `data`. */
export async function openFolder(root: string, url?: string) {
  const store = await openStore(join(root, 'data'), url)
  return { store, keeper: await keeperOf(store, folderShelf(join(root, 'knowledge'))) }
}

/** The same where a database is the place of the files, which begin with those of the folder. */
export async function openTable(root: string, url: string) {
  const store = await openStore(join(root, 'data'), url)
  await moveIn({ folder: join(root, 'knowledge'), reservedNames: [], store, now })
  return { store, keeper: await keeperOf(store, tableShelf(store)) }
}

async function keeperOf(store: Store, shelf: Shelf) {
  const opened = await openKeeper({ reservedNames: [], store, now, shelf })
  if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
  return opened.keeper
}

/** A fact that nothing else is. */
export function addingFact(id: string): Extract<Operation, { kind: 'add-fact' }> {
  return {
    kind: 'add-fact',
    id,
    topic: 'ferries',
    values: {
      statement: `The ferry ${id} runs every day, whatever the weather on the lake.`,
      kind: 'rule',
      citations: [{ source: 'report', paragraph: 1 }],
      verified: '2025-09-20',
    },
    questions: [`Does the ferry ${id} run?`, `${id}, when?`, `is ${id} running`],
  }
}

/** Proposes a change; its number. */
export async function proposeChange({ store, keeper }: Awaited<ReturnType<typeof openFolder>>, operation: Operation) {
  const form: Form = { kind: 'add', fields: {}, base: {}, by: 'jo' }
  const { id } = await store.addDraft({ form, author: '1', at: now() })
  await store.rewriteProposal(id, 'draft', { form, changes: keeper.preview(operation).changes, authors: ['1'] })
  await store.moveProposal(id, 'draft', 'open')
  return id
}

/** Saves a file as a careful editor does. */
export function save(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}~`, text)
  renameSync(`${file}~`, file)
}
