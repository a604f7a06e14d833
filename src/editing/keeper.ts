import { relative } from 'node:path'
import { UserError } from '../errors.ts'
import type { Fault } from '../knowledge/fault.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { KeptProposal, Proposals } from '../store/proposals.ts'
import type { KeptRevision, Revisions } from '../store/revisions.ts'
import type { Settings } from '../store/settings.ts'
import { changedFiles, checked, type FolderOptions, isSame, readTexts, unwritable, writeAll } from './folder.ts'
import { line } from './form-words.ts'
import type { Git } from './git.ts'
import type { ItemChange, Texts } from './items.ts'
import { finish, knownFiles, noteHandiwork, revisionOf } from './noted.ts'
import { afterChanges, type Operation, planChanges } from './operation.ts'
import { clearUnfinished } from './write-file.ts'

export interface KeeperOptions extends FolderOptions {
  readonly store: Revisions & Proposals & Settings
  readonly now: () => Date
  readonly git?: Git
  /** Told when a commit failed, and when an interrupted approval could not be finished. */
  readonly onTrouble?: (error: unknown, what: string) => void
}

/** What the folder was found to be. */
export type Reloaded =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly snapshot: Snapshot }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] }

/** What an operation would make of the knowledge; nothing has been changed yet. */
export interface Preview {
  readonly changes: readonly ItemChange[]
  readonly snapshot: Snapshot
}

/** Who approves, and what holds for them. */
export interface Approval {
  readonly approver: string
  /** Whether somebody else than the authors has to. */
  readonly secondPerson: boolean
  /** The changes as they were shown: if they have been edited since, nobody has approved them. */
  readonly seen?: unknown
}

/** The knowledge folder as it is loaded, and the only one who writes into it for moderators. */
export interface Keeper {
  readonly snapshot: Snapshot
  readonly texts: Texts
  /** Called with each snapshot that takes the place of the last one. */
  listen(listener: (snapshot: Snapshot) => void): void
  /** Reads the folder again. What is faulty changes nothing. */
  reload(): Promise<Reloaded>
  /** Throws a UserError with all that is wrong with it. */
  preview(operation: Operation): Preview
  /** Writes an open proposal into the files, exactly once. Throws a Conflict if they have been changed since. */
  approve(proposal: number, approval: Approval): Promise<KeptRevision>
  /** Resolves when nothing is being read or written any more. */
  settled(): Promise<void>
}

/** Opens a folder: finishes what was interrupted, and notes what was changed by hand meanwhile. */
export async function openKeeper(options: KeeperOptions): Promise<{ keeper: Keeper } | { faults: readonly Fault[] }> {
  const { store } = options
  await clearUnfinished(options.folder)
  for (const proposal of await store.listInterrupted()) await finish(proposal, options)
  const found = await readTexts(options)
  if (!found.loaded.ok) return { faults: found.loaded.faults }
  await noteHandiwork(await knownFiles(options), found.texts, options)
  if (options.git) for (const revision of await store.listUncommitted()) await commit(revision, options)
  return { keeper: createKeeper(found.loaded.snapshot, found.texts, options) }
}

function createKeeper(first: Snapshot, firstTexts: Texts, options: KeeperOptions): Keeper {
  const { store } = options
  const listeners: ((snapshot: Snapshot) => void)[] = []
  let snapshot = first
  let texts = firstTexts
  /** One at a time: whoever reads and writes the files is alone with them. */
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }

  function adopt(next: Snapshot, nextTexts: Texts): void {
    snapshot = next
    texts = nextTexts
    for (const listener of listeners) listener(next)
  }

  async function reload(): Promise<Reloaded> {
    const found = await readTexts(options)
    if (!found.loaded.ok) return { kind: 'faulty', faults: found.loaded.faults }
    if (isSame(texts, found.texts)) return { kind: 'same' }
    await noteHandiwork(texts, found.texts, options)
    adopt(found.loaded.snapshot, found.texts)
    return { kind: 'changed', snapshot }
  }

  function preview(operation: Operation): Preview {
    const changes = planChanges(operation, texts, snapshot)
    if (changes.length === 0) throw new UserError('This changes nothing: it is on record like that already.')
    return { changes, snapshot: checked(afterChanges(texts, changes), options) }
  }

  async function approve(id: number, { approver, secondPerson, seen }: Approval): Promise<KeptRevision> {
    const proposal = await store.findProposal(id)
    if (proposal?.state !== 'open') throw new UserError(decided(proposal))
    if (secondPerson && proposal.authors.includes(approver)) {
      throw new UserError('Somebody else has to approve this: nobody approves what they wrote themselves.')
    }
    if (seen !== undefined && JSON.stringify(seen) !== JSON.stringify(proposal.changes)) {
      throw new UserError('This was edited just now, so it was not approved. Look at it again.')
    }
    const found = await reload()
    if (found.kind === 'faulty') {
      const [fault] = found.faults
      throw new UserError(
        `The knowledge files have a fault, so nothing can be changed until it is mended: ${fault ? `${relative(options.folder, fault.file)}:${fault.line}: ${fault.message}` : ''}`,
      )
    }
    const changes = proposal.changes as ItemChange[]
    const after = afterChanges(texts, changes)
    const next = checked(after, options)
    if (!(await store.moveProposal(id, 'open', 'applying', { decider: approver }))) {
      throw new UserError(decided(await store.findProposal(id)))
    }
    try {
      await writeAll(texts, after, options.folder)
    } catch (error) {
      await store.moveProposal(id, 'applying', 'open')
      throw unwritable(error)
    }
    const revision = await store.addRevision(
      revisionOf({ ...proposal, decider: approver }, options.now()),
      changedFiles(texts, after),
    )
    adopt(next, after)
    await commit(revision, options)
    return revision
  }

  return {
    get snapshot() {
      return snapshot
    },
    get texts() {
      return texts
    },
    listen: (listener) => void listeners.push(listener),
    reload: () => inTurn(reload),
    preview,
    approve: (id, approval) => inTurn(() => approve(id, approval)),
    settled: () => inTurn(async () => {}),
  }
}

async function commit(revision: KeptRevision, { git, store, onTrouble }: KeeperOptions): Promise<void> {
  if (!git || revision.proposal === undefined) return
  const changes = revision.changes as ItemChange[]
  try {
    const proposal = await store.findProposal(revision.proposal)
    const { by = 'moderator' } = (proposal?.form ?? {}) as { by?: string }
    const names = [...new Set(changes.map(({ key }) => line(key)))]
    await git.commit({
      paths: [...new Set(changes.map(({ file }) => file))],
      author: `${authorName(by)} <${revision.author}@users.discord.invalid>`,
      message: `${verbOf(changes)} ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and more' : ''}\n\n${line(revision.why)}\n\nRevision ${revision.id}`,
    })
    await store.markCommitted(revision.id)
  } catch (error) {
    onTrouble?.(error, `revision ${revision.id} is in the files but could not be committed to git`)
  }
}

/** What git takes as the name of an author: a line in which something can be read. */
function authorName(by: string): string {
  const name = line(by.slice(0, 100)).replace(/[<>]/g, '')
  return /[\p{L}\p{N}]/u.test(name) ? name : 'moderator'
}

function verbOf(changes: readonly ItemChange[]): string {
  if (changes.every(({ before }) => before === undefined)) return 'Add'
  return changes.every(({ after }) => after === undefined) ? 'Retire' : 'Change'
}

function decided(proposal: KeptProposal | undefined): string {
  if (!proposal || proposal.state === 'discarded') return 'This proposal is no longer there.'
  if (proposal.state === 'draft') return 'This has not been proposed yet.'
  return proposal.state === 'rejected' ? 'This was rejected already.' : 'This was approved already.'
}
