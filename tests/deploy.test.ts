import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { parseEnv } from '../src/env.ts'
import { createPrometheus } from '../src/monitoring/prometheus.ts'
import { type Monitor, startMonitor } from '../src/monitoring/server.ts'

const read = (file: string) => readFileSync(file, 'utf8')
const variables: string[] = [...(read('.env.example').match(/^[A-Z_]+(?==)/gm) ?? [])]
/** Seconds for what is under way when it stops. */
const PATIENCE = Number(/LAST_PATIENCE = ([\d_]+)/.exec(read('src/discord/client.ts'))?.[1]?.replace('_', '')) / 1000
/** Set, so that what is there may be said to be missing. */
const SECRETS = { DISCORD_TOKEN: 'fake.token.here', DATABASE_URL: 'postgres://footnote:fake@postgres/footnote' }

describe('deploy/compose.yml', () => {
  const { services, volumes } = parse(read('deploy/compose.yml'), { merge: true })
  const ours = ['http', 'gateway-0', 'gateway-1'] as const

  test('starts processes with an environment that Footnote takes', () => {
    for (const name of ours) {
      const { environment } = services[name]
      expect(Object.keys(environment).filter((variable) => !variables.includes(variable))).toEqual([])
      const { DATABASE_URL } = SECRETS
      expect(() => parseEnv({ ...SECRETS, ...environment, DATABASE_URL })).not.toThrow()
    }
    const shards = ours.slice(1).map((name) => services[name].environment)
    expect(shards.map(({ SHARDS }) => SHARDS)).toEqual(['0', '1'])
    expect(new Set(shards.map(({ SHARD_COUNT }) => SHARD_COUNT))).toEqual(new Set([String(shards.length)]))
  })

  test('gives them time to end, and what they need', () => {
    for (const name of ours) {
      expect(Number.parseInt(services[name].stop_grace_period, 10)).toBeGreaterThan(PATIENCE)
      expect(Object.keys(services[name].depends_on)).toEqual(['postgres'])
    }
    const mounted = Object.values<{ volumes?: string[] }>(services).flatMap((service) => service.volumes ?? [])
    const named = mounted.map((mount) => mount.split(':')[0] ?? '').filter((name) => !name.startsWith('.'))
    expect(new Set(named)).toEqual(new Set(Object.keys(volumes)))
  })
})

test('deploy/nginx.conf hands on to a service and port of the compose file', () => {
  const { services } = parse(read('deploy/compose.yml'), { merge: true })
  const [, service = '', port] = /server (\w+):(\d+) resolve/.exec(read('deploy/nginx.conf')) ?? []
  expect(services[service].environment.INTERACTIONS).toBe('http')
  expect(Number(port)).toBe(parseEnv({}).HTTP_PORT)
})

describe('deploy/kubernetes', () => {
  const { resources, configMapGenerator } = parse(read('deploy/kubernetes/kustomization.yaml'))
  const objects = (resources as string[]).flatMap((file) =>
    parseAllDocuments(read(`deploy/kubernetes/${file}`)).map((document) => document.toJS()),
  )
  const [http, gateway] = ['Deployment', 'StatefulSet'].map((kind) => objects.find((one) => one.kind === kind))
  const settings = Object.fromEntries(configMapGenerator[0].literals.map((line: string) => line.split(/=(.*)/s)))
  const pods = [http, gateway].map(({ spec }) => spec.template.spec)
  const containers = pods.map(({ containers: [container] }) => container)
  let monitor: Monitor
  beforeAll(async () => {
    const { registry } = createPrometheus()
    monitor = await startMonitor(
      { host: '127.0.0.1', port: 0 },
      { discord: () => true, database: () => new Promise<boolean>(() => {}) },
      registry,
    )
  })
  afterAll(() => monitor.close())

  test('starts processes with an environment that Footnote takes', () => {
    for (const [index, { env }] of containers.entries()) {
      const own = Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]))
      const all = { ...SECRETS, ...settings, ...own, NODE_ENV: 'production', METRICS_PORT: '9464' }
      expect(Object.keys(all).filter((variable) => !variables.includes(variable))).toEqual([])
      expect(() => parseEnv(all, `footnote-${index}`)).not.toThrow()
    }
    expect(Number(settings.SHARD_COUNT)).toBe(gateway.spec.replicas * Number(settings.SHARDS_EACH))
  })

  test('asks for what is served, and takes nobody out because the database is away', async () => {
    for (const { ports, startupProbe, readinessProbe, livenessProbe } of containers) {
      expect(ports).toContainEqual({ name: 'metrics', containerPort: 9464 })
      for (const { httpGet } of [startupProbe, readinessProbe, livenessProbe]) {
        expect(httpGet.port).toBe('metrics')
        expect((await fetch(`http://127.0.0.1:${monitor.port}${httpGet.path}`)).status).toBe(200)
      }
    }
  })

  test('gives them time to end', () => {
    for (const [index, { terminationGracePeriodSeconds }] of pods.entries()) {
      const pause = containers[index].lifecycle?.preStop.sleep.seconds ?? 0
      expect(terminationGracePeriodSeconds).toBeGreaterThan(pause + PATIENCE)
    }
  })

  test('finds its pods by their labels, and leaves some of them running', () => {
    const labels = [http, gateway].map(({ spec }) => spec.template.metadata.labels)
    for (const { kind, spec } of objects) {
      if (kind === 'Service') expect(labels).toContainEqual(spec.selector)
      if (kind === 'PodDisruptionBudget') expect(labels).toContainEqual(spec.selector.matchLabels)
    }
    const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ spec }) => spec)
    expect(budgets).toMatchObject([{ minAvailable: 2 }, { maxUnavailable: 1 }])
    expect(http.spec.replicas).toBeGreaterThan(2)
  })
})
