import { generateKeyPairSync, sign } from 'node:crypto'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Delivered, type Endpoint, openEndpoint } from '../../src/discord/endpoint.ts'

const NOW = new Date('2025-09-20T12:00:00Z')
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const stranger = generateKeyPairSync('ed25519').privateKey
const hex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
const INTERACTION = JSON.stringify({ id: '1', type: 2, token: 'fake' })

let endpoint: Endpoint
let delivered: Delivered[]
let dealtWith: Promise<void>
beforeEach(async () => {
  delivered = []
  dealtWith = Promise.resolve()
  endpoint = await openEndpoint({
    host: '127.0.0.1',
    port: 0,
    publicKey: hex,
    now: () => NOW,
    deliver: async (interaction) => {
      delivered.push(interaction)
      await dealtWith
    },
  })
})
afterEach(() => endpoint.close())

interface Posted {
  readonly body?: string
  readonly time?: number | string
  readonly key?: typeof privateKey
  readonly headers?: Record<string, string>
}

function post({ body = INTERACTION, time = NOW.getTime() / 1000, key = privateKey, headers = {} }: Posted = {}) {
  const signature = sign(null, Buffer.from(`${time}${body}`), key).toString('hex')
  return fetch(`http://127.0.0.1:${endpoint.port}/`, {
    method: 'POST',
    body,
    headers: { 'x-signature-ed25519': signature, 'x-signature-timestamp': String(time), ...headers },
  })
}

test('what Discord signed is taken in, and acknowledged without a body', async () => {
  const response = await post()
  expect(response.status).toBe(202)
  expect(await response.text()).toBe('')
  expect(delivered).toEqual([JSON.parse(INTERACTION)])
})

test('it is acknowledged when it is dealt with, or soon before Discord gives up', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  dealtWith = promise
  const acknowledged = post()
  await vi.waitFor(() => expect(delivered).toHaveLength(1))
  // What comes meanwhile does not wait for it.
  expect((await post({ body: '{"type":1,"id":"1","token":"fake"}' })).status).toBe(200)
  let isAcknowledged = false
  void acknowledged.then(() => {
    isAcknowledged = true
  })
  expect(isAcknowledged).toBe(false)
  resolve()
  expect((await acknowledged).status).toBe(202)
  dealtWith = new Promise(() => {})
  expect((await post()).status).toBe(202)
})

test('a ping is answered by one', async () => {
  const response = await post({ body: '{"type":1,"id":"1","token":"fake"}' })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ type: 1 })
  expect(delivered).toEqual([])
})

describe('refused, and nothing of it is delivered:', () => {
  test.each<[string, number, Posted]>([
    ['signed by somebody else', 401, { key: stranger }],
    ['signed, but for another body', 401, { headers: { 'x-signature-ed25519': 'ab'.repeat(64) } }],
    ['no signature', 401, { headers: { 'x-signature-ed25519': '' } }],
    ['a signature of another length', 401, { headers: { 'x-signature-ed25519': 'ab' } }],
    ['no time', 401, { headers: { 'x-signature-timestamp': '' } }],
    ['a time in words', 401, { time: 'now' }],
    ['sent again later', 401, { time: NOW.getTime() / 1000 - 301 }],
    ['from the future', 401, { time: NOW.getTime() / 1000 + 301 }],
    ['no JSON', 400, { body: '{' }],
    ['no interaction', 400, { body: '[1]' }],
    ['an interaction without a token', 400, { body: '{"id":"1","type":2}' }],
    ['far too large', 413, { body: 'x'.repeat(300_000) }],
  ])('%s', async (_, status, posted) => {
    expect((await post(posted)).status).toBe(status)
    expect(delivered).toEqual([])
    expect((await post()).status).toBe(202)
  })

  test('anything but a POST', async () => {
    expect((await fetch(`http://127.0.0.1:${endpoint.port}/`)).status).toBe(405)
  })

  test('what does not say how long it is and goes on and on', async () => {
    const socket = connect(endpoint.port, '127.0.0.1')
    const answered = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
    socket.on('error', () => {})
    const time = NOW.getTime() / 1000
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nX-Signature-Ed25519: ${'ab'.repeat(64)}\r\nX-Signature-Timestamp: ${time}\r\n\r\n`,
    )
    for (let count = 0; count < 20; count += 1) socket.write(`${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`)
    expect(await answered).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
  })
})

test('a public key that is none, and a port that is taken, are told in words', async () => {
  const options = { host: '127.0.0.1', port: endpoint.port, publicKey: hex, now: () => NOW, deliver: async () => {} }
  await expect(openEndpoint(options)).rejects.toThrow(/^HTTP_PORT \d+ cannot be opened on 127\.0\.0\.1 \(EADDRINUSE\)/)
  await expect(openEndpoint({ ...options, publicKey: '' })).rejects.toThrow('no public key')
})

test('whoever is connected and sends nothing keeps it from nothing', async () => {
  const socket = connect(endpoint.port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  await post()
  await endpoint.close()
  socket.destroy()
})

test('many that are not signed take no more memory than is meant for them', async () => {
  const time = NOW.getTime() / 1000
  const sockets = Array.from({ length: 400 }, () => connect(endpoint.port, '127.0.0.1').on('error', () => {}))
  const refused = Promise.any(
    sockets.map(
      (socket) =>
        new Promise((resolve, reject) => {
          socket.once('data', (data) => (/ 503 /.test(String(data)) ? resolve(true) : reject(new Error(String(data)))))
        }),
    ),
  )
  for (const socket of sockets) {
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 262144\r\nX-Signature-Ed25519: ${'ab'.repeat(64)}\r\nX-Signature-Timestamp: ${time}\r\n\r\n`,
    )
    socket.write('x'.repeat(260_000))
  }
  expect(await refused).toBe(true)
  for (const socket of sockets) socket.destroy()
  await vi.waitFor(async () => expect((await post()).status).toBe(202))
})
