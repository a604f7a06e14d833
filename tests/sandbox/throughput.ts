/**
 * How many interactions a second the sandbox itself can deliver and take answers for, with a bot in a process of its own
 * that answers at once. By hand: `npx node tests/sandbox/throughput.ts --seconds 10`; with `--rate 500` it sends so many
 * a second, and tells what memory it needs.
 */
import { fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { WebSocket } from 'ws'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'

const { values } = parseArgs({
  options: {
    api: { type: 'string' },
    token: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    /** As many as there is time for, if not said. */
    rate: { type: 'string' },
    /** At most so many at once. */
    atOnce: { type: 'string', default: '50' },
    tokenLifetime: { type: 'string', default: '20000' },
  },
})
if (values.api) answerAtOnce(values.api, values.token ?? '')
else await measure()

/** Answers whatever comes, as fast as a process can without a library. */
function answerAtOnce(api: string, token: string): void {
  // Node takes in one new connection a turn, so that many at once would be measured instead.
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const socket = new WebSocket(api.replace('http', 'ws').replace('/api', '/gateway'))
  const answer = JSON.stringify({ type: 4, data: { content: 'Here you are. '.repeat(20), flags: 64 } })
  socket.on('message', (raw) => {
    const { op, t, d } = JSON.parse(String(raw))
    if (op === 10) socket.send(JSON.stringify({ op: 2, d: { token, intents: 4609, properties: {} } }))
    if (t !== 'INTERACTION_CREATE') return
    request(`${api}/v10/interactions/${d.id}/${d.token}/callback`, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
      .on('response', (response) => response.resume())
      .end(answer)
  })
  socket.on('close', () => process.exit())
}

async function measure(): Promise<void> {
  const sandbox = await startSandbox({ tokenLifetime: Number(values.tokenLifetime) })
  await fetch(`${sandbox.api}/v10/applications/${sandbox.ids.bot}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bot ${sandbox.token}` },
    body: JSON.stringify({ name: 'ask', description: 'x', options: [{ type: 3, name: 'q', description: 'x' }] }),
  })
  const bot = fork(import.meta.filename, ['--api', sandbox.api, '--token', sandbox.token])
  await sandbox.online()
  // Both are slow at first.
  for (let warming = 0; warming < 200; warming++) await send(sandbox)
  const taken: number[] = []
  let unanswered = 0
  const worked = process.cpuUsage()
  const since = performance.now()
  const elapsed = () => performance.now() - since
  const told = setInterval(() => console.log(`${Math.round(elapsed() / 1000)} s`, memory()), 10_000)
  const rate = Number(values.rate ?? Number.POSITIVE_INFINITY)
  let sent = 0
  let waiting = 0
  while (elapsed() < Number(values.seconds) * 1000) {
    for (; waiting < Number(values.atOnce) && sent < (elapsed() / 1000) * rate; sent++, waiting++)
      void send(sandbox).then(({ outcome, milliseconds }) => {
        waiting--
        if (outcome === 'answered') taken.push(milliseconds)
        else unanswered++
      })
    await (rate === Number.POSITIVE_INFINITY ? turn() : wait(1))
  }
  clearInterval(told)
  const seconds = elapsed() / 1000
  const { user, system } = process.cpuUsage(worked)
  taken.sort((a, b) => a - b)
  const quantile = (q: number) => taken[Math.floor(taken.length * q)]?.toFixed(1)
  console.log({
    answeredPerSecond: Math.round(taken.length / seconds),
    unanswered,
    // What it would cost on a core of its own.
    microsecondsEach: Math.round((user + system) / taken.length),
    p50: quantile(0.5),
    p99: quantile(0.99),
    ...memory(),
  })
  bot.kill()
  await sandbox.close()
}

function send(sandbox: Sandbox) {
  return sandbox.crowd.send({ kind: 'command', name: 'ask', options: { q: 'May scooters use bicycle lanes?' } })
}

function memory() {
  const { rss, heapUsed } = process.memoryUsage()
  return { rssMB: Math.round(rss / 2 ** 20), heapMB: Math.round(heapUsed / 2 ** 20) }
}
