import type { RESTOptions, ResponseLike } from 'discord.js'
import { beforeEach, expect, test, vi } from 'vitest'
import { createTransport } from '../../src/discord/transport.ts'
import { NO_METRICS } from '../../src/monitoring/metrics.ts'

const CALLBACK = 'http://discord.test/api/v10/interactions/1100000000000000001/secret/callback'
const EDIT = 'http://discord.test/api/v10/webhooks/1/secret/messages/@original'
const SEND = 'http://discord.test/api/v10/channels/1/messages'
const BOT = { authorization: 'Bot fake' }

let time: number
let age: number
let sent: string[]
let pauses: number[]
let answers: (number | 'cut')[]
let counts: { failed: number[]; retried: number; acknowledged: number[] }
let request: (url: string, headers?: object) => Promise<ResponseLike>
beforeEach(() => {
  time = 0
  age = 0
  sent = []
  pauses = []
  answers = []
  counts = { failed: [], retried: 0, acknowledged: [] }
  const transport = createTransport({
    lateAfter: 2_900,
    age: () => age + time,
    elapsed: () => time,
    metrics: {
      ...NO_METRICS,
      restFailed: (status) => void counts.failed.push(status),
      restRetried() {
        counts.retried += 1
      },
      acknowledged: (seconds) => void counts.acknowledged.push(seconds),
    },
    async send(url) {
      sent.push(url)
      const answer = answers.shift() ?? 200
      if (answer === 'cut') throw new Error('cut')
      return { status: answer, text: async () => '' } as ResponseLike
    },
    async wait(milliseconds) {
      pauses.push(milliseconds)
      time += milliseconds
    },
  })
  request = (url, headers = {}) => transport(url, { headers } as Parameters<RESTOptions['makeRequest']>[1])
})

const failing = (count: number, answer: number | 'cut' = 502) => {
  answers = Array(count).fill(answer)
}

test('what succeeds is sent once, and a response tells its age', async () => {
  age = 250
  expect((await request(CALLBACK)).status).toBe(200)
  expect(sent).toHaveLength(1)
  expect(counts).toEqual({ failed: [], retried: 0, acknowledged: [0.25] })
})

test.each([502, 'cut'] as const)('after %s it is sent again, with pauses that grow and differ', async (answer) => {
  failing(5, answer)
  expect((await request(SEND)).status).toBe(200)
  expect(sent).toHaveLength(6)
  expect(counts.retried).toBe(5)
  expect(counts.failed).toEqual(Array(5).fill(answer === 'cut' ? 0 : 502))
  pauses.forEach((pause, tries) => {
    expect(pause).toBeGreaterThanOrEqual(25 * 2 ** tries)
    expect(pause).toBeLessThan(50 * 2 ** tries)
  })
})

test.each([400, 401, 403, 404, 429])('%i is for discord.js to deal with', async (status) => {
  failing(1, status)
  expect((await request(SEND)).status).toBe(status)
  expect(sent).toHaveLength(1)
})

test.each([
  ['a first response', CALLBACK, 2_900],
  ['a further one', EDIT, 120_000],
  ['a message', SEND, 30_000],
])('%s is given up when nobody waits for it any more', async (_, url, patience) => {
  failing(1_000)
  expect((await request(url)).status).toBe(502)
  expect(time).toBeLessThanOrEqual(patience)
  expect(time).toBeGreaterThan(patience / 3)
  failing(1_000, 'cut')
  await expect(request(url)).rejects.toThrow('cut')
})

test('a first response has less time the older its interaction is, but is always tried', async () => {
  age = 10_000
  failing(1_000)
  await request(CALLBACK)
  expect(sent.length).toBeGreaterThan(1)
  expect(time).toBeLessThanOrEqual(300)
})

test('requests with the bot’s token keep to Discord’s limit, and interactions do not wait for them', async () => {
  const own = Array.from({ length: 50 }, () => request(SEND, BOT))
  await Promise.all(Array.from({ length: 100 }, () => request(EDIT)))
  expect(sent.filter((url) => url === EDIT)).toHaveLength(100)
  expect(sent.filter((url) => url === SEND)).toHaveLength(45)
  await vi.waitFor(() => expect(sent.filter((url) => url === SEND)).toHaveLength(50), 5_000)
  await Promise.all(own)
})
