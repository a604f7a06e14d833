import { createHmac, randomBytes } from 'node:crypto'
import { constants, copyFileSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.ts'

/** What stands for a person where who they are need not be known: always the same text, and from it nobody comes to them. */
export type Pseudonyms = (user: string) => string

/** So many characters of base64url: 96 bits, so that no two people ever share one. */
const LENGTH = 16
/** 32 random bytes as base64url have so many characters. */
export const KEY = /^[\w-]{43,}$/

/** Pseudonyms by a key. Without it, trying out all ids that Discord has ever given would tell whose they are. */
export function pseudonymsBy(key: string): Pseudonyms {
  return (user) => createHmac('sha256', key).update(user).digest('base64url').slice(0, LENGTH)
}

/** Where the key of a folder's database lies: beside it and not in it, so that a copy of the database tells nobody. */
export function keyFileIn(folder: string): string {
  return join(folder, 'privacy.key')
}

/** Reads the key of a folder; makes one if there is none. */
export function openKey(folder: string): string {
  const file = keyFileIn(folder)
  try {
    const key = read(file) ?? make(file)
    if (KEY.test(key)) return key
  } catch (error) {
    throw new UserError(
      `The key ${file} cannot be read or made (${(error as Error).message}): let Footnote read it, and write to the folder that DATA_DIR names.`,
    )
  }
  throw new UserError(
    `The key ${file} is damaged: put back a copy, or move it away; then nobody can see or delete any more what they sent before.`,
  )
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Of several processes that start at once, one makes it, whole; the others find it. */
function make(file: string): string {
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(unfinished, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600, flush: true })
    place(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
  }
  return read(file) ?? ''
}

function place(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    // Some disks know no links.
    copyFileSync(unfinished, file, constants.COPYFILE_EXCL)
  }
}
