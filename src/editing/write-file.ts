import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../errors.ts'

/** Somebody changed the file between being read and being written. */
export class ChangedMeanwhile extends UserError {}

/**
 * Puts a text (or, undefined, nothing) in a file's place: whoever reads it, at whatever moment and after whatever crash,
 * finds the old text or the new one. The file has to hold what is expected (undefined: not to be there).
 */
export async function replaceFile(path: string, text: string | undefined, expected: string | undefined): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  // A link stays one: what it leads to is replaced.
  const target = await realpath(path).catch(() => path)
  if (text === undefined) {
    await expect(target, expected)
    await rm(target, { force: true })
    return syncFolder(dirname(target))
  }
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o644,
  )
  // Renaming would also replace what may not be written to.
  if (expected !== undefined) await access(target, constants.W_OK)
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await expect(target, expected)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(target))
}

/** Removes what a killed process had begun to write and put in no file's place. */
export async function clearUnfinished(folder: string): Promise<void> {
  for (const name of ['', 'topics', 'questions']) {
    const names = await readdir(join(folder, name)).catch(() => [])
    for (const one of names.filter((file) => UNFINISHED.test(file))) await rm(join(folder, name, one), { force: true })
  }
}

const UNFINISHED = /^\..+\.yaml\.[0-9a-f]{8}\.tmp$/

async function expect(path: string, expected: string | undefined): Promise<void> {
  const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found !== expected)
    throw new ChangedMeanwhile(`${basename(path)} was changed by somebody else just now: try again.`)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders, and keeps its own order.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
