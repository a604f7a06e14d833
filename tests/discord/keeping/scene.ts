import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { listCommands } from '../../../commands/index.ts'
import { createEngine } from '../../../src/answering/engine.ts'
import { type Bot, createBot } from '../../../src/discord/client.ts'
import { folderShelf } from '../../../src/editing/folder.ts'
import { type Keeper, openKeeper } from '../../../src/editing/keeper.ts'
import { startJobs } from '../../../src/jobs/jobs.ts'
import { RESERVED_NAMES } from '../../../src/knowledge/reserved-names.ts'
import { createLog } from '../../../src/log.ts'
import { NO_METRICS } from '../../../src/monitoring/metrics.ts'
import { createPainter } from '../../../src/pictures/painter.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { GOOD } from '../../knowledge/good-folder.ts'
import { NO_LIMITS } from '../harness.ts'

/** What is known in these tests: enough of one subject for questions to be answered or not. */
export const FERRIES: Readonly<Record<string, string>> = {
  ...GOOD,
  'questions/ferries.yaml': `fare-cap:
  - How much is a crossing at most?
  - What is the highest price of a ferry crossing?
  - maximum fare
wish:
  - Does Jane Doe want lower fares?
  - What does Jane Doe wish?
`,
  'questions/piers.yaml': `pier-opened:
  - When did pier 4 open?
  - opening of pier 4
`,
}

/** Channels and guilds that are not there, and people who take no direct messages. */
const UNKNOWN = [10003, 10004, 10013, 50001, 50007]

export interface Keeping {
  sandbox: Sandbox
  bot: Bot
  store: Store
  keeper: Keeper
  folder: string
  /** The database file. */
  database: string
  logged: string[]
  /** The day it is for the bot. */
  today: string
  read(path: string): string
  write(path: string, text: string): void
  /** Tells followers now what there is to tell. */
  tell(): Promise<void>
  /** Does now what the jobs do every few minutes. */
  look(): Promise<void>
  restart(): Promise<void>
}

/** A knowledge folder, its keeper and the bot in a sandbox, for the tests of one file. Discord would refuse nothing. */
export function useKeeping(moderatorsGuild?: (sandbox: Sandbox) => string): Keeping {
  const scene = { today: '2025-09-20', logged: [] as string[] } as unknown as Keeping
  let stop: () => Promise<void> = async () => {}

  async function start(data: string): Promise<void> {
    const { sandbox, folder } = scene
    const shelf = folderShelf(folder)
    const store = await openStore(data)
    const now = () => new Date(`${scene.today}T12:00:00Z`)
    const opened = await openKeeper({ shelf, reservedNames: RESERVED_NAMES, store, now })
    if ('faults' in opened) throw new Error(JSON.stringify(opened.faults))
    const { keeper } = opened
    const painter = createPainter()
    const bot = createBot({
      token: sandbox.token,
      api: sandbox.api,
      snapshot: keeper.snapshot,
      engine: createEngine(keeper.snapshot),
      store,
      painter,
      listCommands,
      keeper,
      moderatorsGuild: moderatorsGuild?.(sandbox) ?? sandbox.ids.guild,
      timeZone: 'UTC',
      now,
      elapsed: () => performance.now(),
      metrics: NO_METRICS,
      limits: NO_LIMITS,
      patience: 1_000,
      log: createLog({ level: 'debug', destination: { write: (line) => void scene.logged.push(line) } }),
    })
    const client = await bot.start()
    const jobs = startJobs(shelf, keeper, client, bot)
    Object.assign(scene, { bot, store, keeper, tell: () => jobs.tell(), look: () => jobs.look() })
    stop = async () => {
      await jobs.stop()
      await bot.stop()
      await keeper.settled()
      await painter.close()
      await store.close()
    }
  }

  beforeAll(async () => {
    const root = mkdtempSync(join(tmpdir(), 'footnote-keeping-'))
    scene.folder = join(root, 'knowledge')
    scene.database = join(root, 'data', 'footnote.db')
    scene.read = (path) => readFileSync(join(scene.folder, path), 'utf8')
    scene.write = (path, text) => {
      mkdirSync(dirname(join(scene.folder, path)), { recursive: true })
      writeFileSync(join(scene.folder, path), text)
    }
    for (const [path, text] of Object.entries(FERRIES)) scene.write(path, text)
    scene.sandbox = await startSandbox({ botName: 'Footnote', identifyInterval: 0, ackTimeout: 15_000 })
    await start(join(root, 'data'))
    scene.restart = async () => {
      await stop()
      await start(join(root, 'data'))
    }
  })
  afterAll(async () => {
    await stop()
    await scene.sandbox.close()
    rmSync(dirname(scene.folder), { recursive: true })
    // What is not there, or not the bot's to see, Discord does not show.
    expect(scene.sandbox.refusals().filter(({ body }) => !UNKNOWN.includes(Number(body.code)))).toEqual([])
  })
  return scene
}
