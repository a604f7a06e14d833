import type { KeptProposal } from '../store/proposals.ts'
import type { KeptRevision } from '../store/revisions.ts'
import type { History } from '../store/store.ts'
import { unwritable } from './folder.ts'
import { applyChanges, Conflict, changesBetween, type ItemChange, isReadable, type Texts } from './items.ts'
import type { KeeperOptions } from './keeper.ts'
import type { FolderShelf } from './shelf.ts'
import { changedFiles, type Files, isSame, textsOf, wholeTexts } from './texts.ts'
import { ChangedMeanwhile } from './write-file.ts'

/** The files and what the store knows of them, at one moment at which nobody writes into either for moderators. */
export interface Survey {
  readonly files: Files
  /** The number of their state, where it has one. */
  readonly revision: number
  /** The files as they were last known; none of another folder, as a change of folders is no change of facts. */
  readonly known: Texts
  readonly last: KeptRevision | undefined
  /** The approvals that had been cut off, in whichever process, and are done with now. */
  readonly finished: readonly KeptRevision[]
}

/** Looks at the files, after finishing what was interrupted there. */
export async function survey(options: KeeperOptions): Promise<Survey> {
  const { shelf, store } = options
  if (!shelf.isApart) {
    // What is there was noted when it was written.
    const found = await shelf.read()
    return { ...found, known: wholeTexts(found.files) ?? new Map(), last: undefined, finished: [] }
  }
  return store.atOnce(async (alone) => {
    // Whoever is alone knows that what is unfinished is nobody's work any more.
    await shelf.clear()
    const finished: KeptRevision[] = []
    for (const proposal of await alone.listInterrupted()) {
      const revision = await again(() => finish(proposal, alone, shelf, options))
      if (revision) finished.push(revision)
    }
    const found = await shelf.read()
    const known = Array.isArray(found.files) ? await knownFiles(alone, shelf) : new Map()
    const [last] = await alone.listRevisions({ most: 1 })
    return { ...found, known, last, finished }
  })
}

/** Somebody may be writing the same just then. */
export async function again<Result>(work: () => Promise<Result>, times = 5): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (times === 1 || !(error instanceof ChangedMeanwhile)) throw error
    return again(work, times - 1)
  }
}

/** Writes what an approval that was cut off had begun to write, or gives it back to be decided anew. */
async function finish(
  proposal: KeptProposal,
  alone: History,
  shelf: FolderShelf,
  { now, onTrouble }: KeeperOptions,
): Promise<KeptRevision | undefined> {
  const changes = proposal.changes as ItemChange[]
  const { files } = await shelf.read()
  if (!Array.isArray(files)) return undefined
  const texts = textsOf(files)
  // What stands in a file that is broken cannot be told: this waits until it is mended.
  if (changes.some(({ file }) => !isReadable(texts.get(file) ?? ''))) return undefined
  try {
    await shelf.write(texts, applyChanges(texts, changes))
    // What is noted is this change alone: what was changed by hand meanwhile is noted as such.
    const noted = await alone.readFiles()
    return await alone.addRevision(revisionOf(proposal, now()), changedFiles(noted, applyChanges(noted, changes)))
  } catch (error) {
    if (!(error instanceof Conflict)) throw unwritable(error)
    await alone.moveProposal(proposal.id, 'applying', 'open')
    onTrouble?.(error, `the approval of proposal ${proposal.id} was cut off, and its facts were changed since`)
    return undefined
  }
}

async function knownFiles(alone: History, shelf: FolderShelf): Promise<Texts> {
  const path = await shelf.identity()
  const isSameFolder = (await alone.readSettings(NO_GUILD)).get(FOLDER) === path
  const known = await alone.readFiles()
  if (isSameFolder) return known
  await alone.writeFiles(new Map([...known.keys()].map((file) => [file, undefined])))
  await alone.writeSetting(NO_GUILD, FOLDER, path)
  return new Map()
}

const NO_GUILD = ''
const FOLDER = 'knowledge-folder'

/**
 * What was changed in the files by hand is a revision too, once however many processes see it; where only comments
 * changed, there is nothing to tell. False when somebody else has noted something since the survey.
 */
export async function noteHandiwork({ known, last }: Survey, found: Texts, options: KeeperOptions): Promise<boolean> {
  if (isSame(known, found)) return true
  const changes = known.size === 0 ? [] : changesBetween(known, found)
  const files = changedFiles(known, found)
  return options.store.atOnce(async (alone) => {
    const [newest] = await alone.listRevisions({ most: 1 })
    if (newest?.id !== last?.id || !isSame(known, await alone.readFiles())) return false
    if (changes.length === 0) await alone.writeFiles(files)
    else await alone.addRevision({ why: '', at: options.now(), changes }, files)
    return true
  })
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
