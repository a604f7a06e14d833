import { relative } from 'node:path'
import { UserError } from '../errors.ts'
import type { Fault } from '../knowledge/fault.ts'
import { loadFiles } from '../knowledge/load.ts'
import type { LoadOptions } from '../knowledge/parse.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { StoreFailure } from '../store/failure.ts'
import type { KeptProposal, Proposals } from '../store/proposals.ts'
import type { KeptRevision } from '../store/revisions.ts'
import type { History } from '../store/store.ts'
import { unwritable } from './folder.ts'
import { line } from './form-words.ts'
import type { Git } from './git.ts'
import type { ItemChange, Texts } from './items.ts'
import { again, noteHandiwork, revisionOf, type Survey, survey } from './noted.ts'
import { afterChanges, type Operation, planChanges } from './operation.ts'
import type { Shelf } from './shelf.ts'
import { changedFiles, checked, type Files, isSame, wholeTexts } from './texts.ts'

export interface KeeperOptions extends LoadOptions {
  readonly shelf: Shelf
  /** What is kept of the files and their changes. */
  readonly store: History
  readonly now: () => Date
  readonly git?: Git
  /** Told when a commit failed, when an approval could not be finished, and when changes by hand could not be noted yet. */
  readonly onTrouble?: (error: unknown, what: string) => void
}

/** What the files were found to be. */
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

/** The knowledge files as they are loaded, and the only one who writes into them for moderators. */
export interface Keeper {
  readonly snapshot: Snapshot
  readonly texts: Texts
  /** Called with each snapshot that takes the place of the last one. */
  listen(listener: (snapshot: Snapshot) => void): void
  /**
   * Reads the files again. What is faulty changes nothing. Rejects when the store could not be told of what was changed:
   * the new knowledge is taken up all the same, and what is missing is noted by the next call that succeeds.
   */
  reload(): Promise<Reloaded>
  /** Throws a UserError with all that is wrong with it. */
  preview(operation: Operation): Preview
  /** Writes an open proposal into the files, exactly once. Throws a Conflict if they have been changed since. */
  approve(proposal: number, approval: Approval): Promise<KeptRevision>
  /** Resolves when nothing is being read or written any more. */
  settled(): Promise<void>
}

/** Opens a shelf: finishes what was interrupted, and notes what was changed by hand meanwhile. */
export async function openKeeper(options: KeeperOptions): Promise<{ keeper: Keeper } | { faults: readonly Fault[] }> {
  const { store, shelf, git, onTrouble } = options
  const found = await look(options)
  if ('trouble' in found && !(found.trouble instanceof StoreFailure)) throw found.trouble
  const loaded = loadFiles(shelf.name, found.files, options)
  const texts = wholeTexts(found.files)
  if (!loaded.ok || !texts) return { faults: loaded.ok ? [] : loaded.faults }
  const keeper = createKeeper(loaded.snapshot, texts, options)
  try {
    if (!(await note(found, texts, options))) await keeper.reload()
    if (git) for (const revision of await store.listUncommitted()) await commit(revision, options)
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error
    onTrouble?.(error, 'what was changed in the knowledge files could not be noted yet')
  }
  return { keeper }
}

type Found = Survey | { readonly files: Files; readonly revision: number; readonly trouble: unknown }

/** A folder is looked at also when the store, which is to be told of it, does not work. */
async function look(options: KeeperOptions): Promise<Found> {
  try {
    return await survey(options)
  } catch (trouble) {
    return { ...(await options.shelf.read()), trouble }
  }
}

/** Whether all that was found is noted; if not, it has to be looked at again. */
async function note(found: Found, texts: Texts, options: KeeperOptions): Promise<boolean> {
  if ('trouble' in found) throw found.trouble
  for (const revision of found.finished) await commit(revision, options)
  return noteHandiwork(found, texts, options)
}

function createKeeper(first: Snapshot, firstTexts: Texts, options: KeeperOptions): Keeper {
  const { shelf, store } = options
  const listeners: ((snapshot: Snapshot) => void)[] = []
  let snapshot = first
  let texts = firstTexts
  /** The number of the state that was read last, which what is written next is based on. */
  let base = 0
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
    const found = await look(options)
    base = found.revision
    const there = wholeTexts(found.files)
    const isNew = !there || !isSame(texts, there)
    if (isNew) {
      const loaded = loadFiles(shelf.name, found.files, options)
      if (!loaded.ok || !there) return { kind: 'faulty', faults: loaded.ok ? [] : loaded.faults }
      adopt(loaded.snapshot, there)
    }
    // Noted afterwards: what people changed is served, whether the store can be told or not.
    if (!(await note(found, there, options))) {
      const again = await reload()
      if (again.kind !== 'same') return again
    }
    return isNew ? { kind: 'changed', snapshot } : { kind: 'same' }
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
        `The knowledge files have a fault, so nothing can be changed until it is mended: ${fault ? `${relative(shelf.name, fault.file)}:${fault.line}: ${fault.message}` : ''}`,
      )
    }
    const changes = proposal.changes as ItemChange[]
    const after = afterChanges(texts, changes)
    const next = checked(after, options)
    const claim = async (kept: Proposals) => {
      if (await kept.moveProposal(id, 'open', 'applying', { decider: approver })) return
      throw new UserError(decided(await kept.findProposal(id)))
    }
    // Where files are apart, whoever is cut off while they are written is known by this.
    if (shelf.isApart) await claim(store)
    const revision = await apply({ ...proposal, decider: approver }, after, claim)
    if (revision) {
      adopt(next, after)
      if (shelf.isApart) await commit(revision, options)
      else await shelf.announce()
      return revision
    }
    // Another process took it for one that was cut off, and has done what there was to do.
    await reload()
    const theirs = await store.findRevisionOf(id)
    if (!theirs) throw new UserError(`Proposal ${id} is about facts that were changed just now. Look at it again.`)
    return theirs
  }

  /** Writes it and notes that, with nobody else writing; undefined when it is no longer there to be applied. */
  async function apply(
    proposal: KeptProposal,
    after: Texts,
    claim: (kept: Proposals) => Promise<void>,
  ): Promise<KeptRevision | undefined> {
    const { id } = proposal
    const noted = (alone: History) => alone.addRevision(revisionOf(proposal, options.now()), changedFiles(texts, after))
    if (!shelf.isApart) {
      return store.atOnce(async (alone) => {
        await claim(alone)
        await shelf.expect(base, alone)
        return noted(alone)
      })
    }
    try {
      const done = await store.atOnce(async (alone) => {
        if ((await alone.findProposal(id))?.state !== 'applying') return {}
        try {
          await shelf.write(texts, after)
        } catch (error) {
          await alone.moveProposal(id, 'applying', 'open')
          return { refused: unwritable(error) }
        }
        return { revision: await noted(alone) }
      })
      if (done.refused !== undefined) throw done.refused
      return done.revision
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      options.onTrouble?.(error, `the approval of proposal ${id} could not be noted yet`)
      throw new UserError(
        'This is approved, but it could not be noted just now: it comes into force by itself as soon as that is possible.',
      )
    }
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
    approve: (id, approval) => inTurn(() => again(() => approve(id, approval))),
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
