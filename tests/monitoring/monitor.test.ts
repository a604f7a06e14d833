import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPrometheus } from '../../src/monitoring/prometheus.ts'
import { type Health, type Monitor, startMonitor } from '../../src/monitoring/server.ts'

const { metrics, registry } = createPrometheus()
const state = { discord: true, database: true }
const health: Health = { discord: () => state.discord, database: async () => state.database }
let monitor: Monitor
beforeEach(async () => {
  Object.assign(state, { discord: true, database: true })
  monitor = await startMonitor({ host: '127.0.0.1', port: 0 }, health, registry)
})
afterEach(() => monitor.close())

const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${monitor.port}${path}`, { method })

test('health is 200 while all is well, and 503 with what is not', async () => {
  expect((await get('/healthz')).status).toBe(200)
  state.discord = false
  const ill = await get('/healthz')
  expect(ill.status).toBe(503)
  expect(await ill.json()).toEqual({ discord: false, database: true })
  expect((await get('/healthz/discord')).status).toBe(503)
  // Whoever restarts what does nothing any more should not restart this.
  expect((await get('/livez')).status).toBe(200)
  expect((await get('/healthz/database')).status).toBe(200)
})

test('all that is counted is told in Prometheus’ words, with what Node tells of itself', async () => {
  metrics.answered('answer', 0.002)
  metrics.handled('command', 'done', 0.01)
  metrics.acknowledged(0.2)
  metrics.restFailed(502)
  metrics.gateway(3, true)
  metrics.reloaded(2)
  metrics.storeFailed('full')
  metrics.queue('pictures', () => 7)
  const text = await (await get('/metrics')).text()
  for (const line of [
    'footnote_questions_total{outcome="answer"} 1',
    'footnote_answer_seconds_bucket{le="0.005"} 1',
    'footnote_handled_total{type="command",fate="done"} 1',
    'footnote_acknowledgement_age_seconds_bucket{le="0.1"} 0',
    'footnote_acknowledgement_age_seconds_bucket{le="0.25"} 1',
    'footnote_rest_errors_total{status="502"} 1',
    'footnote_gateway_up{shard="3"} 1',
    'footnote_reloads_total{result="faulty"} 1',
    'footnote_knowledge_faults 2',
    'footnote_store_failures_total{reason="full"} 1',
    'footnote_queue_length{queue="pictures"} 7',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m)
})

test.each([
  ['fails', () => Promise.reject(new Error('away'))],
  ['hangs', () => new Promise<number>(() => {})],
])('a queue whose length cannot be told, as that %s, is left out of the metrics', async (_, length) => {
  metrics.queue('pictures', () => 7)
  await get('/metrics')
  metrics.queue('pictures', length)
  metrics.storeFailed('unreachable')
  const text = await (await get('/metrics')).text()
  expect(text).toContain('footnote_store_failures_total{reason="unreachable"}')
  expect(text).not.toContain('queue="pictures"')
})

test('whoever asks for one part does not wait for another', async () => {
  await monitor.close()
  const hung = { ...health, database: () => new Promise<boolean>(() => {}) }
  monitor = await startMonitor({ host: '127.0.0.1', port: 0 }, hung, registry)
  const answer = await get('/healthz/discord')
  expect([answer.status, await answer.json()]).toEqual([200, { discord: true }])
})

test.each([
  ['/', 'GET', 404],
  ['/metrics', 'POST', 405],
  ['/healthz?x=%', 'GET', 200],
  ['/livez', 'GET', 200],
  ['//', 'GET', 404],
  ['/healthz/nothing', 'GET', 404],
  ['/healthz/toString', 'GET', 404],
])('%s by %s gets %i', async (path, method, status) => {
  expect((await get(path, method)).status).toBe(status)
})

test('a port that is taken is told by the name of its variable', async () => {
  const second = startMonitor({ host: '127.0.0.1', port: monitor.port }, health, registry)
  await expect(second).rejects.toThrow(/^METRICS_PORT \d+ cannot be opened on 127\.0\.0\.1 \(EADDRINUSE\)/)
})
