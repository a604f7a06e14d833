import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../src/cli/load/free-port.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { en } from '../../src/words/en.ts'
import { FERRIES } from '../discord/keeping/scene.ts'
import { useCluster } from '../postgres.ts'
import { openWorkshop, type Program, type Workshop } from '../program.ts'
import { startTraffic, type Traffic } from './traffic.ts'

const REPLICAS = 3
const SHARDS = 2
/** For how many milliseconds the database is away. */
const OUTAGE = 5_000
/** How many interactions are sent between one fault and the next. */
const BETWEEN = 60
const SOON = { timeout: 60_000 }

type Env = Readonly<Record<string, string>>

const scene = useCluster()
const running = new Map<Env, Program>()
const started: Program[] = []
let workshop: Workshop
let sandbox: Sandbox
let url: string
let replicas: Env[]
let shards: Env[]

beforeAll(async () => {
  workshop = openWorkshop()
  for (const [path, text] of Object.entries(FERRIES)) {
    mkdirSync(dirname(join(workshop.folder, 'knowledge', path)), { recursive: true })
    writeFileSync(join(workshop.folder, 'knowledge', path), text)
  }
  url = await scene.cluster.addSchema()
  const ports = await Promise.all(Array.from({ length: REPLICAS }, freePort))
  sandbox = await startSandbox({
    botName: 'Footnote',
    guilds: SHARDS,
    shards: SHARDS,
    identifyInterval: 0,
    interactionsEndpoint: { url: ports.map((port) => `http://127.0.0.1:${port}/`) },
  })
  replicas = ports.map((port) => ({ INTERACTIONS: 'http', HTTP_PORT: String(port) }))
  shards = Array.from({ length: SHARDS }, (_, shard) => ({
    INTERACTIONS: 'none',
    SHARDS: String(shard),
    SHARD_COUNT: String(SHARDS),
  }))
  await Promise.all([...replicas, ...shards].map(start))
}, 120_000)
afterAll(async () => {
  for (const { child } of running.values()) child.kill('SIGTERM')
  await Promise.all([...running.values()].map(({ ended }) => ended))
  workshop.clear()
  await sandbox.close()
}, 60_000)

async function start(env: Env): Promise<void> {
  const program = workshop.run({
    DISCORD_API: sandbox.api,
    DISCORD_TOKEN: sandbox.token,
    DATABASE_URL: url,
    KNOWLEDGE_DIR: join(workshop.folder, 'knowledge'),
    MODERATORS_GUILD_ID: sandbox.ids.guild,
    ...env,
  })
  running.set(env, program)
  started.push(program)
  await program.writes(/ready as/)
}

/** As if its machine had failed, and another one took its place. */
async function replace(env: Env = {}): Promise<{ from: number; until: number }> {
  const from = performance.now()
  const program = running.get(env)
  program?.child.kill('SIGKILL')
  await program?.ended
  await start(env)
  return { from, until: performance.now() }
}

test('of three replicas and two shards one each is killed, then the database is away: all are answered, and what was confirmed is there once', async () => {
  const traffic = startTraffic(sandbox)
  const more = (list: () => number, count: number) => {
    const before = list()
    return expect.poll(list, SOON).toBeGreaterThan(before + count)
  }
  // What takes longer than two and a half seconds is not handed on: the first pictures might, as their threads start.
  const drawn = () => traffic.sent.filter(({ what, answer }) => what === 'timeline' && answer.finished).length
  await more(drawn, REPLICAS * 2)
  await more(() => traffic.sent.length, BETWEEN)
  await replace(replicas[1])
  await more(() => traffic.sent.length, BETWEEN)
  const absence = await replace(shards[1])
  await more(() => traffic.sent.length, BETWEEN)
  await scene.cluster.halt('killed')
  await wait(OUTAGE)
  await scene.cluster.start()
  await more(() => traffic.confirmed.follows.length, 1)
  await more(() => traffic.confirmed.changes.length, 1)
  await traffic.stop()

  // What failed is found in the logs by the reference that people were told.
  const failed = traffic.sent.flatMap(({ answer }) => /reference: (\w+)/.exec(answer.text)?.[1] ?? [])
  const lines = started.flatMap(({ output }) => output().split('\n'))
  expect(failed.flatMap((reference) => lines.filter((line) => line.includes(reference)))).toEqual([])
  expectAnswered(traffic)
  expectHeard(traffic, absence)
  const store = await openStore(join(workshop.folder, 'data'), url)
  await expectOnce(traffic, store).finally(() => store.close())
  const { gaps, follows, complaints, changes } = traffic.confirmed
  console.log(
    `${traffic.sent.length} interactions and ${traffic.mentions.length} mentions; ${gaps.length} gaps, ` +
      `${follows.length} follows, ${complaints.length} complaints and ${changes.length} changes were confirmed`,
  )
  expect(Math.min(gaps.length, follows.length, complaints.length, changes.length)).toBeGreaterThan(2)
}, 600_000)

/** With what was asked for, or a line that says why not. */
function expectAnswered({ sent, refused }: Traffic): void {
  expect(sent.filter(({ answer }) => answer.outcome !== 'answered')).toEqual([])
  const told = (what: string) => sent.filter((one) => one.what === what).map(({ answer }) => answer)
  const lines = [en.busy, en.slow]
  for (const { text } of told('ask')) expect(text).toMatch(RegExp(['at most 30 euros', ...lines].join('|')))
  for (const { text } of told('gap')) expect(text).toMatch(RegExp(['^No recorded fact', ...lines].join('|')))
  const unkept = [en.notRecorded, ...lines]
  for (const { text } of told('follow')) expect(text).toMatch(RegExp(['I will tell you', ...unkept].join('|')))
  const unfinished = told('timeline').filter(({ finished, text }) => finished === undefined && !lines.includes(text))
  expect(unfinished).toEqual([])
  for (const text of refused) expect(text).toMatch(RegExp(unkept.join('|')))
}

/** Mentions are lost with a shard only: nobody hears them, as they are no interactions. */
function expectHeard({ mentions }: Traffic, absence: { from: number; until: number }): void {
  const isExcused = ({ guild, at }: { guild: string; at: number }) =>
    (BigInt(guild) >> 22n) % BigInt(SHARDS) === 1n && at > absence.from - 3_000 && at < absence.until
  const unheard = mentions.filter(({ answer }) => answer.outcome !== 'answered')
  expect(unheard.filter((mention) => !isExcused(mention))).toEqual([])
}

async function expectOnce({ confirmed }: Traffic, store: Store): Promise<void> {
  const kept = {
    gaps: (await store.listGaps(10_000)).map(({ question }) => question),
    follows: (await store.listFollows()).flatMap(({ user }) => user ?? []),
    complaints: (await store.listComplaints(10_000)).map(({ note }) => note),
    changes:
      ((await store.readFiles()).get('topics/ferries.yaml') ?? '').match(/Night boat \d+ costs \d+ euros\./g) ?? [],
  }
  for (const what of ['gaps', 'follows', 'complaints', 'changes'] as const) {
    expect(new Set(kept[what]).size, what).toBe(kept[what].length)
    expect(kept[what], what).toEqual(expect.arrayContaining([...confirmed[what]]))
  }
  const proposals = (await store.listRevisions({ most: 10_000 })).flatMap(({ proposal }) => proposal ?? [])
  expect(new Set(proposals).size).toBe(proposals.length)
  expect(proposals).toHaveLength(kept.changes.length)
  expect(await store.listInterrupted()).toEqual([])
}
