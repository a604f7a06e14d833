import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { readFolder } from '../knowledge/load.ts'
import { watchFolder } from '../knowledge/watch.ts'
import type { Texts } from './items.ts'
import type { FolderShelf } from './shelf.ts'
import { changedFiles } from './texts.ts'
import { clearUnfinished, replaceFile } from './write-file.ts'

/** Milliseconds without a change after which the files are read: a checkout writes many, an editor one more than once. */
const QUIET = 200

/** The knowledge files in a folder. */
export function folderShelf(folder: string): FolderShelf {
  return {
    name: folder,
    isApart: true,
    identity: () => realpath(folder),
    clear: () => clearUnfinished(folder),
    read: async () => ({ files: await readFolder(folder), revision: 0 }),
    write: (before, after) => writeAll(before, after, folder),
    watch: (changed) => watchFolder(folder, { quiet: QUIET }, changed),
  }
}

/** Writes what differs between two states of a folder: all of it, or nothing. */
export async function writeAll(before: Texts, after: Texts, folder: string): Promise<void> {
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

/** What the operator has to mend is told as that. */
export function unwritable(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  // Not every code is a file's.
  if (error instanceof UserError || !code || !/^E[A-Z]+$/.test(code)) return error
  return new UserError(
    `The knowledge files cannot be written (${code}), so nothing was changed: ask the operator to let Footnote write into the folder.`,
  )
}
