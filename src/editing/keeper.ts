import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { type Fault, faultText } from '../knowledge/fault.ts'
import { loadFiles, readFolder } from '../knowledge/load.ts'
import type { Loaded } from '../knowledge/parse.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { KeptProposal, Proposals } from '../store/proposals.ts'
import type { KeptRevision, Revisions } from '../store/revisions.ts'
import type { Settings } from '../store/settings.ts'
import type { Git } from './git.ts'
import { applyChanges, Conflict, changesBetween, type ItemChange, type Texts } from './items.ts'
import { afterChanges, type Operation, planChanges } from './operation.ts'
import { ChangedMeanwhile, clearUnfinished, replaceFile } from './write-file.ts'

export interface KeeperOptions {
  readonly folder: string
  readonly reservedNames: readonly string[]
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
  for (const proposal of await store.listInterrupted()) await again(() => finish(proposal, options))
  const found = await read(options)
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
    const found = await read(options)
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

  async function approve(id: number, { approver, secondPerson }: Approval): Promise<KeptRevision> {
    const proposal = await store.findProposal(id)
    if (proposal?.state !== 'open') throw new UserError(decided(proposal))
    if (secondPerson && proposal.authors.includes(approver)) {
      throw new UserError('Somebody else has to approve this: nobody approves what they wrote themselves.')
    }
    const found = await reload()
    if (found.kind === 'faulty') {
      const [fault] = found.faults
      throw new UserError(
        `The knowledge files have a fault, so nothing can be changed until it is mended: ${fault ? faultText(fault).split('\n')[0] : ''}`,
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

async function read(options: KeeperOptions): Promise<{ texts: Map<string, string>; loaded: Loaded }> {
  const files = await readFolder(options.folder)
  const loaded = loadFiles(options.folder, files, options)
  const texts = new Map<string, string>()
  if (loaded.ok && Array.isArray(files)) {
    for (const file of files) if ('content' in file) texts.set(file.path, String(Buffer.from(file.content)))
  }
  return { texts, loaded }
}

/** Somebody may be saving the same file just then. */
async function again(work: () => Promise<void>, times = 5): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (times === 1 || !(error instanceof ChangedMeanwhile)) throw error
    await again(work, times - 1)
  }
}

/** Writes what an approval that was cut off had begun to write, or gives it back to be decided anew. */
async function finish(proposal: KeptProposal, options: KeeperOptions): Promise<void> {
  const { store, folder, now, onTrouble } = options
  const changes = proposal.changes as ItemChange[]
  const files = await readFolder(folder)
  if (!Array.isArray(files)) return
  const texts = new Map(
    files.flatMap((file) => ('content' in file ? [[file.path, String(Buffer.from(file.content))]] : [])),
  )
  try {
    await writeAll(texts, applyChanges(texts, changes), folder)
    // What is noted is this change alone: what was changed by hand meanwhile is noted as such.
    const noted = await store.readFiles()
    await store.addRevision(revisionOf(proposal, now()), changedFiles(noted, applyChanges(noted, changes)))
  } catch (error) {
    if (!(error instanceof Conflict)) throw unwritable(error)
    await store.moveProposal(proposal.id, 'applying', 'open')
    onTrouble?.(error, `the approval of proposal ${proposal.id} was cut off, and its facts were changed since`)
  }
}

/** The files as they were last known; of another folder nothing is, as a change of folders is no change of facts. */
async function knownFiles({ store, folder }: KeeperOptions): Promise<Texts> {
  const path = await realpath(folder)
  const isSame = (await store.readSettings(NO_GUILD)).get(FOLDER) === path
  const known = await store.readFiles()
  if (isSame) return known
  await store.writeFiles(new Map([...known.keys()].map((file) => [file, undefined])))
  await store.writeSetting(NO_GUILD, FOLDER, path)
  return new Map()
}

const NO_GUILD = ''
const FOLDER = 'knowledge-folder'

/** What was changed in the files by hand is a revision too; where only comments changed, there is nothing to tell. */
async function noteHandiwork(before: Texts, after: Texts, { store, now }: KeeperOptions): Promise<void> {
  if (isSame(before, after)) return
  const changes = before.size === 0 ? [] : changesBetween(before, after)
  const files = changedFiles(before, after)
  if (changes.length === 0) await store.writeFiles(files)
  else await store.addRevision({ why: '', at: now(), changes }, files)
}

function revisionOf({ id, authors, decider, form, changes }: KeptProposal, at: Date) {
  const why = String((form as { fields?: { why?: string } }).fields?.why ?? '')
  const [author] = authors
  return {
    proposal: id,
    ...(author ? { author } : {}),
    ...(decider ? { approver: decider } : {}),
    why,
    at,
    changes: changes as ItemChange[],
  }
}

async function writeAll(before: Texts, after: Texts, folder: string): Promise<void> {
  const written: string[] = []
  try {
    for (const [path, text] of changedFiles(before, after)) {
      await replaceFile(join(folder, path), text, before.get(path))
      written.push(path)
    }
  } catch (error) {
    // Half a change would be a fault, or a fact without its questions.
    for (const path of written)
      await replaceFile(join(folder, path), before.get(path), after.get(path)).catch(() => undefined)
    throw error
  }
}

function checked(texts: Texts, options: KeeperOptions): Snapshot {
  const files = [...texts].map(([path, content]) => ({ path, content }))
  const loaded = loadFiles('', files, options)
  if (loaded.ok) return loaded.snapshot
  const problems = loaded.faults.map(({ message, hint }) => `${message[0]?.toUpperCase()}${message.slice(1)}. ${hint}`)
  throw new UserError([...new Set(problems)].slice(0, 8).join('\n'))
}

function changedFiles(before: Texts, after: Texts): Map<string, string | undefined> {
  const paths = new Set([...before.keys(), ...after.keys()])
  return new Map(
    [...paths].filter((path) => before.get(path) !== after.get(path)).map((path) => [path, after.get(path)]),
  )
}

function isSame(one: Texts, other: Texts): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text)
}

async function commit(revision: KeptRevision, { git, store, onTrouble }: KeeperOptions): Promise<void> {
  if (!git || revision.proposal === undefined) return
  const changes = revision.changes as ItemChange[]
  try {
    const proposal = await store.findProposal(revision.proposal)
    const { by = 'moderator' } = (proposal?.form ?? {}) as { by?: string }
    const names = [...new Set(changes.map(({ key }) => key))]
    await git.commit({
      paths: [...new Set(changes.map(({ file }) => file))],
      author: `${by.replace(/[<>\n]/g, '')} <${revision.author}@users.discord.invalid>`,
      message: `${verbOf(changes)} ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and more' : ''}\n\n${revision.why}\n\nRevision ${revision.id}`,
    })
    await store.markCommitted(revision.id)
  } catch (error) {
    onTrouble?.(error, `revision ${revision.id} is in the files but could not be committed to git`)
  }
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

function unwritable(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof UserError || !code) return error
  return new UserError(
    `The knowledge files cannot be written (${code}), so nothing was changed: ask the operator to let Footnote write into the folder.`,
  )
}
