import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { listCommands } from '../../commands/index.ts'
import type { Engine } from '../../src/answering/engine.ts'
import { type Bot, type BotOptions, createBot } from '../../src/discord/client.ts'
import type { Limits } from '../../src/discord/limits.ts'
import type { Fact, Snapshot } from '../../src/knowledge/snapshot.ts'
import { createLog } from '../../src/log.ts'
import { NO_METRICS } from '../../src/monitoring/metrics.ts'
import { createPainter } from '../../src/pictures/painter.ts'
import type { Message } from '../../src/render/components.ts'
import type { PageMessage } from '../../src/sandbox/protocol.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { abstentionFor, answerWith, sampleFact, sampleSnapshot, suggestionsOf } from '../render/sample.ts'

const EPHEMERAL = 64
const ALREADY_ACKNOWLEDGED = 40060
export const TODAY = '2025-09-20'
/** Tests are faster than people, and may run on a slow machine. */
export const NO_LIMITS: Limits = {
  busyAfter: 60_000,
  lateAfter: 60_000,
  seconds: 1,
  person: 1e9,
  server: 1e9,
  personTyping: 1e9,
  serverTyping: 1e9,
}

export const speed = sampleFact()
export const scooters = sampleFact({
  id: 'scooters-in-lanes',
  statement: 'Scooters may use bicycle lanes.',
  period: {},
  askedAs: ['May scooters use bicycle lanes?'],
})
export const oldSpeed = sampleFact({
  id: 'old-speed',
  statement: 'The city caps the speed in bicycle lanes at 20 km/h.',
  supersededBy: [speed.id],
  known: '2025-01-01',
  period: {},
  askedAs: ['How fast was allowed before?'],
})
export const snapshot = sampleSnapshot([{ ...speed, supersedes: [oldSpeed.id] }, scooters, oldSpeed])

/** An engine whose outcome follows from one word, so that these tests are about Discord and not about ranking. */
export const engine: Engine = {
  ask(text, asOf) {
    if (/crash/.test(text)) throw new Error('secret internals')
    if (/speed/.test(text)) return answerWith(snapshot, factsOf(speed), asOf, factsOf(scooters))
    if (/which/.test(text)) return suggestionsOf(snapshot, factsOf(speed, scooters), asOf)
    return { ...abstentionFor(text.trim() === '' ? 'no-question' : 'nothing-near', asOf), question: text }
  },
  updated: () => engine,
}

function factsOf(...facts: Fact[]): Fact[] {
  return facts.map(({ id }) => snapshot.facts.get(id) ?? sampleFact())
}

export interface Running {
  readonly bot: Bot
  readonly store: Store
  /** Lines of the log so far. */
  readonly logged: string[]
  stop(): Promise<void>
}

type Chosen = 'limits' | 'metrics' | 'painter' | 'interactions' | 'shards' | 'shardCount'

interface Starting extends Partial<Pick<BotOptions, Chosen>> {
  /** Opens the store in a folder. */
  readonly opening?: (folder: string) => Promise<Store>
}

/** The bot as it is, logged into a sandbox. */
export async function startBot(
  sandbox: Sandbox,
  known: Snapshot = snapshot,
  answering = engine,
  {
    painter = createPainter(),
    limits = NO_LIMITS,
    metrics = NO_METRICS,
    interactions = 'gateway',
    opening = openStore,
    ...sharding
  }: Starting = {},
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'footnote-bot-'))
  const store = await opening(folder)
  const logged: string[] = []
  const bot = createBot({
    token: sandbox.token,
    api: sandbox.api,
    snapshot: known,
    engine: answering,
    store,
    painter,
    listCommands,
    timeZone: 'UTC',
    now: () => new Date(`${TODAY}T12:00:00Z`),
    elapsed: () => performance.now(),
    metrics,
    limits,
    interactions,
    ...sharding,
    patience: 1_000,
    log: createLog({
      level: 'debug',
      secrets: [sandbox.token],
      destination: { write: (line) => void logged.push(line) },
    }),
  })
  await bot.start()
  return {
    bot,
    store,
    logged,
    async stop() {
      await bot.stop()
      await painter.close()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A sandbox and the bot in it, as long as the tests of one file run. */
export interface Scene {
  sandbox: Sandbox
  running: Running
}

/** Starts the scene for the tests of a file, and holds that Discord would refuse nothing the bot sends in them. */
export function useBot(start = (sandbox: Sandbox) => startBot(sandbox)): Scene {
  const scene = {} as Scene
  beforeAll(async () => {
    scene.sandbox = await startSandbox({ botName: 'Footnote', identifyInterval: 0, ackTimeout: 15_000 })
    scene.running = await start(scene.sandbox)
  })
  beforeEach(() => scene.sandbox.faults.clear())
  afterAll(async () => {
    await scene.running.stop()
    await scene.sandbox.close()
    // An acknowledgement that is sent again, because its success was lost, is refused as it should be.
    expect(scene.sandbox.refusals().filter(({ body }) => body.code !== ALREADY_ACKNOWLEDGED)).toEqual([])
  })
  return scene
}

/** Whether only the person it is for sees a message. */
export function isPrivate({ flags }: { flags?: number | undefined }): boolean {
  return ((flags ?? 0) & EPHEMERAL) !== 0
}

/** All that can be read in a message, in order. */
export function readable(message: Pick<Message, 'components'> | { components?: unknown; content?: string }): string {
  const { content, components } = message as { content?: string; components?: unknown }
  return [content, ...textsOf(components)].filter(Boolean).join('\n')
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value !== 'object' || value === null) return []
  const { content, components } = value as { content?: string; components?: unknown }
  return [...(content ? [content] : []), ...textsOf(components)]
}

/** A message of the bot's with a button that nobody but a forger would make. */
export async function postForged({ sandbox, running }: Scene, customId: string): Promise<PageMessage> {
  const channel = await running.bot.client.channels.fetch(sandbox.ids.channel('policy'))
  if (!channel?.isSendable()) throw new Error('not sendable')
  const button = { type: 2, style: 2, label: 'Forged', custom_id: customId } as const
  await channel.send({ content: 'x', components: [{ type: 1, components: [button] }] })
  const [message] = sandbox.messages('policy').slice(-1)
  if (!message) throw new Error('nothing sent')
  return message
}
