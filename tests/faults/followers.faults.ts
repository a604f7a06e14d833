import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shiftDay } from '../../src/knowledge/days.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { openStore } from '../../src/store/store.ts'
import { en } from '../../src/words/en.ts'
import { readable } from '../discord/harness.ts'
import { FIRST_DAY, LIFE } from './boats.ts'
import { drawsFrom } from './draws.ts'

const DAYS = 60

let data: string
let sandbox: Sandbox
let child: ChildProcess | undefined
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'footnote-followers-'))
  sandbox = await startSandbox({ botName: 'Footnote', identifyInterval: 0 })
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await sandbox.close()
  rmSync(data, { recursive: true })
})

/** Starts it, lets it run for a while, and kills it; the days that it has told of, and whether it came to the end. */
async function runFor(milliseconds: number, first: number): Promise<{ told: number[]; isDone: boolean }> {
  const args = ['tests/faults/teller.ts', data, sandbox.api, sandbox.token, String(first), String(DAYS)]
  const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  let output = ''
  let kill: NodeJS.Timeout | undefined
  const ended = new Promise<void>((resolve) => started.once('close', () => resolve()))
  started.stdout.on('data', (text) => {
    output += text
    if (output.includes('ready')) kill ??= setTimeout(() => started.kill('SIGKILL'), milliseconds)
  })
  await ended
  clearTimeout(kill)
  const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n')
  expect(lines).toContain('ready')
  const told = lines.flatMap((line) => (line.startsWith('told ') ? [Number(line.slice(5))] : []))
  return { told, isDone: lines.includes('done') }
}

test(`killed at any moment of ${DAYS} days of news and reminders: nothing is told twice or left out`, async () => {
  const draw = drawsFrom(20_250_101)
  const store = await openStore(data)
  const place = sandbox.ids.channel('policy')
  await store.follow({
    place,
    topic: 'boats',
    guild: sandbox.ids.guild,
    locale: 'en-US',
    since: '2024-12-31',
    told: '{}',
  })
  await store.close()
  sandbox.faults.delay = 1
  let kills = 0
  let longest = 150
  for (let next = 0, isDone = false; !isDone; ) {
    const run = await runFor(5 + draw() * longest, next)
    next = Math.max(next, ...run.told.map((day) => day + 1))
    isDone = run.isDone
    // On a slow machine it would be killed before it has told anything, again and again.
    if (run.told.length < 3) longest = Math.min(longest * 1.5, 3_000)
    if (!isDone) kills += 1
  }

  const messages = sandbox.messages('policy').map(readable)
  const news = messages.filter((text) => text.includes('New on record'))
  const names = Array.from({ length: DAYS }, (_, day) => `Boat ${String(day).padStart(3, '0')}`)
  expect(news.flatMap((text) => text.match(/Boat \d{3}/g) ?? [])).toEqual(names)
  const reminders = messages.flatMap((text) => text.match(/In \d days?: ends on [^*]+/g) ?? [])
  const due = Array.from({ length: DAYS }, (_, today) =>
    [7, 3, 1].flatMap((left) => {
      const born = today + left - LIFE
      return born < 0
        ? []
        : [`In ${left} day${left === 1 ? '' : 's'}: ends on ${en.date(shiftDay(FIRST_DAY, today + left))}`]
    }),
  ).flat()
  expect(reminders.toSorted()).toEqual(due.toSorted())
  console.log(`${DAYS} days with ${messages.length} messages, killed ${kills} times`)
  expect(kills).toBeGreaterThan(4)
}, 1_200_000)
