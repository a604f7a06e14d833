import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { UserError } from '../errors.ts'

/** An interaction as Discord delivers it over HTTP. */
export interface Delivered {
  readonly type: number
  readonly id: string
  readonly token: string
}

export interface EndpointOptions {
  readonly host: string
  readonly port: number
  /** The application's public key, as Discord gives it: 64 hexadecimal digits. */
  readonly publicKey: string
  readonly now: () => Date
  /** Deals with it, and answers by Discord's callback route. Never rejects. */
  readonly deliver: (interaction: Delivered) => Promise<void>
}

export interface Endpoint {
  readonly port: number
  /** Resolves when nothing more can come in. */
  close(): Promise<void>
}

const PING = 1
/** Larger than any interaction: options, resolved messages and forms have limits. */
const LARGEST = 262_144
/** Bytes of all that is still coming in: whoever has no signature should not fill the memory. */
const MOST = 67_108_864
/** Seconds by which the time of a delivery may differ from ours: what was overheard cannot be sent again later. */
const WINDOW = 300
/** Before a raw Ed25519 key, this makes a key in DER (https://www.rfc-editor.org/rfc/rfc8410#section-4). */
const DER_PREFIX = '302a300506032b6570032100'
/** Milliseconds for a whole request to come in, and between looks whether it has. */
const PATIENCE = 5_000
const LOOK = 1_000
/** Milliseconds until a delivery is acknowledged at the latest: Discord gives up after three seconds. */
const LONGEST = 2_500

/**
 * Takes in what Discord delivers over HTTP (https://docs.discord.com/developers/interactions/overview). What is not
 * signed by Discord gets 401 before anything of it is read as JSON.
 */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { host, port } = options
  const key = publicKeyOf(options.publicKey)
  const room = { left: MOST }
  let underWay = 0
  const timeouts = { requestTimeout: PATIENCE, headersTimeout: PATIENCE, connectionsCheckingInterval: LOOK }
  const server = createServer(timeouts, (request, response) => {
    underWay += 1
    response.once('close', () => {
      underWay -= 1
      letGo()
    })
    answer(request, response, { ...options, key, room, isOpen: () => server.listening }).catch(() => response.destroy())
  })
  /** Whoever is connected and sends nothing should not keep it from closing. */
  function letGo(): void {
    if (!server.listening && underWay === 0) server.closeAllConnections()
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new UserError(`HTTP_PORT ${port} cannot be opened on ${host} (${code}): choose another one.`)),
    )
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        letGo()
      }),
  }
}

interface Answering extends Pick<EndpointOptions, 'now' | 'deliver'> {
  readonly key: KeyObject
  /** For so many bytes more there is room. */
  readonly room: { left: number }
  readonly isOpen: () => boolean
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { key, room, isOpen, now, deliver }: Answering,
): Promise<void> {
  const end = (status: number, body?: object) => {
    // What was not read to its end would be taken for the next request.
    const isKept = status < 300 && isOpen()
    const headers = { ...(body ? { 'content-type': 'application/json' } : {}), ...(isKept ? {} : CLOSING) }
    response.writeHead(status, headers).end(body && JSON.stringify(body))
  }
  if (request.method !== 'POST') return end(405)
  const signature = headerOf(request, 'x-signature-ed25519')
  const time = headerOf(request, 'x-signature-timestamp')
  // Looked at first, since it costs nothing.
  if (!/^[0-9a-f]{128}$/i.test(signature) || !isRecent(time, now())) return end(401)
  if (Number(request.headers['content-length'] ?? 0) > LARGEST) return end(413)
  const body = await read(request, room)
  if (typeof body === 'number') return end(body)
  const isDiscords = verify(null, Buffer.concat([Buffer.from(time), body]), key, Buffer.from(signature, 'hex'))
  if (!isDiscords) return end(401)
  const interaction = parse(body)
  if (!interaction) return end(400)
  if (interaction.type === PING) return end(200, { type: PING })
  // Acknowledged when it is dealt with, so that whoever stands between Discord and several processes can hand on what one
  // of them did not come to do. Discord itself has its response by then.
  await Promise.race([deliver(interaction), wait(LONGEST, undefined, { ref: false })])
  end(202)
}

const CLOSING = { connection: 'close' }

function publicKeyOf(hex: string): KeyObject {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new UserError('Discord gave no public key for this application.')
  return createPublicKey({ key: Buffer.from(DER_PREFIX + hex, 'hex'), format: 'der', type: 'spki' })
}

function isRecent(time: string, now: Date): boolean {
  return /^\d{1,12}$/.test(time) && Math.abs(now.getTime() / 1000 - Number(time)) <= WINDOW
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

/** The body; 413 if it is too large, 503 if all together are. */
async function read(request: IncomingMessage, room: Answering['room']): Promise<Buffer | 413 | 503> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      chunks.push(chunk)
      size += chunk.length
      room.left -= chunk.length
      if (size > LARGEST) return 413
      if (room.left < 0) return 503
    }
    return Buffer.concat(chunks)
  } finally {
    room.left += size
  }
}

function parse(body: Buffer): Delivered | undefined {
  try {
    const value = JSON.parse(String(body))
    const isWhole = typeof value?.id === 'string' && typeof value.token === 'string' && typeof value.type === 'number'
    return isWhole ? value : undefined
  } catch {
    return undefined
  }
}
