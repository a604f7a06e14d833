import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startSandbox } from '../sandbox/sandbox.ts'
import { en } from '../words/en.ts'
import { quantile } from './bench/measure.ts'
import { knowledgeOrExit } from './knowledge.ts'
import { type BotProcess, startBotProcess, type Usage } from './load/bot-process.ts'
import { freePort } from './load/free-port.ts'
import { createMix, type Sent } from './load/mix.ts'

/**
 * How many interactions the bot bears, on a sandbox in this process: each phase is so many a second for so many seconds,
 * such as `500x60`. What is sent does not wait for what was sent before. `npm run load -- 500x60 5000x15 100x10`
 *
 * With `--replicas 4`, they are delivered over HTTP to so many processes in turn, which share a database: the empty one of
 * PostgreSQL's that `--database postgres://…` names, or else a file.
 */

/** Milliseconds between looks at the clock. */
const TICK = 10
/** Nobody is to be hurt by a slip of the keys. */
const FASTEST = 20_000
const LONGEST = 3_600
const MOST_REPLICAS = 32
/** Seconds between looks at memory. */
const LOOK = 10

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    knowledge: { type: 'string', default: 'knowledge' },
    replicas: { type: 'string' },
    database: { type: 'string', default: '' },
  },
})
const phases = (positionals.length > 0 ? positionals : ['500x60']).map(phaseOf)
const snapshot = await knowledgeOrExit(values.knowledge)
const replicas = replicasIn(values.replicas)
const ports = await Promise.all(Array.from({ length: replicas }, freePort))
const sandbox = await startSandbox({
  botName: 'Footnote',
  keep: 1_000,
  ...(replicas > 0 ? { interactionsEndpoint: { url: ports.map((port) => `http://127.0.0.1:${port}/`) } } : {}),
})
const data = await mkdtemp(join(tmpdir(), 'footnote-load-'))
const env = {
  DISCORD_API: sandbox.api,
  DISCORD_TOKEN: sandbox.token,
  KNOWLEDGE_DIR: values.knowledge,
  DATA_DIR: data,
  // Nothing of what .env may say: an empty one counts as not set.
  ...{ DATABASE_URL: values.database, MODERATORS_GUILD_ID: '', INTERACTIONS: '', SHARDS: '', SHARD_COUNT: '' },
}
const bots: BotProcess[] = []
try {
  // One after the other, since the first one makes the key and the tables.
  if (replicas === 0) bots.push(await startBotProcess(env))
  for (const port of ports) bots.push(await startBotProcess({ ...env, INTERACTIONS: 'http', HTTP_PORT: String(port) }))
  const send = createMix(sandbox, snapshot)
  for (const phase of phases) console.table([await run(phase, send, bots)])
} finally {
  const codes = await Promise.all(bots.map((bot) => bot.stop()))
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1
  await sandbox.close()
  await rm(data, { recursive: true, force: true })
}

interface Phase {
  readonly rate: number
  readonly seconds: number
}

function phaseOf(text: string): Phase {
  const [, rate = 0, seconds = 0] = (/^(\d+)x(\d+)$/.exec(text) ?? []).map(Number)
  if (rate < 1 || rate > FASTEST || seconds < 1 || seconds > LONGEST) {
    console.error(`${text} should be so many a second for so many seconds, at most ${FASTEST}x${LONGEST}.`)
    process.exit(1)
  }
  return { rate, seconds }
}

function replicasIn(text = '0'): number {
  const replicas = Number(text)
  if (Number.isInteger(replicas) && replicas >= 0 && replicas <= MOST_REPLICAS) return replicas
  console.error(`--replicas should be a number up to ${MOST_REPLICAS}, not ${text}.`)
  process.exit(1)
}

/** What all of them use together. */
async function usageOf(bots: readonly BotProcess[]): Promise<Usage> {
  const all = await Promise.all(bots.map((bot) => bot.usage()))
  const sum = (part: keyof Usage) => all.reduce((total, usage) => total + usage[part], 0)
  return { rss: sum('rss'), heap: sum('heap'), cpu: sum('cpu') }
}

async function run({ rate, seconds }: Phase, send: () => Promise<Sent>, bots: readonly BotProcess[]) {
  const usage = () => usageOf(bots)
  const ownBefore = process.cpuUsage()
  const answers: Sent[] = []
  const memory: [number, number][] = []
  const pending = new Set<Promise<unknown>>()
  const before = await usage()
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  let sent = 0
  let looked = 0
  while (elapsed() < seconds) {
    for (const due = Math.min(elapsed(), seconds) * rate; sent < due; sent += 1) {
      const one = send().then((answer) => void answers.push(answer))
      pending.add(one)
      void one.finally(() => pending.delete(one))
    }
    if (elapsed() - looked >= LOOK) {
      looked = elapsed()
      memory.push([looked, (await usage()).rss])
    }
    await wait(TICK)
  }
  const lasted = elapsed()
  await Promise.allSettled(pending)
  const after = await usage()
  const own = process.cpuUsage(ownBefore)
  const times = answers.map(({ answer }) => answer.milliseconds).sort((one, other) => one - other)
  const shed = answers.filter(({ answer }) => answer.text === en.busy).length
  const ms = (share: number) => Number(quantile(times, share).toFixed(1))
  return {
    phase: `${rate}x${seconds}`,
    sent,
    'a second': Math.round(sent / lasted),
    unanswered: answers.filter(({ answer }) => answer.outcome !== 'answered').length,
    shed,
    'p50 ms': ms(0.5),
    'p99 ms': ms(0.99),
    'max ms': ms(1),
    'cpu %': Math.round(((after.cpu - before.cpu) / elapsed()) * 100),
    'cpu ms each': Number((((after.cpu - before.cpu) / sent) * 1000).toFixed(2)),
    // What the local Discord takes, and whoever sends.
    'cpu % here': Math.round((own.user + own.system) / elapsed() / 10_000),
    'rss MB': Math.round(after.rss),
    'heap MB': Math.round(after.heap),
    // Of the second half: until then, caches fill and code is compiled.
    'MB a minute': Number((slope(memory.slice(memory.length / 2)) * 60).toFixed(2)),
  }
}

/** By how much the second number grows with the first, by least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))]
  const over = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0)
  const under = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0)
  return under === 0 ? 0 : over / under
}
