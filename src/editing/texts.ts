import { UserError } from '../errors.ts'
import { loadFiles, type readFolder } from '../knowledge/load.ts'
import type { LoadOptions } from '../knowledge/parse.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { KnowledgeFile } from '../knowledge/yaml-file.ts'
import type { Texts } from './items.ts'

/** The files of a shelf, or why there are none. */
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

/** The files that have these texts. */
export function filesOf(texts: Texts): KnowledgeFile[] {
  return [...texts].map(([path, content]) => ({ path, content }))
}

/** What texts make; all that is wrong with them is a UserError, in words for somebody who sees no file. */
export function checked(texts: Texts, options: LoadOptions): Snapshot {
  const loaded = loadFiles('', filesOf(texts), options)
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
