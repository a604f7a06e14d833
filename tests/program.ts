import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Program {
  readonly child: ChildProcess
  /** Resolves with its exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>
  /** All that it has written so far. */
  output(): string
  /** Resolves with the match when its output matches; a program that ends before is an error. */
  writes(pattern: RegExp): Promise<RegExpExecArray>
}

/** A folder of its own, and the programs that were started in it. */
export interface Workshop {
  readonly folder: string
  run(env?: Record<string, string>): Program
  clear(): void
}

/** Runs the program as `npm start` does, without a token unless one is given. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'footnote-main-'))
  const children: ChildProcess[] = []
  return {
    folder,
    run(env = {}) {
      const child = spawn(process.execPath, [resolve('src/main.ts')], {
        cwd: folder,
        env: { KNOWLEDGE_DIR: resolve('knowledge'), DATA_DIR: 'data', SANDBOX_PORT: '0', ...env },
      })
      children.push(child)
      return programOf(child)
    },
    clear() {
      for (const child of children) child.kill('SIGKILL')
      rmSync(folder, { recursive: true })
    },
  }
}

/** Listens to a program that was started by other means. */
export function programOf(child: ChildProcess): Program {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const writes = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output)
        if (match) resolve(match)
      }
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', look)
      ended.then((code) => {
        look()
        reject(new Error(`The program ended with ${code} and wrote:\n${output}`))
      })
      look()
    })
  return { child, ended, output: () => output, writes }
}
