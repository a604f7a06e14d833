/** A local Discord: REST, gateway and a page on one port of this machine, for any bot that speaks Discord's protocol. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { APIApplicationCommand } from 'discord-api-types/v10'
import { BOT, PEOPLE } from './actors.ts'
import { Crowd } from './crowd.ts'
import { Endpoint } from './endpoint.ts'
import { Faults } from './faults.ts'
import { Gateway } from './gateway.ts'
import { type Excess, GlobalLimit } from './global-limit.ts'
import { Guilds } from './guilds.ts'
import { Interactions } from './interactions.ts'
import { createKeys } from './keys.ts'
import { Network } from './network.ts'
import { handlePage } from './page-api.ts'
import { pageFile } from './page-files.ts'
import { People } from './people.ts'
import { type Asker, asker, channelNamed, next } from './person.ts'
import { BOT_ROLE, type Channel, GUILD } from './places.ts'
import type { PageMessage, Refusal, UserKey } from './protocol.ts'
import { handleRest } from './rest.ts'
import { World } from './world.ts'

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number
  /** Takes any free port if the wanted one is taken. */
  orFreePort?: boolean
  /** The bot's name in the sandbox. */
  botName?: string
  /** Milliseconds that the bot has for its first response to an interaction: Discord's 3,000. */
  ackTimeout?: number
  /** Milliseconds that an interaction's token lives: Discord's 15 minutes. */
  tokenLifetime?: number
  /** Milliseconds for which the people of `as()` wait for the bot. */
  patience?: number
  heartbeatInterval?: number
  /** Privileged intents that the application is approved for; none by default. */
  privilegedIntents?: number
  /** How many guilds the bot is in: beside the first one with its channels, each has `general-2` and so on. */
  guilds?: number
  /** How many shards the bot is recommended to have; 1 if not said. */
  shards?: number
  /** How many of a bot's shards may identify at once: Discord's 1 for all but very large bots. */
  maxConcurrency?: number
  /** Milliseconds between identifies that share a rate limit key: Discord's 5,000. */
  identifyInterval?: number
  /** How many requests a second the bot may make with its token: Discord's 50. Without it, any number. */
  globalLimit?: number
  /**
   * Where the app wants its interactions by HTTP; the gateway brings it none then. Several addresses are served as a load
   * balancer before them does it.
   */
  interactionsEndpoint?: { url: string | readonly string[] }
  /** People who have installed the app for themselves. */
  userInstalls?: UserKey[]
  /** What the bot may do in the guild; all that it needs if not said. */
  botPermissions?: bigint
  /** How many messages of a channel are kept; 10,000 if not said. */
  keep?: number
  now?: () => number
  log?: { error(details: object, message: string): void }
}

export interface Sandbox {
  /** The page's address. */
  url: string
  /** For the client's `rest: { api }`. */
  api: string
  token: string
  /** By which the app knows what the sandbox has signed, as `verify_key` of its application. */
  publicKey: string
  ids: {
    bot: string
    botRole: string
    guild: string
    /** All guilds that the bot was in at first. */
    guilds: string[]
    users: Record<UserKey, string>
    channel(name: string): string
  }
  as(user: UserKey): Asker
  /** Any number of made-up people. */
  crowd: Pick<Crowd, 'send' | 'guild'>
  /** Every message in a channel (`member-dm` and so on too), ephemeral ones included, oldest first. */
  messages(channel: string): PageMessage[]
  commands(): APIApplicationCommand[]
  /** The requests that were refused so far. */
  refusals(): Refusal[]
  /** Resolves with a message's next version; call it before what changes the message. */
  edited(message: PageMessage): Promise<PageMessage>
  /** Resolves when the bot is connected (or, with false, no longer is), as a certain shard or as any. */
  online(wanted?: boolean, shard?: number): Promise<void>
  faults: Faults
  gateway: Pick<Gateway, 'drop' | 'invalidate' | 'askToReconnect' | 'replay' | 'sendRaw' | 'deaf' | 'identifies'>
  /** Takes guilds away from the bot and gives them back; the people's guild, if no id is said. */
  guilds: Pick<Guilds, 'lose' | 'restore' | 'remove' | 'add'>
  /** What the bot may do in a channel (`member-dm` and so on too) from now on: all that is not said to be false. */
  permit(channel: string, may: { view?: boolean; send?: boolean }): void
  /** Holds back all that the bot and Discord send each other, until the returned function is called or the time is over. */
  stall(milliseconds?: number): () => void
  /** Asks the app at `interactionsEndpoint` whether it is there, with a right or a forged signature. */
  ping: Endpoint['ping']
  /** The requests that were more than `globalLimit` allows. */
  exceeded(): readonly Excess[]
  close(): Promise<void>
}

/** Shaped like a token, so that clients take it; no secret. */
const TOKEN = `${Buffer.from(BOT).toString('base64url')}.sandbox.not-a-secret`

/** Starts a sandbox on the loopback interface. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { patience = 15_000, privilegedIntents = 0, shards = 1, maxConcurrency = 1, now = Date.now } = options
  const keys = createKeys()
  const urls = options.interactionsEndpoint && [options.interactionsEndpoint.url].flat()
  const world = new World({
    publicKey: keys.publicKey,
    interactionsUrl: urls?.[0],
    botName: options.botName ?? 'Bot',
    now,
    userInstalls: options.userInstalls ?? [],
    tokenLifetime: options.tokenLifetime ?? 900_000,
    botPermissions: options.botPermissions,
    guilds: options.guilds,
    keep: options.keep,
  })
  const ackTimeout = options.ackTimeout ?? 3000
  const interactions = new Interactions(world, ackTimeout)
  const people = new People(world, interactions)
  const faults = new Faults()
  const network = new Network()
  const guilds = new Guilds(world)
  const endpoint = urls && new Endpoint({ urls, world, network, interactions, keys, ackTimeout })
  const limit = options.globalLimit === undefined ? undefined : new GlobalLimit(options.globalLimit, now)
  const heartbeatInterval = options.heartbeatInterval ?? 41_250
  const identifyInterval = options.identifyInterval ?? 5000
  const gateway = new Gateway({
    world,
    network,
    token: TOKEN,
    heartbeatInterval,
    privilegedIntents,
    maxConcurrency,
    identifyInterval,
  })
  const commandsChanged = () => world.page({ type: 'commands', commands: [] })
  const rest = {
    world,
    interactions,
    faults,
    network,
    limit,
    token: TOKEN,
    intents: privilegedIntents,
    shards,
    maxConcurrency,
    commandsChanged,
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = request.headers.host ?? ''
    // A foreign name that resolves to this machine must not reach it through somebody's browser.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return void response.writeHead(403).end()
    const { url: target = '' } = request
    if (!isPath(target)) return void response.writeHead(400).end()
    const url = new URL(`http://${host}${target}`)
    if (url.pathname.startsWith('/api/')) return handleRest(rest, request, response, url)
    if (url.pathname.startsWith('/page/')) return handlePage(world, people, request, response, url)
    if (url.pathname.startsWith('/attachments/')) return serveAttachment(world, response, url)
    const file = await pageFile(url.pathname)
    response.writeHead(file ? 200 : 404, file?.headers).end(file?.body)
  }
  // Longer than clients keep a connection that they do not use, so that none is closed under a request.
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    handle(request, response).catch((error) => {
      options.log?.error({ err: error }, 'sandbox request failed')
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ message: `Sandbox: ${error}`, code: 0 }))
    })
  })
  server.on('upgrade', (request, socket, head) => {
    // Browsers name the origin of the page that connects; bots have none. No page may pass for the bot.
    if (!request.url?.startsWith('/gateway') || request.headers.origin) return socket.destroy()
    socket.on('error', () => socket.destroy())
    network.pass(() =>
      gateway.server.handleUpgrade(request, socket, head, (ws) => gateway.server.emit('connection', ws, request)),
    )
  })
  const port = await listen(server, options.port ?? 0, options.orFreePort ?? false)
  const url = `http://127.0.0.1:${port}`
  world.origin = url
  const channelId = (name: string) => {
    const key = /^(member|moderator|colleague)-dm$/.exec(name)?.[1] as UserKey | undefined
    return key ? PEOPLE[key].dm : channelNamed(world, 'moderator', name).id
  }

  return {
    url,
    api: `${url}/api`,
    token: TOKEN,
    publicKey: keys.publicKey,
    ids: {
      bot: BOT,
      botRole: BOT_ROLE,
      guild: GUILD,
      guilds: [...world.guilds.values()].flatMap(({ id, state }) => (state === 'joined' ? [id] : [])),
      users: { member: PEOPLE.member.id, moderator: PEOPLE.moderator.id, colleague: PEOPLE.colleague.id },
      channel: channelId,
    },
    crowd: new Crowd(world, interactions, ackTimeout),
    as: (user) => asker(world, people, user, patience),
    messages: (channel) => world.messages.in(channelId(channel)).map(({ message }) => message),
    commands: () => world.commands,
    refusals: () => world.refusals,
    edited: ({ id }) =>
      next(world, patience, 'The message was not changed', (event) =>
        event.type === 'message-updated' && event.message.id === id ? event.message : undefined,
      ),
    online: async (wanted = true, shard = undefined) => {
      if (world.isOnline(shard) === wanted) return
      await next(world, patience * 3, `The bot did not come ${wanted ? 'on' : 'off'}line`, (event) =>
        event.type === 'online' && world.isOnline(shard) === wanted ? true : undefined,
      )
    },
    faults,
    gateway,
    guilds,
    permit: (channel, may) => guilds.permit(world.channel(channelId(channel)) as Channel, may),
    stall: (milliseconds) => {
      const end = network.stall()
      if (milliseconds !== undefined) setTimeout(end, milliseconds).unref()
      return end
    },
    ping: async (how) => {
      if (!endpoint) throw new Error('There is no interactionsEndpoint')
      return endpoint.ping(how)
    },
    exceeded: () => limit?.exceeded ?? [],
    close: () =>
      new Promise((resolve) => {
        interactions.close()
        gateway.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function serveAttachment(world: World, response: ServerResponse, url: URL): void {
  const file = world.messages.files.get(url.pathname.split('/')[2] ?? '')
  if (!file) return void response.writeHead(404).end()
  // Only pictures are shown in the browser; whatever else a bot uploads must not run there.
  const type = /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? file.type : 'application/octet-stream'
  response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(file.data)
}

function listen(server: ReturnType<typeof createServer>, port: number, orFreePort: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && orFreePort && port !== 0) listen(server, 0, false).then(resolve, reject)
      else reject(error)
    })
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** Whether a request's target is a path of this server that can be decoded, and not some other server's address. */
function isPath(target: string): boolean {
  try {
    return target.startsWith('/') && decodeURIComponent(target.replace(/\?.*/s, '')) !== ''
  } catch {
    return false
  }
}
