import { realpath } from 'node:fs/promises'
import { readFolder } from '../knowledge/load.ts'
import type { KeptProposal } from '../store/proposals.ts'
import { changedFiles, isSame, textsOf, unwritable, writeAll } from './folder.ts'
import { applyChanges, Conflict, changesBetween, type ItemChange, isReadable, type Texts } from './items.ts'
import type { KeeperOptions } from './keeper.ts'
import { ChangedMeanwhile } from './write-file.ts'

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
export async function finish(proposal: KeptProposal, options: KeeperOptions): Promise<void> {
  await again(() => finishOnce(proposal, options))
}

async function finishOnce(proposal: KeptProposal, options: KeeperOptions): Promise<void> {
  const { store, folder, now, onTrouble } = options
  const changes = proposal.changes as ItemChange[]
  const files = await readFolder(folder)
  if (!Array.isArray(files)) return
  const texts = textsOf(files)
  // What stands in a file that is broken cannot be told: the start ends with its faults, and this waits for the next one.
  if (changes.some(({ file }) => !isReadable(texts.get(file) ?? ''))) return
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
export async function knownFiles({ store, folder }: KeeperOptions): Promise<Texts> {
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
export async function noteHandiwork(before: Texts, after: Texts, { store, now }: KeeperOptions): Promise<void> {
  if (isSame(before, after)) return
  const changes = before.size === 0 ? [] : changesBetween(before, after)
  const files = changedFiles(before, after)
  if (changes.length === 0) await store.writeFiles(files)
  else await store.addRevision({ why: '', at: now(), changes }, files)
}

/** A proposal as the revision that it becomes. */
export function revisionOf({ id, authors, decider, form, changes }: KeptProposal, at: Date) {
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
