import { setTimeout as wait } from 'node:timers/promises'
import { Client, type ClientOptions, Events, GatewayIntentBits, Options, Partials } from 'discord.js'
import type { Engine } from '../answering/engine.ts'
import type { Keeper } from '../editing/keeper.ts'
import { dayIn } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../monitoring/metrics.ts'
import type { Painter } from '../pictures/painter.ts'
import type { Store } from '../store/store.ts'
import { en } from '../words/en.ts'
import { createAges } from './ages.ts'
import type { Command } from './command.ts'
import { overGateway, overHttp } from './connection.ts'
import type { Context } from './context.ts'
import { createDirectChannels } from './direct-channels.ts'
import { createDispatcher } from './dispatch.ts'
import { identifyInTurn } from './identifying.ts'
import { createIntake } from './intake.ts'
import { inviteLink } from './invite.ts'
import { LIMITS, type Limits } from './limits.ts'
import { hearMessage } from './mentions.ts'
import { createRecollection } from './recollection.ts'
import { register } from './registration.ts'
import { logFailure } from './store-trouble.ts'
import { createTransport } from './transport.ts'

export interface BotOptions {
  readonly token: string
  /** Another address of Discord's API, such as a sandbox's. */
  readonly api?: string
  readonly snapshot: Snapshot
  readonly engine: Engine
  readonly store: Store
  readonly painter: Painter
  readonly listCommands: (snapshot: Snapshot) => readonly Command[]
  readonly keeper?: Keeper
  /** The guild whose moderators keep the knowledge. */
  readonly moderatorsGuild?: string
  readonly timeZone: string
  readonly now: () => Date
  /** Milliseconds since any beginning, by a clock that is never set. */
  readonly elapsed: () => number
  readonly log: Log
  readonly metrics: Metrics
  /** For how many days gaps and complaints are kept; 90 if not said. */
  readonly retentionDays?: number
  /** How much people may send; the usual limits if not said. */
  readonly limits?: Limits
  /** For how many milliseconds requests are tried that answer no interaction. */
  readonly patience?: number
  /**
   * The shards of this process, of so many in all; as many as Discord recommends if not said. Where they are given out,
   * there are other processes, which share the store: all take turns to identify.
   */
  readonly shards?: readonly number[]
  readonly shardCount?: number
  /** How interactions come: by the gateway if not said, over HTTP on this port, or not at all (`none`). */
  readonly interactions?: 'gateway' | 'none' | { readonly host: string; readonly port: number }
}

export interface Bot {
  readonly client: Client
  readonly context: Context
  /** Takes a snapshot in the place of the last one; resolves when the commands are registered, if they changed. */
  renew(snapshot: Snapshot): Promise<void>
  /** Logs in, registers the commands if they changed, and is then ready. A token that is refused is a UserError. */
  start(): Promise<Client<true>>
  /** Whether all of its shards are connected. */
  isConnected(): boolean
  /** The address at which people add the bot to a server. */
  inviteLink(): string
  /** Takes nothing in any more, and resolves when what is under way has ended, or after so many milliseconds. */
  stop(patience?: number): Promise<void>
}

/** How long what is under way may take when the bot stops, in milliseconds. */
const LAST_PATIENCE = 10_000

/** The bot on Discord, or on whatever speaks like it. */
export function createBot({
  token,
  api,
  listCommands,
  timeZone,
  snapshot,
  engine,
  retentionDays = 90,
  limits = LIMITS,
  patience,
  shards,
  shardCount,
  interactions = 'gateway',
  ...given
}: BotOptions): Bot {
  const { log, now, elapsed, metrics } = given
  const commandIds = new Map<string, string>()
  const known = { snapshot, engine, commands: listCommands(snapshot) }
  const context: Context = {
    ...given,
    commandIds,
    words: en,
    recollection: createRecollection(),
    retentionDays,
    get snapshot() {
      return known.snapshot
    },
    get engine() {
      return known.engine
    },
    register: () => registerAll(),
    today: () => dayIn(timeZone, now()),
  }
  const age = createAges(elapsed)
  const responding = new Set<string>()
  const intake = createIntake({ limits, age, elapsed, metrics, log })
  const client = createClient({
    // Without a number of its own, discord.js would take these from the environment, in a form of its own.
    shards: shards ?? (shardCount === undefined ? 'auto' : Array.from({ length: shardCount }, (_, shard) => shard)),
    ...(shardCount === undefined ? {} : { shardCount }),
    ws: shards ? { buildIdentifyThrottler: identifyInTurn(context) } : {},
    rest: {
      ...(api === undefined ? {} : { api }),
      makeRequest: createTransport({
        ...{ lateAfter: limits.lateAfter, age, elapsed, metrics, responding },
        ...(patience === undefined ? {} : { patience }),
      }),
    },
  })
  metrics.queue('pictures', () => context.painter.waiting())
  const connection =
    typeof interactions === 'object'
      ? overHttp(client, token, { ...interactions, now, ended: intake.ended, log })
      : overGateway(client, token, { log, metrics })
  const dispatch = createDispatcher(() => known.commands, context, intake, responding)

  /** One registration after the other, so that the last one is the newest. */
  let registered: Promise<void> = Promise.resolve()
  function registerAll(): Promise<void> {
    registered = registered.then(async () => {
      if (!client.application) return
      try {
        const ids = await register(client as Client<true>, known.commands, context)
        commandIds.clear()
        for (const [name, id] of ids) commandIds.set(name, id)
      } catch (err) {
        // Mentions, DMs and the commands of the last start still work.
        log.error({ err }, 'the commands could not be registered')
      }
    })
    return registered
  }

  const forgetDirectChannels = createDirectChannels(client, now)
  client.on(Events.InteractionCreate, (interaction) => {
    if (interactions !== 'none') void dispatch(interaction)
    forgetDirectChannels(interaction)
  })
  client.on(Events.MessageCreate, (message) => {
    forgetDirectChannels(message)
    hearMessage(message, context, intake).catch((err) => log.error({ err }, 'a message could not be heard'))
  })
  client.on(Events.Error, (err) => log.error({ err }, 'the client failed'))
  client.on(Events.Warn, (warning) => log.warn(warning))
  client.on(Events.GuildUnavailable, ({ id }) => log.warn({ guild: id }, 'a server is not available'))
  client.on(Events.GuildDelete, ({ id }) => {
    log.info({ guild: id }, 'a server removed the bot')
    context.store
      .leaveGuild(id)
      .catch((err) => logFailure(err, 'a server could not be forgotten', context, { guild: id }))
  })

  return {
    client,
    context,
    async start() {
      await connection.open()
      await registerAll()
      return client as Client<true>
    },
    async renew(next) {
      // Without a pause in between: a question meets the old knowledge or the new one.
      known.engine = known.engine.updated(next)
      known.snapshot = next
      known.commands = listCommands(next)
      await registerAll()
    },
    isConnected: () => connection.isUp(),
    inviteLink: () => inviteLink(client.application?.id ?? ''),
    async stop(patience = LAST_PATIENCE) {
      const isDone = await inTime(
        connection.close().then(() => intake.idle()),
        patience,
      )
      if (!isDone) log.warn({ underWay: intake.size() }, 'stopped before all was done')
      await client.destroy()
    },
  }
}

function createClient({ rest, ...gateway }: Pick<ClientOptions, 'shards' | 'shardCount' | 'ws' | 'rest'>): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // Without it, DMs in channels that were not seen before never arrive.
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    // By default everybody who was ever seen is kept.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 50,
      UserManager: { maxSize: 1_000, keepOverLimit: isSelf },
      GuildMemberManager: { maxSize: 50, keepOverLimit: isSelf },
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildInviteManager: 0,
    }),
    ...gateway,
    rest: {
      ...rest,
      // Ours tries again, and keeps to Discord's limit for those requests that Discord counts.
      retries: 0,
      timeout: 5 * 60_000,
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      // There is a queue for each interaction that is edited.
      handlerSweepInterval: 60_000,
      // Whoever waits for a first response does not wait for longer.
      rejectOnRateLimit: ({ route, retryAfter }) => route.endsWith('/callback') && retryAfter > 2_500,
    },
  })
}

function isSelf({ id, client }: { id: string; client: Client }): boolean {
  return id === client.user?.id
}

/** Whether it came to its end within so many milliseconds. */
async function inTime(work: Promise<unknown>, patience: number): Promise<boolean> {
  const timer = new AbortController()
  const isOver = wait(patience, false, { signal: timer.signal }).catch(() => true)
  return Promise.race([work.then(() => true), isOver]).finally(() => timer.abort())
}
