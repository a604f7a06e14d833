import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openDatabase } from '../../src/store/sqlite-file.ts'

const PROCESSES = ['a', 'b', 'c', 'd']

let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-processes-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** Starts a process that opens the store when it is told to; resolves when it waits for that. */
async function starting(name: string): Promise<() => Promise<string>> {
  const args = ['--disable-warning=ExperimentalWarning', 'tests/store/opener.ts', folder, name]
  const child = spawn(process.execPath, args)
  children.push(child)
  let output = ''
  const ended = new Promise<string>((resolve) => child.once('close', () => resolve(output)))
  await new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data
        if (output.includes('ready')) resolve()
      })
    }
    child.once('close', () => resolve())
  })
  return () => {
    child.stdin.end('go')
    return ended
  }
}

test.each([
  ['that is not there yet', 0],
  ['of the first version', 1],
])('processes that start at once all open a database %s', async (_, steps) => {
  if (steps > 0) {
    const old = await openDatabase(folder, MIGRATIONS.slice(0, steps))
    old.exec('PRAGMA journal_mode = DELETE')
    old.close()
  }
  const started = await Promise.all(PROCESSES.map(starting))
  const outputs = await Promise.all(started.map((go) => go()))
  expect(outputs).toEqual(PROCESSES.map(() => 'ready\nrecorded\n'))
  const database = new DatabaseSync(join(folder, 'footnote.db'))
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length })
  const recorded = database.prepare('SELECT question FROM gap ORDER BY question').all()
  expect(recorded.map(({ question }) => question)).toEqual(PROCESSES)
  database.close()
})
