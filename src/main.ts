import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import type { Client } from 'discord.js'
import type { Bot } from './discord/client.ts'

// Everything else is loaded after this, so that the next start finds it compiled.
enableCompileCache()
/** Ends what has been started so far. */
let stop: () => Promise<void> = async () => {}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop().finally(() => process.exit(0)))
}
process.exitCode = await start()

/** Reads the environment, loads the knowledge, and starts the bot: on Discord, or in a sandbox without a token. */
async function start(): Promise<number> {
  const { UserError } = await import('./errors.ts')
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    return await run()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.error(error.message)
    return 1
  }
}

async function run(): Promise<number> {
  const { parseEnv } = await import('./env.ts')
  const env = parseEnv(process.env)
  const [{ loadKnowledge }, { faultText }, { RESERVED_NAMES }] = await Promise.all([
    import('./knowledge/load.ts'),
    import('./knowledge/fault.ts'),
    import('./knowledge/reserved-names.ts'),
  ])
  const loaded = await loadKnowledge(env.KNOWLEDGE_DIR, { reservedNames: RESERVED_NAMES })
  if (!loaded.ok) {
    console.error(loaded.faults.map(faultText).join('\n\n'))
    console.error(`\nKNOWLEDGE_DIR is ${env.KNOWLEDGE_DIR}.`)
    return 1
  }
  const [{ createLog }, { openStore }, { createEngine }, { createBot }, { listCommands }] = await Promise.all([
    import('./log.ts'),
    import('./store/store.ts'),
    import('./answering/engine.ts'),
    import('./discord/client.ts'),
    import('../commands/index.ts'),
  ])
  const { snapshot } = loaded
  const store = await openStore(env.DATA_DIR)
  const sandbox = env.DISCORD_TOKEN === undefined ? await openSandbox(env.SANDBOX_PORT) : undefined
  const token = env.DISCORD_TOKEN ?? sandbox?.token ?? ''
  const log = createLog({ level: env.LOG_LEVEL, secrets: [token] })
  const bot = createBot({
    token,
    ...(sandbox ? { api: sandbox.api } : {}),
    snapshot,
    engine: createEngine(snapshot),
    store,
    commands: listCommands(snapshot),
    timeZone: env.TIME_ZONE,
    now: () => new Date(),
    log,
  })
  stop = async () => {
    await bot.stop()
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
    // Closed for good, for example because the token was renewed: whoever watches the process should know.
    client.once('shardDisconnect', () => stop().finally(() => process.exit(1)))
    if (sandbox) await welcome(client, bot, sandbox.url)
    else console.log(`Footnote is ready as ${client.user.tag}. To add it to a server, open:\n${bot.inviteLink()}`)
    return 0
  } catch (error) {
    await stop()
    throw error
  }
}

async function openSandbox(port: number) {
  const { startSandbox } = await import('./sandbox/sandbox.ts')
  return startSandbox({ port, orFreePort: true, botName: 'Footnote' })
}

async function welcome(client: Client<true>, { context }: Bot, url: string): Promise<void> {
  const { postShowcase } = await import('./discord/showcase.ts')
  await postShowcase(client, 'general', context)
  console.log(`\n  Footnote runs in its sandbox. Open ${url} in your browser.\n  Stop it with Ctrl+C.\n`)
}
