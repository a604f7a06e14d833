import { type FSWatcher, watch } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface FolderWatch {
  close(): void
}

export interface WatchOptions {
  /** Milliseconds in which nothing may change before it is told. */
  readonly quiet: number
  /** Milliseconds between looks of our own: some file systems, such as a container's mounts, tell no changes. */
  readonly every?: number
}

const FOLDERS = ['', 'topics', 'questions']

/**
 * Tells when something has changed in a knowledge folder and been left alone since: once, however many files changed.
 * It goes on through folders that vanish and come back. While it is told, a further change waits for its turn. It tells
 * once at first, for what may have changed before it began. What could not be taken in is told again, with the next look.
 */
export function watchFolder(
  root: string,
  { quiet, every = 2_000 }: WatchOptions,
  changed: () => Promise<void>,
): FolderWatch {
  const watchers = new Map<string, { watcher: FSWatcher; inode: number }>()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let telling = false
  let seen: string | undefined

  function wait(): void {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(() => void settle(), quiet)
  }

  async function settle(): Promise<void> {
    if (telling) return wait()
    telling = true
    const now = await stateOf(root)
    if (now !== seen && !closed) {
      seen = now
      await changed().catch(() => {
        seen = undefined
      })
      // What changed while it was read is looked at again.
      if ((await stateOf(root)) !== now) wait()
    }
    telling = false
  }

  /** A folder that was replaced by another one of its name has to be watched anew. */
  async function arm(): Promise<void> {
    for (const folder of FOLDERS.map((name) => join(root, name))) {
      const inode = await stat(folder).then(
        ({ ino }) => ino,
        () => undefined,
      )
      const known = watchers.get(folder)
      if (closed || known?.inode === inode) continue
      known?.watcher.close()
      watchers.delete(folder)
      if (inode === undefined) continue
      try {
        const watcher = watch(folder, { persistent: false }, wait)
        // The look of our own finds what is not told.
        watcher.on('error', () => watcher.close())
        watchers.set(folder, { watcher, inode })
      } catch {
        // Without leave to watch, or too many watched, the look of our own has to do.
      }
    }
  }

  async function look(): Promise<void> {
    await arm()
    if ((await stateOf(root)) !== seen) wait()
  }

  void look()
  const looks = setInterval(() => void look(), every).unref()
  return {
    close() {
      closed = true
      clearTimeout(timer)
      clearInterval(looks)
      for (const { watcher } of watchers.values()) watcher.close()
    },
  }
}

/** All that tells one state of a folder's files from another, without reading them. */
async function stateOf(root: string): Promise<string> {
  const files = await Promise.all(
    FOLDERS.map(async (folder) => {
      const names = await readdir(join(root, folder)).catch((error) => [String(error)])
      return names.filter((name) => name.endsWith('.yaml')).map((name) => join(root, folder, name))
    }),
  )
  const states = await Promise.all(
    files.flat().map(async (file) => {
      const state = await stat(file).catch((error: NodeJS.ErrnoException) => error.code)
      // A change of its mode may make a file readable; only the time of its last change of any sort tells that.
      return typeof state === 'object'
        ? [file, state.ino, state.size, state.ctimeMs].join(' ')
        : [file, state].join(' ')
    }),
  )
  return states.sort().join('\n')
}
