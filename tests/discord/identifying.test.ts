import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { identifyInTurn } from '../../src/discord/identifying.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts'
import { StoreFailure } from '../../src/store/failure.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { type Running, startBot } from './harness.ts'

let folder: string
let sandbox: Sandbox
let running: Running[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-identifying-'))
  running = []
})
afterEach(async () => {
  for (const { stop } of running) await stop()
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

async function open(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({ botName: 'Footnote', guilds: 2, shards: 2, ...options })
}

/** A bot that is one process of two, which share a database unless another one is given. */
async function start(shard: number, opening = () => openStore(folder)): Promise<Running> {
  const one = await startBot(sandbox, undefined, undefined, { shards: [shard], shardCount: 2, opening })
  running.push(one)
  return one
}

const said = ({ logged }: Running, text: string) => logged.filter((line) => line.includes(text)).length
const identified = () => sandbox.gateway.identifies.map(({ shard: [id], isRefused }) => (isRefused ? 'refused' : id))

test('two processes that start at once identify one after the other, as Discord wants it', async () => {
  await open()
  const both = await Promise.all([start(0), start(1)])
  expect(identified().toSorted()).toEqual([0, 1])
  expect(both.map((one) => said(one, 'waits for its turn')).toSorted()).toEqual([0, 1])
})

test('where Discord lets two identify at once, they do', async () => {
  await open({ maxConcurrency: 2 })
  const both = await Promise.all([start(0), start(1)])
  expect(identified().toSorted()).toEqual([0, 1])
  expect(both.map((one) => said(one, 'waits for its turn'))).toEqual([0, 0])
})

test('a shard whose connection is closed while it waits does not identify', async () => {
  await open()
  const { bot, logged } = await start(0)
  const { waitForIdentify } = await identifyInTurn(bot.context)({
    fetchGatewayInformation: async () => ({ session_start_limit: { max_concurrency: 1 } }),
  })
  const closing = new AbortController()
  const waiting = waitForIdentify(1, closing.signal)
  await vi.waitFor(() => expect(logged.join()).toContain('waits for its turn'))
  closing.abort()
  await expect(waiting).rejects.toThrow('aborted')
  expect(logged.join()).not.toContain('without its turn')
})

test.each([
  ['fails', () => Promise.reject(new StoreFailure('unreachable', 'The database is away.')), 'The database is away.'],
  ['says nothing', () => new Promise<never>(() => {}), 'did not answer in time'],
])('with a store that %s, it identifies at the pace of its own, and says so', async (_, takeTurn, told) => {
  await open({ identifyInterval: 0 })
  const one = await start(0, async () => ({ ...(await openStore(folder)), takeTurn }))
  expect(identified()).toEqual([0])
  expect(said(one, 'logs in without its turn')).toBe(1)
  expect(said(one, told)).toBe(1)
})

test('a process with all shards asks nobody', async () => {
  await open({ shards: 1 })
  const takeTurn = vi.fn<Store['takeTurn']>()
  const opening = async () => ({ ...(await openStore(folder)), takeTurn })
  running.push(await startBot(sandbox, undefined, undefined, { opening }))
  expect(takeTurn).not.toHaveBeenCalled()
})
