import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { loadFiles, type readFolder } from '../knowledge/load.ts'
import type { LoadOptions } from '../knowledge/parse.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { KnowledgeFile } from '../knowledge/yaml-file.ts'
import type { Texts } from './items.ts'
import { replaceFile } from './write-file.ts'

export interface FolderOptions extends LoadOptions {
  readonly folder: string
}

/** The files of a folder, or why there are none. */
export type Files = Awaited<ReturnType<typeof readFolder>>

/** Their texts; undefined if any of them cannot be read. */
export function wholeTexts(files: Files): Texts | undefined {
  if (!Array.isArray(files) || files.some((file) => 'problem' in file)) return undefined
  return textsOf(files)
}

/** The texts of those files that could be read. */
export function textsOf(files: readonly KnowledgeFile[]): Map<string, string> {
  return new Map(
    files.flatMap((file) => ('content' in file ? [[file.path, String(Buffer.from(file.content))] as const] : [])),
  )
}

/** Writes what differs between two states of the folder: all of it, or nothing. */
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

/** What texts make; all that is wrong with them is a UserError, in words for somebody who sees no file. */
export function checked(texts: Texts, options: FolderOptions): Snapshot {
  const files = [...texts].map(([path, content]) => ({ path, content }))
  const loaded = loadFiles('', files, options)
  if (loaded.ok) return loaded.snapshot
  const problems = loaded.faults.map(({ message, hint }) => `${message[0]?.toUpperCase()}${message.slice(1)}. ${hint}`)
  throw new UserError([...new Set(problems)].slice(0, 8).join('\n'))
}

/** The files that differ, as they are afterwards; undefined where one is no more. */
export function changedFiles(before: Texts, after: Texts): Map<string, string | undefined> {
  const paths = new Set([...before.keys(), ...after.keys()])
  return new Map(
    [...paths].filter((path) => before.get(path) !== after.get(path)).map((path) => [path, after.get(path)]),
  )
}

export function isSame(one: Texts, other: Texts): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text)
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
