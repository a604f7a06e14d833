import { mkdir } from 'node:fs/promises'
import { UserError } from '../errors.ts'
import type { Fault } from '../knowledge/fault.ts'
import { loadFiles, readFolder } from '../knowledge/load.ts'
import { type LoadOptions, partOf } from '../knowledge/parse.ts'
import type { History } from '../store/store.ts'
import { changedSince, readBase, writeBase } from './base.ts'
import { folderShelf, writeAll } from './folder.ts'
import { line } from './form-words.ts'
import { changesBetween, type ItemChange, type Texts } from './items.ts'
import { noteHandiwork, survey } from './noted.ts'
import { changedFiles, textsOf, wholeTexts } from './texts.ts'
import { clearUnfinished } from './write-file.ts'

export interface CarryingOptions extends LoadOptions {
  readonly folder: string
  readonly store: History
  readonly now: () => Date
}

/** What was carried: the files as they were on the other side, and as they are on both. */
export interface Carried {
  readonly before: Texts
  readonly after: Texts
  readonly changes: readonly ItemChange[]
}

interface Faulty {
  readonly faults: readonly Fault[]
}

const NO_GUILD = ''
/** The setting that says that the database is the place of the files, whatever a folder has. */
const IN_DATABASE = 'knowledge-in-database'

/**
 * Makes the database the place of the files, once, with those of a folder: as an approval or an editor left them there,
 * all of it is finished and noted as in a folder. Undefined if the database was their place before.
 */
export async function moveIn(options: CarryingOptions): Promise<Carried | Faulty | undefined> {
  if (await isBegun(options.store)) return undefined
  return options.store.atOnce(async (alone) => {
    if (await isBegun(alone)) return undefined
    const inside = { ...options, store: alone, shelf: folderShelf(options.folder) }
    const found = await survey(inside)
    const loaded = loadFiles(options.folder, found.files, options)
    const after = wholeTexts(found.files)
    if (!loaded.ok || !after) return { faults: loaded.ok ? [] : loaded.faults }
    await noteHandiwork(found, after, inside)
    await alone.writeSetting(NO_GUILD, IN_DATABASE, 'yes')
    const before = new Map()
    return { before, after, changes: changesBetween(before, after) }
  })
}

/** Whether the database is the place of the files. */
export async function isBegun(store: Pick<History, 'readSettings'>): Promise<boolean> {
  return (await store.readSettings(NO_GUILD)).has(IN_DATABASE)
}

export interface ImportOptions extends CarryingOptions {
  /** For the history. */
  readonly why: string
  /** Whether what was changed in the database since may be undone. */
  readonly force: boolean
}

/**
 * Puts the files of a folder in the place of those of the database: all of it, noted as a change by hand, or nothing
 * where they have faults. Refused where something would be undone that the folder has never had.
 */
export async function importFolder(options: ImportOptions): Promise<Carried | Faulty> {
  const { folder, store, why, force, now } = options
  const first = await moveIn(options)
  if (first) return first
  const files = await readFolder(folder)
  const loaded = loadFiles(folder, files, options)
  const after = wholeTexts(files)
  if (!loaded.ok || !after) return { faults: loaded.ok ? [] : loaded.faults }
  const base = await readBase(folder)
  return store.atOnce(async (alone) => {
    const before = await alone.readFiles()
    const undone = changedSince(base, before).filter((path) => before.get(path) !== after.get(path))
    if (undone.length > 0 && !force) {
      throw new UserError(
        `The database has changes that ${folder} has not, which this would undo:\n${listed(undone)}\nExport them into the folder first and make yours again there, or add --force to undo them.`,
      )
    }
    const changed = changedFiles(before, after)
    const changes = changesBetween(before, after)
    if (changes.length > 0) await alone.addRevision({ why, at: now(), changes }, changed)
    else if (changed.size > 0) await alone.writeFiles(changed)
    return { before, after, changes }
  })
}

/** Notes in a folder that it was carried; whether that could be written. */
export async function noteCarried(folder: string, { after }: Carried): Promise<boolean> {
  return writeBase(folder, after).then(
    () => true,
    () => false,
  )
}

/** Makes the files of a folder those of the database, byte for byte. Refused where something would be lost. */
export async function exportFolder(
  folder: string,
  { store, force }: Pick<ImportOptions, 'store' | 'force'>,
): Promise<Carried> {
  if (!(await isBegun(store))) {
    throw new UserError('There is no knowledge in the database yet: start Footnote with it, or import a folder.')
  }
  const all = await store.readFiles()
  // Whatever somebody put into the table: nothing is written outside of the folder.
  const after = new Map([...all].filter(([path]) => partOf(path) !== undefined))
  await mkdir(folder, { recursive: true })
  await clearUnfinished(folder)
  const files = await readFolder(folder)
  const unread = Array.isArray(files) ? files.filter((file) => 'problem' in file).map(({ path }) => path) : ['.']
  if (!Array.isArray(files) || unread.length > 0) {
    throw new UserError(`This cannot be read in ${folder}, so nothing was exported:\n${listed(unread)}\nMove it away.`)
  }
  const before = textsOf(files)
  const base = await readBase(folder)
  const lost = changedSince(base, before).filter((path) => before.has(path) && before.get(path) !== after.get(path))
  if (lost.length > 0 && !force) {
    throw new UserError(
      `${folder} has changes that the database has not, which this would undo:\n${listed(lost)}\nImport or commit them first, name another folder, or add --force to undo them.`,
    )
  }
  await writeAll(before, after, folder)
  await writeBase(folder, after)
  return { before, after, changes: changesBetween(before, after) }
}

function listed(paths: readonly string[]): string {
  return paths.map((path) => `- ${line(path)}`).join('\n')
}
