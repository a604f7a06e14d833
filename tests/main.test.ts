import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PageState } from '../src/sandbox/protocol.ts'

let folder: string
let children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-main-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(folder, { recursive: true })
})

/** The program as `npm start` runs it. Resolves when it has ended, or when its output matches. */
function run(env: Record<string, string>, until?: RegExp) {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), SANDBOX_PORT: '0', ...env },
  })
  children.push(child)
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const seen = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data
        if (until?.test(output)) resolve()
      })
    }
  })
  return { child, ended, settled: Promise.race([ended, seen]), output: () => output }
}

test('without a token the sandbox opens with the same answer on two days, and a signal ends it', async () => {
  const { child, ended, settled, output } = run({}, /Open http:\S+/)
  await settled
  const url = /Open (http:\S+)/.exec(output())?.[1] ?? output()
  const state = (await (await fetch(`${url}/page/state?as=member`)).json()) as PageState
  const general = state.channels.find(({ name }) => name === 'general')?.id ?? ''
  const texts = state.messages[general]?.map((message) => JSON.stringify(message)) ?? []
  expect(texts).toHaveLength(3)
  expect(texts[1]).toContain('In force as of')
  expect(texts[2]).toContain('Expired: its stated end')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
}, 60_000)

test('faulty knowledge ends the start with its faults', async () => {
  writeFileSync(join(folder, 'sources.yaml'), '- { id: a, titel: b }\n')
  const { ended, output } = run({ KNOWLEDGE_DIR: folder })
  expect(await ended).toBe(1)
  expect(output()).toContain('sources.yaml:1:')
}, 60_000)

test('production without a token ends the start', async () => {
  const { ended, output } = run({ NODE_ENV: 'production' })
  expect(await ended).toBe(1)
  expect(output()).toMatch(/^DISCORD_TOKEN is required[^\n]*\n$/)
})

test('a taken port is no hindrance', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const { settled, output } = run({ SANDBOX_PORT: String(port) }, /Open http:\S+/)
  await settled
  server.close()
  expect(output()).toMatch(/Open http:/)
  expect(output()).not.toContain(`:${port} `)
}, 60_000)
