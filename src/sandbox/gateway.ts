/** The bot's connection: identifies it, tells it what happens, and lets it resume where it lost the thread. */
import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { type WebSocket, WebSocketServer } from 'ws'
import { applicationBody, botBody, guildBody } from './bodies.ts'
import { Line } from './line.ts'
import { asSeenByBot } from './messages.ts'
import type { Network } from './network.ts'
import { shardOf } from './snowflakes.ts'
import type { WireEvent, World } from './world.ts'

const GUILD_MEMBERS = 1 << 1
const PRESENCES = 1 << 8
const MESSAGE_CONTENT = 1 << 15
const PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT
const ALL_INTENTS = (1 << 26) - 1
/** How many events are kept, at least, for a bot that resumes. */
const KEPT = 5000
/** What begins a session is not told twice. */
const OF_SESSION = new Set(['READY', 'RESUMED'])
/** Discord takes payloads of 4,096 bytes; a sandbox may be a little kinder. */
const LARGEST = 64 * 1024

interface Sent {
  s: number
  t: string
  text: string
  delivered?: (() => void) | undefined
}

interface Session {
  id: string
  seq: number
  intents: number
  shard: [number, number]
  /** The last events, as they went over the wire. */
  sent: Sent[]
  /** None while the bot is away. */
  line: Line | undefined
}

export interface GatewayOptions {
  world: World
  network: Network
  token: string
  heartbeatInterval: number
  /** Privileged intents that the application has been approved for. */
  privilegedIntents: number
  /** How many shards may identify at once, and the milliseconds that have to pass before the next ones do. */
  maxConcurrency: number
  identifyInterval: number
}

/** A bot that has said who it is. */
export interface Identify {
  shard: readonly [id: number, count: number]
  at: number
  /** It came too soon after another one. */
  isRefused: boolean
}

export class Gateway {
  readonly server = new WebSocketServer({ noServer: true, maxPayload: LARGEST })
  /** While true, heartbeats stay unanswered, as on a connection that has died unnoticed. */
  deaf = false
  readonly identifies: Identify[] = []
  #replayed = 0
  readonly #options: GatewayOptions
  readonly #lines = new Set<Line>()
  readonly #sessions = new Map<string, Session>()
  /** By rate limit key, when a shard identified last. */
  readonly #identified = new Map<number, number>()

  constructor(options: GatewayOptions) {
    this.#options = options
    this.server.on('connection', (socket) => this.#greet(socket))
    options.world.events.on('wire', (event) => this.#dispatch(event))
  }

  /** Ends every connection, or those of one shard, with a close code; 1006 cuts the wire without a word. */
  drop(code: number, shard?: number): void {
    const sessions = [...this.#sessions.values()].filter((session) => session.shard[0] === shard)
    const lines = shard === undefined ? this.#lines : sessions.flatMap(({ line }) => line ?? [])
    for (const line of lines) line.close(code)
  }

  /** Tells the bot that its session is over (op 9), resumable or not. */
  invalidate(resumable: boolean): void {
    for (const session of this.#sessions.values()) {
      if (!resumable) this.#sessions.delete(session.id)
      session.line?.say({ op: 9, d: resumable })
      // Until the bot has resumed, on this connection or another one, it is told nothing.
      session.line = undefined
    }
    this.#showPresence()
  }

  /** Asks the bot to reconnect (op 7). */
  askToReconnect(): void {
    for (const session of this.#sessions.values()) session.line?.say({ op: 7, d: null })
  }

  /** Lets the next bot that resumes get so many events again that it has already had. */
  replay(count: number): void {
    this.#replayed = count
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
    const line = new Line(socket, this.#options.network)
    this.#lines.add(line)
    let session: Session | undefined
    line.say({ op: 10, d: { heartbeat_interval: this.#options.heartbeatInterval } })
    const hear = (text: string) => {
      const payload = parse(text)
      if (!payload) return line.close(4002)
      if (payload.op === 1) return this.deaf ? undefined : line.say({ op: 11 })
      if (payload.op === 2 || payload.op === 6) {
        if (session?.line === line) return line.close(4005)
        session = payload.op === 2 ? this.#identify(line, payload.d) : this.#resume(line, payload.d)
        return undefined
      }
      if (!session) return line.close(4003)
      // Presence, voice state and member requests are taken without effect.
      if (![3, 4, 8].includes(payload.op)) return line.close(4001)
      return undefined
    }
    line.listen(hear, (code) => {
      this.#lines.delete(line)
      if (session?.line !== line) return
      session.line = undefined
      // A bot that says goodbye does not come back to this session.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id)
      this.#showPresence()
    })
  }

  #identify(line: Line, d: Record<string, unknown>): Session | undefined {
    const { world, token, privilegedIntents } = this.#options
    const intents = Number(d.intents)
    const shard = shardIn(d.shard)
    const refusal = this.#refusal(d.token === token, intents, shard, privilegedIntents)
    if (refusal) {
      line.close(refusal)
      return undefined
    }
    if (this.#isTooSoon(shard)) {
      line.say({ op: 9, d: false })
      return undefined
    }
    for (const old of this.#sessions.values()) if (!old.line && old.shard[0] === shard[0]) this.#sessions.delete(old.id)
    const session: Session = { id: randomBytes(16).toString('hex'), seq: 0, intents, shard, sent: [], line }
    this.#sessions.set(session.id, session)
    const guilds = [...world.guilds.values()].filter(
      ({ id, state }) => state !== 'away' && shardOf(id, shard[1]) === shard[0],
    )
    this.#deliver(session, 'READY', {
      v: 10,
      user: botBody(world),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      shard,
      application: applicationBody(world),
    })
    for (const guild of intents & 1 ? guilds : [])
      if (guild.state === 'joined') this.#deliver(session, 'GUILD_CREATE', guildBody(world, guild))
      else this.#deliver(session, 'GUILD_DELETE', { id: guild.id, unavailable: true })
    this.#showPresence()
    return session
  }

  /** Of the shards that share a rate limit key, one may identify in a while. */
  #isTooSoon(shard: [number, number]): boolean {
    const { world, maxConcurrency, identifyInterval } = this.#options
    const key = shard[0] % maxConcurrency
    const last = this.#identified.get(key) ?? Number.NEGATIVE_INFINITY
    const isRefused = performance.now() - last < identifyInterval
    if (!isRefused) this.#identified.set(key, performance.now())
    this.identifies.push({ shard, at: world.now(), isRefused })
    return isRefused
  }

  #refusal(known: boolean, intents: number, shard: [number, number], approved: number): number | undefined {
    if (!known) return 4004
    if (!Number.isInteger(intents) || intents < 0 || intents > ALL_INTENTS) return 4013
    if (intents & PRIVILEGED & ~approved) return 4014
    return shard.length !== 2 || shard[0] >= shard[1] ? 4010 : undefined
  }

  #resume(line: Line, d: Record<string, unknown>): Session | undefined {
    const session = this.#sessions.get(String(d.session_id))
    const seq = Number(d.seq)
    if (d.token !== this.#options.token) line.close(4004)
    else if (session && seq > session.seq) line.close(4007)
    else if (!session || seq < session.seq - session.sent.length) line.say({ op: 9, d: false })
    else {
      session.line?.close(1006)
      session.line = line
      const had = session.sent.filter(({ s, t }) => s <= seq && !OF_SESSION.has(t))
      const again = had.slice(had.length - Math.min(this.#replayed, had.length))
      this.#replayed = 0
      for (const { text, delivered } of [...again, ...session.sent.filter(({ s }) => s > seq)])
        line.write(text, delivered)
      this.#deliver(session, 'RESUMED', {})
      this.#showPresence()
      return session
    }
    return undefined
  }

  #dispatch(event: WireEvent): void {
    const { t, d, intents, delivered } = event
    const guild = event.guild ?? ('guild_id' in d ? String(d.guild_id) : undefined)
    for (const session of this.#sessions.values()) {
      if (intents && !(intents & session.intents)) continue
      if ((guild ? shardOf(guild, session.shard[1]) : 0) !== session.shard[0]) continue
      const isMessage = t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE'
      const seen = isMessage ? asSeenByBot(d as never, guild !== undefined, session.intents) : d
      this.#deliver(session, t, seen, delivered)
    }
  }

  #deliver(session: Session, t: string, d: object, delivered?: () => void): void {
    const s = ++session.seq
    // Kept as text, so that what happens to the thing later does not change what a resuming bot is told.
    const text = JSON.stringify({ op: 0, s, t, d })
    session.sent.push({ s, t, text, delivered })
    if (session.sent.length >= KEPT * 2) session.sent = session.sent.slice(-KEPT)
    session.line?.write(text, delivered)
  }

  #showPresence(): void {
    const connected = [...this.#sessions.values()].filter(({ line }) => line)
    this.#options.world.setShards(connected.map(({ shard }) => shard[0]))
  }
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
