import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'

let sandbox: Sandbox | undefined
afterEach(async () => {
  await sandbox?.close()
  sandbox = undefined
})

test.each(['{"op":2}', '{"op":2,"d":null}', '{"op":6}', '{"op":6,"d":7}', 'hello', '[]'])(
  'a connection that says %s is closed, and nobody else notices',
  async (said) => {
    sandbox = await startSandbox()
    const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway`)
    await once(socket, 'open')
    socket.send(said)
    const [code] = await once(socket, 'close')
    expect(code).toBe(4002)
  },
)

test('a payload that no bot would send is not read', async () => {
  sandbox = await startSandbox()
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway`)
  await once(socket, 'open')
  socket.send(JSON.stringify({ op: 2, d: { token: 'x'.repeat(1_000_000) } }))
  const [code] = await once(socket, 'close')
  expect(code).toBe(1009)
})
