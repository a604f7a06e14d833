import {
  Client,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  OAuth2Scopes,
  Options,
  Partials,
  PermissionFlagsBits,
  Routes,
} from 'discord.js'
import type { Engine } from '../answering/engine.ts'
import type { Keeper } from '../editing/keeper.ts'
import { UserError } from '../errors.ts'
import { dayIn } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import type { Log } from '../log.ts'
import type { Painter } from '../pictures/painter.ts'
import { StoreFailure } from '../store/failure.ts'
import type { Store } from '../store/store.ts'
import { en } from '../words/en.ts'
import type { Command } from './command.ts'
import type { Context } from './context.ts'
import { createDispatcher } from './dispatch.ts'
import { tellMessageFailure } from './failures.ts'
import { readModeration } from './keeping/moderation.ts'
import { answerMessage } from './mentions.ts'
import { createRecollection } from './recollection.ts'
import { commandsDiffer, type RegisteredCommand } from './registration.ts'
import { logFailure } from './store-trouble.ts'

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
  readonly log: Log
}

export interface Bot {
  readonly client: Client
  readonly context: Context
  /** Takes a snapshot in the place of the last one; resolves when the commands are registered, if they changed. */
  renew(snapshot: Snapshot): Promise<void>
  /** Logs in, registers the commands if they changed, and is then ready. A token that is refused is a UserError. */
  start(): Promise<Client<true>>
  /** The address at which people add the bot to a server. */
  inviteLink(): string
  stop(): Promise<void>
}

const SCOPES = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands]
const PERMISSIONS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.SendMessagesInThreads,
  // Pictures of timelines and charts.
  PermissionFlagsBits.AttachFiles,
  // To see whether whoever presses a button also asked the question.
  PermissionFlagsBits.ReadMessageHistory,
]

/** The bot on Discord, or on whatever speaks like it. */
export function createBot({ token, api, listCommands, timeZone, snapshot, engine, ...given }: BotOptions): Bot {
  const { log, now } = given
  const commandIds = new Map<string, string>()
  const known = { snapshot, engine, commands: listCommands(snapshot) }
  const context: Context = {
    ...given,
    commandIds,
    words: en,
    recollection: createRecollection(),
    get snapshot() {
      return known.snapshot
    },
    get engine() {
      return known.engine
    },
    register: () => registerAll(),
    today: () => dayIn(timeZone, now()),
  }
  const client = createClient(api)
  const dispatch = createDispatcher(() => known.commands, context)

  /** One registration after the other, so that the last one is the newest. */
  let registered: Promise<void> = Promise.resolve()
  function registerAll(): Promise<void> {
    registered = registered.then(async () => {
      if (!client.isReady()) return
      try {
        const ids = await register(client, known.commands, context)
        commandIds.clear()
        for (const [name, id] of ids) commandIds.set(name, id)
      } catch (err) {
        // Mentions, DMs and the commands of the last start still work.
        log.error({ err }, 'the commands could not be registered')
      }
    })
    return registered
  }

  dropMalformedPackets(client, log)
  client.on(Events.InteractionCreate, (interaction) => void dispatch(interaction))
  client.on(Events.MessageCreate, (message) => {
    answerMessage(message, context).catch((error) => tellMessageFailure(error, message, context))
  })
  client.on(Events.Error, (err) => log.error({ err }, 'the client failed'))
  client.on(Events.Warn, (warning) => log.warn(warning))
  client.on(Events.ShardDisconnect, ({ code }) => log.error({ code }, 'Discord closed the connection for good'))
  client.on(Events.ShardReconnecting, () => log.info('connecting again'))
  client.on(Events.ShardResume, () => log.info('connected again'))

  return {
    client,
    context,
    async start() {
      const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
      await client.login(token).catch(explainLogin)
      const readyClient = await ready
      await registerAll()
      return readyClient
    },
    async renew(next) {
      // Without a pause in between: a question meets the old knowledge or the new one.
      known.engine = known.engine.updated(next)
      known.snapshot = next
      known.commands = listCommands(next)
      await registerAll()
    },
    inviteLink: () => client.generateInvite({ scopes: SCOPES, permissions: PERMISSIONS }),
    async stop() {
      // A goodbye looks like a lost connection to discord.js, which is not worth a line.
      client.removeAllListeners(Events.ShardReconnecting)
      await client.destroy()
    },
  }
}

function createClient(api: string | undefined): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    // Without it, DMs in channels that were not seen before never arrive.
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 50 }),
    rest: {
      ...(api === undefined ? {} : { api }),
      // Discord waits three seconds for a first response; and it does not count interactions among its 50 a second.
      timeout: 2_500,
      globalRequestsPerSecond: 500,
    },
  })
}

/** What the operator can mend is said in one line; anything else stays as it is. */
function explainLogin(error: unknown): never {
  const { code, status } = error as { code?: unknown; status?: unknown }
  if (code === DiscordjsErrorCodes.TokenInvalid || status === 401) {
    throw new UserError('Discord does not accept DISCORD_TOKEN: copy it anew from the developer portal, page “Bot”.')
  }
  if (['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'].includes(String(code))) {
    throw new UserError(`Discord cannot be reached (${code}): check this machine’s connection and start again.`)
  }
  throw error
}

/** A packet that lacks what Discord promises would otherwise end the process from within discord.js. */
function dropMalformedPackets(client: Client, log: Log): void {
  const socket = client.ws as unknown as { handlePacket(packet?: { t?: string }, shard?: unknown): boolean }
  const handlePacket = socket.handlePacket.bind(socket)
  socket.handlePacket = (packet, shard) => {
    try {
      return handlePacket(packet, shard)
    } catch (err) {
      log.error({ err, packet: packet?.t }, 'dropped a malformed packet')
      return false
    }
  }
}

const WITH_LOCALISATIONS = new URLSearchParams({ with_localizations: 'true' })

/** Registers the commands where they differ from what is registered; tells each name's id. */
async function register(
  { rest, application }: Client<true>,
  commands: readonly Command[],
  { moderatorsGuild, store, log }: Context,
) {
  const put = async (route: `/${string}`, some: readonly Command[]) => {
    const wanted = some.map(({ definition }) => definition)
    const registered = (await rest.get(route, { query: WITH_LOCALISATIONS })) as RegisteredCommand[]
    if (!commandsDiffer(wanted, registered)) return registered
    log.info({ commands: wanted.length }, 'registered the commands')
    return (await rest.put(route, { body: wanted })) as RegisteredCommand[]
  }
  const everybody = commands.filter(({ forModerators }) => !forModerators)
  const all = await put(Routes.applicationCommands(application.id), everybody)
  if (moderatorsGuild !== undefined) {
    try {
      const { roles } = await readModeration(store, moderatorsGuild)
      // Discord can hide a command by permission only: moderators by role would not see it. Each step is checked anyway.
      const hidden = roles.length === 0 ? String(PermissionFlagsBits.ManageGuild) : null
      const own = commands
        .filter(({ forModerators }) => forModerators)
        .map((command) => ({ ...command, definition: { ...command.definition, default_member_permissions: hidden } }))
      all.push(...(await put(Routes.applicationGuildCommands(application.id, moderatorsGuild), own)))
    } catch (err) {
      const what = 'the moderators’ command could not be registered'
      if (err instanceof StoreFailure) logFailure(err, what, { log })
      else log.error({ err }, `${what}: is the bot in the server MODERATORS_GUILD_ID?`)
    }
  }
  return all.filter(({ type = 1 }) => type === 1).map(({ name, id }) => [String(name), String(id)] as const)
}
