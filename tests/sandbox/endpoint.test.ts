import { createPublicKey, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Client } from 'discord.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { freePort } from '../../src/cli/load/free-port.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { startEchoBot } from './echo-bot.ts'
import { request } from './requests.ts'

interface Told {
  id: string
  token: string
  type: number
  data: { name: string }
}

let app: Server
let sandbox: Sandbox
let client: Client<true>
/** What the app does with an interaction whose signature is right. */
let answer: (told: Told, response: ServerResponse) => unknown
let events: string[]

beforeAll(async () => {
  app = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1')
  await once(app, 'listening')
  const { port } = app.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/interactions`
  sandbox = await startSandbox({ interactionsEndpoint: { url }, ackTimeout: 2000 })
  client = await startEchoBot(sandbox)
  client.on('raw' as never, ((packet: { t: string }) => events.push(packet.t)) as never)
})
beforeEach(() => {
  events = []
  answer = (_, response) => json(response, { type: 4, data: { content: 'by HTTP' } })
})
afterAll(async () => {
  await client.destroy()
  await sandbox.close()
  app.closeAllConnections()
  app.close()
})

async function receive(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(asked)
  const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = asked.headers
  const x = Buffer.from(sandbox.publicKey, 'hex').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  if (!verify(null, Buffer.from(`${timestamp}${body}`), key, Buffer.from(String(signature), 'hex'))) {
    response.writeHead(401).end('invalid request signature')
    return
  }
  const told = JSON.parse(body)
  if (told.type === 1) json(response, { type: 1 })
  else answer(told, response)
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const slash = (name = 'slow') => sandbox.as('member').slash('general', name)

describe('an app that wants its interactions by HTTP', () => {
  test('is known by its key and address', async () => {
    const { body } = await request(sandbox, 'GET', '/applications/@me')
    expect(body.verify_key).toBe(sandbox.publicKey)
    expect(body.interactions_endpoint_url).toContain('/interactions')
    expect(sandbox.publicKey).toMatch(/^[0-9a-f]{64}$/)
  })

  test('is asked whether it is there, and whether it sees through a forgery', async () => {
    expect(await sandbox.ping()).toEqual({ status: 200, body: { type: 1 }, isRight: true })
    expect(await sandbox.ping({ forged: true })).toMatchObject({ status: 401, isRight: true })
  })

  test('answers with the answer itself, of which the gateway brings the message but not the interaction', async () => {
    const { message } = await slash()
    expect(message).toMatchObject({ content: 'by HTTP', interaction: { name: 'slow' } })
    await vi.waitFor(() => expect(events).toEqual(['MESSAGE_CREATE']))
  })

  test('answers with a file', async () => {
    answer = (_, response) => {
      const form = new FormData()
      form.append('payload_json', JSON.stringify({ type: 4, data: { content: 'look' } }))
      form.append('files[0]', new Blob(['png'], { type: 'image/png' }), 'dot.png')
      const { headers, body } = new Response(form)
      response.writeHead(200, { 'content-type': headers.get('content-type') ?? '' })
      void (async () => {
        for await (const chunk of body ?? []) response.write(chunk)
        response.end()
      })()
    }
    const { message } = await slash()
    expect(await (await fetch(message.attachments[0]?.url ?? '')).text()).toBe('png')
  })

  test('takes it with 202, and answers by the callback route, also with the real client', async () => {
    answer = (told, response) => {
      response.writeHead(202).end()
      // Private to the client; it is how the same handlers are fed by HTTP.
      const { actions } = client as unknown as { actions: { InteractionCreate: { handle(told: Told): void } } }
      actions.InteractionCreate.handle(told)
    }
    expect((await slash()).message.content).toBe('thought about it')
    const told = await sandbox.crowd.send({ kind: 'command', name: 'echo', options: { text: 'hi' } })
    expect(told).toMatchObject({ outcome: 'answered', text: 'echo: hi' })
  })

  test('edits and follows up what it has answered so', async () => {
    const { promise, resolve } = Promise.withResolvers<Told>()
    answer = (told, response) => {
      json(response, { type: 5 })
      resolve(told)
    }
    const shown = slash()
    const { token } = await promise
    const path = `/webhooks/${sandbox.ids.bot}/${token}/messages/@original`
    await vi.waitFor(async () => expect((await request(sandbox, 'PATCH', path, { content: 'later' })).status).toBe(200))
    expect((await shown).message.content).toBe('later')
  })
})

describe('an app that does not respond', () => {
  test.each([
    ['because it fails', (response: ServerResponse) => response.writeHead(500).end()],
    ['because it is content with nothing', (response: ServerResponse) => response.writeHead(204).end()],
    ['because it is elsewhere', (response: ServerResponse) => response.writeHead(302, { location: '/' }).end()],
    ['because it hangs up', (response: ServerResponse) => response.destroy()],
    ['in time', () => {}],
  ])('%s', async (_, misbehave) => {
    answer = (_told, response) => misbehave(response)
    await expect(slash()).rejects.toThrow('did not respond')
  })

  test.each([
    ['is no JSON', 'hello', 50109],
    ['is of no known type', '{"type":42}', 50035],
    ['is a message of 2,001 characters', JSON.stringify({ type: 4, data: { content: 'x'.repeat(2001) } }), 50035],
  ])('because its answer %s, which is noted', async (_, body, code) => {
    answer = (_told, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    await expect(slash()).rejects.toThrow('did not respond')
    expect(sandbox.refusals().at(-1)).toMatchObject({ path: '/interactions', body: { code } })
  })

  test('and whose answers come too late, or twice', async () => {
    const late: Array<{ told: Told; response: ServerResponse }> = []
    answer = (told, response) => late.push({ told, response })
    await expect(slash()).rejects.toThrow('did not respond')
    const callback = { type: 4, data: { content: 'late' } }
    const [{ told } = { told: {} as Told }] = late
    const path = `/interactions/${told.id}/${told.token}/callback`
    expect((await request(sandbox, 'POST', path, callback)).body.code).toBe(10062)
    answer = async (told, response) => {
      await request(sandbox, 'POST', `/interactions/${told.id}/${told.token}/callback`, callback)
      json(response, callback)
    }
    expect((await slash()).message.content).toBe('late')
    await vi.waitFor(() => expect(sandbox.refusals().at(-1)?.body.code).toBe(40060))
  })

  test('because it is not there, which is told apart from one that hangs up', async () => {
    answer = (_told, response) => response.destroy()
    expect((await sandbox.crowd.send({ kind: 'command', name: 'slow' })).outcome).toBe('unanswered')
    const url = `http://127.0.0.1:${await freePort()}/interactions`
    const elsewhere = await startSandbox({ interactionsEndpoint: { url } })
    const bot = await startEchoBot(elsewhere)
    expect((await elsewhere.crowd.send({ kind: 'command', name: 'slow' })).outcome).toBe('undelivered')
    await bot.destroy()
    await elsewhere.close()
  })
})

test('an app with several addresses gets it at the next one, where one is not there or hangs up', async () => {
  const heard: string[] = []
  const listen = async (name: string, answered: (response: ServerResponse) => void) => {
    const server = createServer((_, response) => {
      heard.push(name)
      answered(response)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
  }
  const pong = (response: ServerResponse) => json(response, { type: 1 })
  const both = [await listen('first', pong), await listen('second', pong)]
  const rude = await listen('rude', (response) => response.destroy())
  const gone = await listen('gone', pong)
  gone.server.close()
  const url = [both[0]?.url ?? '', rude.url, gone.url, both[1]?.url ?? '']
  const balanced = await startSandbox({ interactionsEndpoint: { url } })
  for (let round = 0; round < 4; round += 1) expect(await balanced.ping()).toMatchObject({ isRight: true })
  expect(heard.filter((name) => name === 'rude')).toHaveLength(1)
  expect(new Set(heard)).toEqual(new Set(['first', 'second', 'rude']))
  await balanced.close()
  for (const { server } of [...both, rude]) server.close()
})
