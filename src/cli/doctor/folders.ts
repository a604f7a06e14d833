import { constants, existsSync } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Env } from '../../env.ts'
import { keyFileIn } from '../../store/pseudonyms.ts'
import { type Finding, ok, problem, reasonOf, warning } from './finding.ts'

const MEBIBYTE = 2 ** 20
const LEAST_BYTES = 200 * MEBIBYTE
const LEAST_SHARE = 0.05

/** Whether what has to be written can be: the database, and the knowledge where moderators keep it from Discord. */
export async function folderFindings(env: Env): Promise<Finding[]> {
  const { DATA_DIR: data, KNOWLEDGE_DIR: knowledge, MODERATORS_GUILD_ID: moderators, DATABASE_URL: url } = env
  // With a database on a server, only the key is read there.
  const isWritten = url === undefined || !existsSync(keyFileIn(data))
  const findings = isWritten ? [await writable('DATA_DIR', data, [await nearest(data)])] : []
  if (moderators !== undefined && url === undefined) {
    const all = [knowledge, join(knowledge, 'topics'), join(knowledge, 'questions')]
    const there = await Promise.all(
      all.map((folder) =>
        stat(folder).then(
          () => folder,
          () => undefined,
        ),
      ),
    )
    findings.push(
      await writable(
        'KNOWLEDGE_DIR',
        knowledge,
        there.filter((folder) => folder !== undefined),
      ),
    )
  }
  return findings
}

async function writable(name: string, folder: string, needed: readonly string[]): Promise<Finding> {
  for (const each of needed) {
    try {
      await access(each, constants.W_OK | constants.X_OK)
      if (!(await stat(each)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    } catch (error) {
      const mend = `Let ${name} name a folder that can be written to, or give this one to the user that runs Footnote.`
      return problem(`${each} cannot be written to (${reasonOf(error)})`, mend)
    }
  }
  return ok(`${folder} can be written to (${name})`)
}

/** The folder itself or, where it is still to be made, the nearest one above it. */
async function nearest(folder: string): Promise<string> {
  const path = resolve(folder)
  const isThere = await stat(path).then(
    () => true,
    (error) => error.code !== 'ENOENT',
  )
  return isThere || dirname(path) === path ? path : nearest(dirname(path))
}

/** What a file system tells of itself, in blocks. */
export type Space = { readonly bsize: number; readonly blocks: number; readonly bavail: number }

/** Whether the disk that holds the database has room. */
export async function diskFindings(
  { DATA_DIR: data }: Env,
  ask: (folder: string) => Promise<Space> = statfs,
): Promise<Finding[]> {
  try {
    const { bsize, blocks, bavail } = await ask(await nearest(data))
    const free = bsize * bavail
    const share = blocks === 0 ? 1 : bavail / blocks
    const what = `${Math.round(free / MEBIBYTE)} MiB are free on the disk of ${data} (${Math.floor(share * 100)}%)`
    if (free >= LEAST_BYTES && share >= LEAST_SHARE) return [ok(what)]
    return [warning(what, 'Make room, for example by moving old backups: on a full disk nothing can be recorded.')]
  } catch (error) {
    return [warning(`The disk of ${data} tells nothing of its room (${reasonOf(error)})`, 'Look at it with “df -h”.')]
  }
}
