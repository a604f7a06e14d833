import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../src/cli/load/free-port.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { openStore } from '../../src/store/store.ts'
import { NO_LIMITS, type Running, readable, startBot, TODAY } from './harness.ts'

let folder: string
let sandbox: Sandbox
let first: Running
let second: Running
const servers: Server[] = []

/** The address of a server that answers what others do. */
async function relay(pass: (request: IncomingMessage, body: Buffer) => Promise<Response>): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const answer = await pass(request, Buffer.concat(chunks))
    const type = answer.headers.get('content-type')
    response.writeHead(answer.status, type ? { 'content-type': type } : {}).end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function passTo(base: string, { method = 'GET', url = '', headers }: IncomingMessage, body: Buffer): Promise<Response> {
  const { host, connection, 'content-length': length, 'transfer-encoding': encoding, ...rest } = headers
  const init = { method, headers: rest as Record<string, string> }
  return fetch(base + url, body.length > 0 ? { ...init, body: new Uint8Array(body) } : init)
}

const fates = ({ logged }: Running) =>
  logged
    .map((line) => JSON.parse(line))
    .filter(({ msg, type }) => msg === 'handled' && type !== 'autocomplete')
    .map(({ fate }) => fate)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-twice-'))
  const [one, other] = [await freePort(), await freePort()]
  /** In front of both: it delivers to the second what the first has dealt with and not answered. */
  const balancer = await relay(async (request, body) => {
    const before = fates(first).length
    await passTo(`http://127.0.0.1:${one}`, request, body)
    await expect.poll(() => fates(first).length).toBe(before + 1)
    return passTo(`http://127.0.0.1:${other}`, request, body)
  })
  const now = () => Date.parse(`${TODAY}T12:00:00Z`) + Math.round(performance.now())
  const interactionsEndpoint = { url: `${balancer}/` }
  sandbox = await startSandbox({ botName: 'Footnote', identifyInterval: 0, now, interactionsEndpoint })
  /** What the first one answers comes to nobody. */
  const deaf = await relay(async (request, body) => {
    if (!request.url?.includes('/callback')) return passTo(sandbox.url, request, body)
    return Response.json({ code: 10062, message: 'Unknown interaction' }, { status: 404 })
  })
  const at = (port: number) => ({
    opening: () => openStore(folder),
    interactions: { host: '127.0.0.1', port },
  })
  first = await startBot({ ...sandbox, api: `${deaf}/api` }, undefined, undefined, at(one))
  second = await startBot(sandbox, undefined, undefined, at(other))
})
afterAll(async () => {
  await first.stop()
  await second.stop()
  await sandbox.close()
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  rmSync(folder, { recursive: true })
  expect(sandbox.refusals()).toEqual([])
})
const member = () => sandbox.as('member')

describe('what is delivered to another process, as the first one fell before it had answered', () => {
  test('is one question, whose asker is told of its answer once', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'may dogs board' })
    await expect.poll(() => [fates(first), fates(second)]).toEqual([['late'], ['done']])
    expect(await second.store.listGaps()).toHaveLength(1)
    const noted = await member().press(message, 'Tell me when this is answered')
    expect(noted.message.content).toContain('You asked for that already')
    const [gap] = await first.store.listGaps()
    expect(await first.store.closeGaps([gap?.id ?? 0], 'answered')).toBe(1)
    expect(await second.store.listNotices()).toHaveLength(1)
  })

  test('is one note, and the one that its sender is told of', async () => {
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    const { modal } = await member().press(message, 'Wrong or out of date?')
    const noted = await member().submit(modal, { note: 'this is out of date' })
    expect((await member().press(noted.message, 'Tell me')).message.content).toContain('direct message')
    expect(await second.store.listComplaints()).toMatchObject([{ user: sandbox.ids.users.member }])
  })

  test('is one question as well if it is a message that both are told of, which gets one reply', async () => {
    const connected = { opening: () => openStore(folder), interactions: 'none' } as const
    const both = [await startBot(sandbox, undefined, undefined, connected)]
    both.push(await startBot(sandbox, undefined, undefined, connected))
    const counts = async () => [(await second.store.listGaps()).length, sandbox.messages('general').length] as const
    const [gaps, messages] = await counts()
    await member().say('general', `<@${sandbox.ids.bot}> may cats board`)
    for (const one of both) await expect.poll(() => fates(one)).toEqual(['done'])
    expect(await counts()).toEqual([gaps + 1, messages + 2])
    for (const one of both) await one.stop()
  })
})

test('what another process has only gained time for is brought to its end, however old it is by then', async () => {
  const port = await freePort()
  const acknowledging = await relay(async (request, body) => {
    const { id, token } = JSON.parse(String(body))
    const headers = { 'content-type': 'application/json' }
    const callback = `${busy.url}/api/v10/interactions/${id}/${token}/callback`
    await fetch(callback, { method: 'POST', headers, body: JSON.stringify({ type: 5 }) })
    return passTo(`http://127.0.0.1:${port}`, request, body)
  })
  const now = () => Date.parse(`${TODAY}T12:00:00Z`) + Math.round(performance.now())
  const busy = await startSandbox({ botName: 'Footnote', now, interactionsEndpoint: { url: `${acknowledging}/` } })
  // So busy that it sends everybody away.
  const limits = { ...NO_LIMITS, busyAfter: -1 }
  const running = await startBot(busy, undefined, undefined, { limits, interactions: { host: '127.0.0.1', port } })
  expect(readable((await busy.as('member').slash('general', 'timeline')).message)).toContain('Timeline')
  await expect.poll(() => fates(running)).toEqual(['done'])
  await running.stop()
  await busy.close()
})
