import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { hostname } from 'node:os'
import type { Client } from 'discord.js'
import type { Bot } from './discord/client.ts'
import type { Env } from './env.ts'
import type { Health } from './monitoring/server.ts'
import type { Sandbox } from './sandbox/sandbox.ts'
import type { Store } from './store/store.ts'

// Everything else is loaded after this, so that the next start finds it compiled.
enableCompileCache()
/** Ends what has been started so far. */
let stop: () => Promise<void> = async () => {}
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Whoever says it twice does not want to wait for what is under way.
    if (isStopping) process.exit(1)
    isStopping = true
    stop().finally(() => process.exit(0))
  })
}
process.exitCode = await start()

/** Reads the environment, loads the knowledge, and starts the bot: on Discord, or in a sandbox without a token. */
async function start(): Promise<number> {
  const [{ UserError }, { StoreFailure }] = await Promise.all([import('./errors.ts'), import('./store/failure.ts')])
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    return await run()
  } catch (error) {
    if (!(error instanceof UserError || error instanceof StoreFailure)) throw error
    console.error(error.message)
    return 1
  }
}

async function run(): Promise<number> {
  const { parseEnv, secretsIn } = await import('./env.ts')
  // A pod has the variable as well, and services that share a machine can each be given one of their own.
  const env = parseEnv(process.env, process.env.HOSTNAME || hostname())
  // discord.js would read them as well, and takes an empty one for a number.
  delete process.env.SHARDS
  delete process.env.SHARD_COUNT
  const [{ openKnowledge }, { RESERVED_NAMES }, { createLog }, { openStore }, { logFailure }, watching] =
    await Promise.all([
      import('./editing/opening.ts'),
      import('./knowledge/reserved-names.ts'),
      import('./log.ts'),
      import('./store/store.ts'),
      import('./discord/store-trouble.ts'),
      openMetrics(env),
    ])
  const { metrics, watch } = watching
  const store = await openStore(env.DATA_DIR, env.DATABASE_URL)
  const git = env.KNOWLEDGE_GIT ? await (await import('./editing/git.ts')).openGit(env.KNOWLEDGE_DIR) : undefined
  const now = () => new Date()
  const elapsed = () => performance.now()
  let log = createLog({ level: env.LOG_LEVEL, secrets: secretsIn(env) })
  const opening = openKnowledge({
    folder: env.KNOWLEDGE_DIR,
    inDatabase: env.DATABASE_URL !== undefined,
    onMoved: (files) => log.info({ folder: env.KNOWLEDGE_DIR, files }, 'the knowledge files are in the database now'),
    reservedNames: RESERVED_NAMES,
    store,
    now,
    ...(git ? { git } : {}),
    onTrouble: (err, what) => logFailure(err, what, { log, metrics }),
  })
  const { shelf, keeper } = await opening.catch(async (error) => {
    await store.close()
    throw error
  })
  const [{ createEngine }, { createPainter }, { createBot }, { listCommands }, { startJobs }] = await Promise.all([
    import('./answering/engine.ts'),
    import('./pictures/painter.ts'),
    import('./discord/client.ts'),
    import('../commands/index.ts'),
    import('./jobs/jobs.ts'),
  ])
  const { snapshot } = keeper
  const sandbox = env.DISCORD_TOKEN === undefined ? await openSandbox(env.SANDBOX_PORT) : undefined
  const token = env.DISCORD_TOKEN ?? sandbox?.token ?? ''
  const api = sandbox?.api ?? env.DISCORD_API
  log = createLog({ level: env.LOG_LEVEL, secrets: [token, ...secretsIn(env)] })
  // In the sandbox, whoever tries it is a moderator as well.
  const moderatorsGuild = env.MODERATORS_GUILD_ID ?? sandbox?.ids.guild
  const painter = createPainter()
  const bot = createBot({
    token,
    ...(api === undefined ? {} : { api }),
    interactions: env.INTERACTIONS === 'http' ? { host: env.HTTP_HOST, port: env.HTTP_PORT } : env.INTERACTIONS,
    ...(env.SHARDS ? { shards: env.SHARDS } : {}),
    ...(env.SHARD_COUNT === undefined ? {} : { shardCount: env.SHARD_COUNT }),
    snapshot,
    engine: createEngine(snapshot),
    store,
    painter,
    listCommands,
    keeper,
    ...(moderatorsGuild === undefined ? {} : { moderatorsGuild }),
    timeZone: env.TIME_ZONE,
    retentionDays: env.RETENTION_DAYS,
    now,
    elapsed,
    log,
    metrics,
  })
  const monitor = await watch?.({ discord: () => bot.isConnected(), database: () => isReadable(store) })
  let jobs: { stop(): Promise<void> } | undefined
  stop = async () => {
    await Promise.all([jobs?.stop(), bot.stop()])
    await keeper.settled()
    await painter.close()
    await monitor?.close()
    await sandbox?.close()
    await store.close()
  }

  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise failed unheard'))
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'stopped by a failure')
    process.exit(1)
  })

  try {
    const client = await bot.start()
    if (sandbox && moderatorsGuild === sandbox.ids.guild) await settleSandbox(store, sandbox)
    jobs = startJobs(shelf, keeper, client, bot)
    // Closed for good, for example because the token was renewed: whoever watches the process should know.
    client.once('shardDisconnect', () => stop().finally(() => process.exit(1)))
    if (sandbox) await welcome(client, bot, sandbox.url)
    else console.log(`Footnote is ready as ${client.user.tag}. To add it to a server, open: ${bot.inviteLink()}`)
    return 0
  } catch (error) {
    await stop()
    throw error
  }
}

function isReadable(store: Store): Promise<boolean> {
  return store.readSettings('').then(
    () => true,
    () => false,
  )
}

/** In the sandbox, moderators are told in their channel without having settled it first. */
async function settleSandbox(store: Store, { ids }: Sandbox): Promise<void> {
  const isSettled = (await store.readSettings(ids.guild)).has('channel')
  if (!isSettled) await store.writeSetting(ids.guild, 'channel', ids.channel('moderators'))
}

async function openSandbox(port: number) {
  const { startSandbox } = await import('./sandbox/sandbox.ts')
  return startSandbox({ port, orFreePort: true, botName: 'Footnote', userInstalls: ['member'] })
}

/** What is counted, and how to let somebody watch; where nobody is to, nothing is loaded for it. */
async function openMetrics({ METRICS_HOST: host, METRICS_PORT: port }: Env) {
  if (port === undefined) return { metrics: (await import('./monitoring/metrics.ts')).NO_METRICS }
  const [{ createPrometheus }, { startMonitor }] = await Promise.all([
    import('./monitoring/prometheus.ts'),
    import('./monitoring/server.ts'),
  ])
  const { metrics, registry } = createPrometheus()
  return { metrics, watch: (health: Health) => startMonitor({ host, port }, health, registry) }
}

async function welcome(client: Client<true>, { context }: Bot, url: string): Promise<void> {
  const { postShowcase } = await import('./discord/showcase.ts')
  await postShowcase(client, 'general', context)
  console.log(`\n  Footnote runs in its sandbox. Open ${url} in your browser.\n  Stop it with Ctrl+C.\n`)
}
