import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { CrowdAnswer, CrowdRequest } from '../../src/sandbox/crowd.ts'
import type { PageMessage } from '../../src/sandbox/protocol.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { shardOf } from '../../src/sandbox/snowflakes.ts'
import { openWorkshop, type Program, type Workshop } from '../program.ts'
import { customIdIn } from './traffic.ts'

const SHARDS = [0, 1, 2, 3]
/** What all shards together are sent in a second. */
const RATE = 50
/** What a shard that is there has not answered yet, at most: a machine that cannot keep up is sent less. */
const MOST_AT_ONCE = 4
/** Sent to each shard, one after the other, before all that. */
const WARMING = 40
/** Sent to a shard that has been told to end, at most, one in a millisecond. */
const LAST = 30
/** Sent between two restarts: some more seconds than Discord wants between logins. */
const BETWEEN = 6 * RATE

const SOURCES = /^sources\|/

interface Sent {
  readonly shard: number
  readonly kind: CrowdRequest['kind']
  readonly at: number
  readonly answer: CrowdAnswer
}

let workshop: Workshop
let sandbox: Sandbox
let questions: string[]
let programs: Program[]
/** Shards whose process has been told to end, until the next one is there. */
const away = new Set<number>()
beforeAll(async () => {
  workshop = openWorkshop()
  const folder = join(workshop.folder, 'knowledge')
  cpSync('knowledge', folder, { recursive: true })
  const loaded = await loadKnowledge(folder, { reservedNames: [] })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  questions = [...loaded.snapshot.facts.values()].flatMap(({ askedAs }) => askedAs)
  sandbox = await startSandbox({ botName: 'Footnote', guilds: SHARDS.length, shards: SHARDS.length, patience: 60_000 })
  programs = SHARDS.map(start)
  await Promise.all(programs.map(({ writes }) => writes(/ready as/)))
}, 120_000)
afterAll(async () => {
  for (const { child } of programs) child.kill('SIGTERM')
  expect(await Promise.all(programs.map(({ ended }) => ended))).toEqual(SHARDS.map(() => 0))
  await sandbox.close()
  workshop.clear()
}, 60_000)

function start(shard: number): Program {
  return workshop.run({
    DISCORD_API: sandbox.api,
    DISCORD_TOKEN: sandbox.token,
    KNOWLEDGE_DIR: join(workshop.folder, 'knowledge'),
    HOSTNAME: `footnote-${shard}`,
    SHARDS: 'hostname',
    SHARD_COUNT: String(SHARDS.length),
  })
}

/** Lets people in many servers send what people send. */
function gatherPeople() {
  const pressable = SHARDS.map((): PageMessage[] => [])
  const servers = SHARDS.map((shard) => Array.from({ length: 20 }, () => sandbox.crowd.guild(shard, SHARDS.length)))
  const joined = SHARDS.map((shard) => sandbox.ids.guilds.find((id) => shardOf(id, SHARDS.length) === shard) ?? '')

  function requestTo(shard: number, round: number): CrowdRequest {
    const question = questions[(round * 7) % questions.length] ?? ''
    const guild = servers[shard]?.[round % 20] ?? ''
    const ask = { kind: 'command', name: 'ask', options: { question }, guild } as const
    const message = pressable[shard]?.pop()
    if (round % 5 === 1) {
      const options = { question: question.slice(0, 12) }
      return { kind: 'autocomplete', name: 'ask', options, focused: 'question', guild }
    }
    if (round % 5 === 2) return { kind: 'mention', content: question, guild: joined[shard] ?? '' }
    if (round % 5 === 3) return message ? { kind: 'button', message, customId: customIdIn(message, SOURCES) } : ask
    return round % 5 === 4 ? { kind: 'menu', name: 'Answer from facts', content: question, guild } : ask
  }

  return async (shard: number, round: number): Promise<Sent> => {
    const request = requestTo(shard, round)
    const at = performance.now()
    const answer = await sandbox.crowd.send(request)
    if (answer.message && customIdIn(answer.message, SOURCES)) pressable[shard]?.push(answer.message)
    return { shard, kind: request.kind, at, answer }
  }
}

/** Sends to all shards in turn, without waiting for what was sent before, until it is ended. */
function startTraffic(people: ReturnType<typeof gatherPeople>) {
  const sent: Promise<Sent>[] = []
  const waiting = SHARDS.map(() => 0)
  let turn = 0
  const send = (shard: number) => {
    const one = people(shard, Math.floor(sent.length / SHARDS.length))
    sent.push(one)
    return one
  }
  const sending = setInterval(() => {
    const shard = turn++ % SHARDS.length
    if (away.has(shard)) return void send(shard)
    if ((waiting[shard] ?? 0) >= MOST_AT_ONCE) return
    waiting[shard] = (waiting[shard] ?? 0) + 1
    void send(shard).finally(() => {
      waiting[shard] = (waiting[shard] ?? 0) - 1
    })
  }, 1000 / RATE)
  return {
    send,
    /** Resolves when so many more have been sent. */
    async sends(count: number) {
      const wanted = sent.length + count
      await vi.waitFor(() => expect(sent.length).toBeGreaterThanOrEqual(wanted), 120_000)
    },
    async end() {
      clearInterval(sending)
      return Promise.all(sent)
    },
  }
}

/** When the process of a shard was told to end, its shard was gone and back, and its next process was ready. */
interface Restart {
  readonly shard: number
  readonly told: number
  readonly gone: number
  readonly back: number
  readonly ready: number
}

async function restart(shard: number, { send }: ReturnType<typeof startTraffic>): Promise<Restart> {
  const { child, ended, output } = programs[shard] as Program
  const told = performance.now()
  let isGone = false
  const gone = sandbox.online(false, shard).then(() => {
    isGone = true
    return performance.now()
  })
  away.add(shard)
  child.kill('SIGTERM')
  // Something is under way when it hears that, when it says goodbye, and when the goodbye is on its way.
  for (let left = LAST; left > 0 && !isGone; left -= 1) {
    void send(shard)
    await wait(1)
  }
  expect(await ended).toBe(0)
  expect(output().match(/^.*("level":[56]0|stopped before all was done).*$/gm)).toBeNull()
  const back = sandbox.online(true, shard).then(() => {
    away.delete(shard)
    return performance.now()
  })
  const next = start(shard)
  programs[shard] = next
  await next.writes(/ready as/)
  expect(next.output()).not.toContain('waits for its turn')
  return { shard, told, gone: await gone, back: await back, ready: performance.now() }
}

const quantile = (sorted: readonly number[], share: number) =>
  Math.round(sorted[Math.ceil((sorted.length - 1) * share)] ?? 0)

test('four processes are restarted one after the other under traffic: whatever one of them heard is answered', async () => {
  const people = gatherPeople()
  // Four processes that are all slow at first are not what this is about.
  for (let round = 0; round < WARMING; round += 1) await Promise.all(SHARDS.map((shard) => people(shard, round)))
  const traffic = startTraffic(people)
  await traffic.sends(BETWEEN)
  const restarts: Restart[] = []
  for (const shard of SHARDS) {
    restarts.push(await restart(shard, traffic))
    await traffic.sends(BETWEEN)
  }
  const sent = await traffic.end()

  const of = (wanted: CrowdAnswer['outcome']) => sent.filter(({ answer }) => answer.outcome === wanted)
  const away = restarts.map(({ gone, back }) => back - gone).toSorted((one, other) => one - other)
  const took = of('answered')
    .map(({ answer }) => answer.milliseconds)
    .toSorted((one, other) => one - other)
  console.log({
    sent: sent.length,
    answered: took.length,
    undelivered: of('undelivered').length,
    'told to come again': sent.filter(({ answer }) => answer.text.includes('again in a minute')).length,
    'answered after ms, p50/p99/max': [0.5, 0.99, 1].map((share) => quantile(took, share)),
    'away for ms, p50/max': [0.5, 1].map((share) => quantile(away, share)),
    'ended and begun ms before, ready ms later': restarts.map(({ told, gone, back, ready }) =>
      [gone - told, ready - back].map(Math.round),
    ),
  })
  expect(of('unanswered')).toEqual([])
  // Undelivered is only what was sent to a shard while it was away.
  const isExplained = ({ shard, at }: Sent) =>
    restarts.some((restart) => restart.shard === shard && at >= restart.told && at <= restart.back)
  expect(of('undelivered').filter((one) => !isExplained(one))).toEqual([])
  for (const { shard, ready } of restarts) {
    expect(sent.filter((one) => one.shard === shard && one.at > ready).length).toBeGreaterThan(50)
  }
  expect(sandbox.gateway.identifies.map(({ isRefused }) => isRefused)).toEqual(Array(SHARDS.length * 2).fill(false))
  expect(sandbox.refusals()).toEqual([])
}, 600_000)
