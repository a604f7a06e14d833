/** The bot's connection: identifies it, tells it what happens, and lets it resume where it lost the thread. */
import { randomBytes } from 'node:crypto'
import { type WebSocket, WebSocketServer } from 'ws'
import { applicationBody, botBody, guildBody } from './bodies.ts'
import { asSeenByBot } from './messages.ts'
import { GUILD } from './places.ts'
import { shardOf } from './snowflakes.ts'
import type { WireEvent, World } from './world.ts'

const GUILD_MEMBERS = 1 << 1
const PRESENCES = 1 << 8
const MESSAGE_CONTENT = 1 << 15
const PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT
const ALL_INTENTS = (1 << 26) - 1
/** How many events are kept, at least, for a bot that resumes. */
const KEPT = 5000
/** Discord takes payloads of 4,096 bytes; a sandbox may be a little kinder. */
const LARGEST = 64 * 1024

interface Sent {
  s: number
  text: string
}

interface Session {
  id: string
  seq: number
  intents: number
  shard: [number, number]
  /** The last events, as they went over the wire. */
  sent: Sent[]
  socket: WebSocket | undefined
}

export interface GatewayOptions {
  world: World
  token: string
  heartbeatInterval: number
  /** Privileged intents that the application has been approved for. */
  privilegedIntents: number
}

export class Gateway {
  readonly server = new WebSocketServer({ noServer: true, maxPayload: LARGEST })
  /** While true, heartbeats stay unanswered, as on a connection that has died unnoticed. */
  deaf = false
  readonly #options: GatewayOptions
  readonly #sessions = new Map<string, Session>()

  constructor(options: GatewayOptions) {
    this.#options = options
    this.server.on('connection', (socket) => this.#greet(socket))
    options.world.events.on('wire', (event) => this.#dispatch(event))
  }

  /** Ends every connection with a close code; 1006 cuts the wire without a word. */
  drop(code: number): void {
    for (const socket of this.server.clients) code === 1006 ? socket.terminate() : socket.close(code)
  }

  /** Tells the bot that its session is over (op 9), resumable or not. */
  invalidate(resumable: boolean): void {
    for (const session of this.#sessions.values()) {
      if (!resumable) this.#sessions.delete(session.id)
      send(session.socket, { op: 9, d: resumable })
      // Until the bot has resumed, on this connection or another one, it is told nothing.
      session.socket = undefined
    }
    this.#showPresence()
  }

  /** Asks the bot to reconnect (op 7). */
  askToReconnect(): void {
    for (const session of this.#sessions.values()) send(session.socket, { op: 7, d: null })
  }

  /** Sends an event exactly as given, however malformed, to whoever is connected. */
  sendRaw(t: string, d: object): void {
    for (const session of this.#sessions.values()) this.#deliver(session, t, d)
  }

  close(): void {
    for (const socket of this.server.clients) socket.terminate()
    this.server.close()
  }

  #greet(socket: WebSocket): void {
    let session: Session | undefined
    send(socket, { op: 10, d: { heartbeat_interval: this.#options.heartbeatInterval } })
    socket.on('error', () => socket.terminate())
    socket.on('message', (raw) => {
      const payload = parse(String(raw))
      if (!payload) return socket.close(4002)
      if (payload.op === 1) return this.deaf ? undefined : send(socket, { op: 11 })
      if (payload.op === 2 || payload.op === 6) {
        if (session?.socket === socket) return socket.close(4005)
        session = payload.op === 2 ? this.#identify(socket, payload.d) : this.#resume(socket, payload.d)
        return undefined
      }
      if (!session) return socket.close(4003)
      // Presence, voice state and member requests are taken without effect.
      if (![3, 4, 8].includes(payload.op)) return socket.close(4001)
      return undefined
    })
    socket.on('close', (code) => {
      if (session?.socket !== socket) return
      session.socket = undefined
      // A bot that says goodbye does not come back to this session.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id)
      this.#showPresence()
    })
  }

  #identify(socket: WebSocket, d: Record<string, unknown>): Session | undefined {
    const { world, token, privilegedIntents } = this.#options
    const intents = Number(d.intents)
    const shard = shardIn(d.shard)
    const refusal = this.#refusal(d.token === token, intents, shard, privilegedIntents)
    if (refusal) {
      socket.close(refusal)
      return undefined
    }
    for (const old of this.#sessions.values())
      if (!old.socket && old.shard[0] === shard[0]) this.#sessions.delete(old.id)
    const session: Session = { id: randomBytes(16).toString('hex'), seq: 0, intents, shard, sent: [], socket }
    this.#sessions.set(session.id, session)
    const hasGuild = shardOf(GUILD, shard[1]) === shard[0]
    this.#deliver(session, 'READY', {
      v: 10,
      user: botBody(world),
      guilds: hasGuild ? [{ id: GUILD, unavailable: true }] : [],
      session_id: session.id,
      shard,
      application: applicationBody(world),
    })
    if (hasGuild && intents & 1) this.#deliver(session, 'GUILD_CREATE', guildBody(world, world.home))
    this.#showPresence()
    return session
  }

  #refusal(known: boolean, intents: number, shard: [number, number], approved: number): number | undefined {
    if (!known) return 4004
    if (!Number.isInteger(intents) || intents < 0 || intents > ALL_INTENTS) return 4013
    if (intents & PRIVILEGED & ~approved) return 4014
    return shard.length !== 2 || shard[0] >= shard[1] ? 4010 : undefined
  }

  #resume(socket: WebSocket, d: Record<string, unknown>): Session | undefined {
    const session = this.#sessions.get(String(d.session_id))
    const seq = Number(d.seq)
    if (d.token !== this.#options.token) socket.close(4004)
    else if (session && seq > session.seq) socket.close(4007)
    else if (!session || seq < session.seq - session.sent.length) send(socket, { op: 9, d: false })
    else {
      session.socket?.terminate()
      session.socket = socket
      for (const { s, text } of session.sent) if (s > seq) write(socket, text)
      this.#deliver(session, 'RESUMED', {})
      this.#showPresence()
      return session
    }
    return undefined
  }

  #dispatch({ t, d, intents }: WireEvent): void {
    for (const session of this.#sessions.values()) {
      if (intents && !(intents & session.intents)) continue
      const guild = 'guild_id' in d ? String(d.guild_id) : undefined
      if ((guild ? shardOf(guild, session.shard[1]) : 0) !== session.shard[0]) continue
      const isMessage = t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE'
      this.#deliver(session, t, isMessage ? asSeenByBot(d as never, guild !== undefined, session.intents) : d)
    }
  }

  #deliver(session: Session, t: string, d: object): void {
    const s = ++session.seq
    // Kept as text, so that what happens to the thing later does not change what a resuming bot is told.
    const text = JSON.stringify({ op: 0, s, t, d })
    session.sent.push({ s, text })
    if (session.sent.length >= KEPT * 2) session.sent = session.sent.slice(-KEPT)
    write(session.socket, text)
  }

  #showPresence(): void {
    this.#options.world.setOnline([...this.#sessions.values()].some(({ socket }) => socket))
  }
}

function send(socket: WebSocket | undefined, payload: object): void {
  write(socket, JSON.stringify({ s: null, t: null, d: null, ...payload }))
}

function write(socket: WebSocket | undefined, text: string): void {
  if (socket?.readyState === socket?.OPEN) socket?.send(text)
}

/** The shard that a bot identifies as; the only one if it names none, or nothing that makes sense. */
function shardIn(value: unknown): [number, number] {
  const [id, count] = Array.isArray(value) ? value.map(Number) : []
  return id !== undefined && count !== undefined ? [id, count] : [0, 1]
}

function parse(raw: string): { op: number; d: Record<string, unknown> } | undefined {
  try {
    const payload = JSON.parse(raw)
    if (typeof payload?.op !== 'number') return undefined
    const speaks = payload.op === 2 || payload.op === 6
    return speaks && (typeof payload.d !== 'object' || payload.d === null) ? undefined : payload
  } catch {
    return undefined
  }
}
