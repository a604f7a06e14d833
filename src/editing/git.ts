import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { UserError } from '../errors.ts'

const run = promisify(execFile)

export interface Commit {
  readonly paths: readonly string[]
  readonly message: string
  readonly author: string
}

/** The git history of a knowledge folder. */
export interface Git {
  /** Commits these files, and only them; nothing if they are as they were. */
  commit(commit: Commit): Promise<void>
}

/** Finds the system's git and the repository that the folder is in; both missing are told to the operator. */
export async function openGit(folder: string): Promise<Git> {
  const git = gitIn(folder)
  await run('git', ['--version']).catch(() => {
    throw new UserError(
      'KNOWLEDGE_GIT is commit, but there is no git on this machine: install git, or leave KNOWLEDGE_GIT empty.',
    )
  })
  await git('rev-parse', '--is-inside-work-tree').catch(() => {
    throw new UserError(
      `KNOWLEDGE_GIT is commit, but ${folder} is in no git repository: run “git init” there, or leave KNOWLEDGE_GIT empty.`,
    )
  })
  return {
    async commit({ paths, message, author }) {
      await git('add', '--all', '--', ...paths).catch(() => undefined)
      const changed = await git('status', '--porcelain', '--', ...paths)
      if (changed.stdout.trim() === '') return
      const identity = ['-c', 'user.name=Footnote', '-c', 'user.email=footnote@localhost', '-c', 'commit.gpgsign=false']
      await git(
        ...identity,
        'commit',
        '--quiet',
        '--no-verify',
        `--author=${author}`,
        `--message=${message}`,
        '--',
        ...paths,
      )
    },
  }
}

/** The last commit of a folder, in a line, and whether it has changes since; undefined where there is none. */
export async function commitOf(folder: string): Promise<string | undefined> {
  const git = gitIn(folder)
  try {
    const commit = (await git('log', '-1', '--format=%h %s', '--', '.')).stdout.trim()
    if (commit === '') return undefined
    const changed = await git('status', '--porcelain', '--', '.')
    return changed.stdout.trim() === '' ? commit : `${commit}, and changes that are in no commit`
  } catch {
    return undefined
  }
}

function gitIn(folder: string) {
  return (...args: string[]) =>
    untilFree(() => run('git', ['--literal-pathspecs', '-C', folder, ...args], { timeout: 30_000 }))
}

/** Another process may be committing just then: git refuses at once, and is asked again for a few seconds. */
async function untilFree<Result>(work: () => Promise<Result>, times = 20): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string }
    if (times === 1 || !stderr.includes('index.lock')) throw error
    await wait(50 + Math.random() * 200)
    return untilFree(work, times - 1)
  }
}
