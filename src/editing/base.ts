import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Texts } from './items.ts'
import { replaceFile } from './write-file.ts'

/**
 * What the database had when a folder was last the same as it, by which is told later what has been changed on either
 * side: a line for each file, with its SHA-256, as `sha256sum -c` reads it. It goes into git with the files, so that an
 * older checkout is known for one.
 */
export type Base = ReadonlyMap<string, string>

const FILE = '.footnote-base'

/** The base of a folder; of one that never was the same, nothing. */
export async function readBase(folder: string): Promise<Base> {
  const lines = (await textIn(folder))?.matchAll(/^([0-9a-f]{64}) {2}(.+?)\r?$/gm) ?? []
  return new Map(Array.from(lines, ([, digest = '', path = '']) => [path, digest]))
}

/** Notes that a folder is the same as the database. */
export async function writeBase(folder: string, texts: Texts): Promise<void> {
  const before = await textIn(folder)
  const lines = [...texts].map(([path, text]) => `${digestOf(text)}  ${path}\n`)
  const after = lines.toSorted((one, other) => (one.slice(66) < other.slice(66) ? -1 : 1)).join('')
  if (after !== before) await replaceFile(join(folder, FILE), after, before)
}

/** The files that are not as they were in a base, those that are no more included. */
export function changedSince(base: Base, texts: Texts): string[] {
  const paths = new Set([...base.keys(), ...texts.keys()])
  const isChanged = (path: string) => {
    const text = texts.get(path)
    return (text === undefined ? undefined : digestOf(text)) !== base.get(path)
  }
  return [...paths].filter(isChanged).toSorted()
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function textIn(folder: string): Promise<string | undefined> {
  return readFile(join(folder, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
