import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../package.json' with { type: 'json' }
import { LIMITS } from '../src/discord/limits.ts'
import { parseEnv } from '../src/env.ts'
import { BUILT_IN_NAMES } from '../src/knowledge/reserved-names.ts'
import { MAX_BYTES } from '../src/knowledge/yaml-file.ts'
import { createPrometheus } from '../src/monitoring/prometheus.ts'

interface Panel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly datasource?: { readonly uid: string }
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[]
}

const read = (file: string) => readFileSync(file, 'utf8')
const doc = read('docs/operating.md')
const dashboard = JSON.parse(read('docs/grafana.json'))
const panels = dashboard.panels as Panel[]
const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
const metrics = await createPrometheus().registry.getMetricsAsJSON()
/** Every name under which Prometheus knows something of ours. */
const known = metrics.flatMap(({ name, type }) =>
  String(type) === 'histogram' ? [name, ...['bucket', 'sum', 'count'].map((end) => `${name}_${end}`)] : [name],
)
const own = metrics.map(({ name }) => name).filter((name) => name.startsWith('footnote_'))
const named = (text: string) => [...new Set(text.match(/\b(?:footnote|nodejs|process)_[a-z0-9_]+/g))]

/** The first code block of a language. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(doc)?.[1] ?? ''
}

/** The cells of the table with this head, row by row. */
function table(head: string): string[][] {
  const rows = doc.split(`| ${head} |`)[1]?.split('\n\n')[0]?.split('\n').slice(2) ?? []
  return rows.filter(Boolean).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const unticked = (cell = '') => cell.replaceAll('`', '')

describe('docs/operating.md', () => {
  test('names metrics that there are, and every one of ours with what it counts', () => {
    expect(named(doc).filter((name) => !known.includes(name))).toEqual([])
    const told = table('metric | what it counts').map(([name]) => unticked(name))
    expect(told).toEqual(expect.arrayContaining(own))
  })

  test('tells every value of the labels that have few', () => {
    const values = (file: string, type: RegExp) =>
      [...(type.exec(read(file))?.[1]?.matchAll(/'([\w-]+)'/g) ?? [])].map(([, value]) => value)
    expect(table('fate | what became of it').map(([fate]) => fate)).toEqual(
      values('src/monitoring/metrics.ts', /export type Fate =((?:\n {2}.*)+)/),
    )
    const row = (name: string) => table('metric | what it counts').find(([cell]) => unticked(cell) === name)?.[1]
    for (const reason of values('src/store/failure.ts', /export type FailureReason = (.+)/)) {
      expect(row('footnote_store_failures_total')).toContain(reason)
    }
    for (const type of values('src/discord/intake.ts', /readonly type: (.+)/)) {
      expect(row('footnote_handled_total')).toContain(type)
    }
    const queues = globSync('src/**/*.ts').flatMap((file) =>
      [...read(file).matchAll(/metrics\.queue\('([\w ]+)'/g)].map(([, queue]) => queue),
    )
    expect(queues.length).toBeGreaterThan(1)
    for (const queue of queues) expect(row('footnote_queue_length')).toContain(queue)
  })

  test('explains every variable, with the default that it has', () => {
    const rows = table('variable | default | what it does').map(([name, value]) => [unticked(name), value] as const)
    const variables = read('.env.example').match(/^[A-Z_]+(?==)/gm) ?? []
    expect(rows.map(([name]) => name).sort()).toEqual([...variables].sort())
    for (const [name, value] of Object.entries(parseEnv({}))) {
      expect(rows.find(([each]) => each === name)?.[1], name).toBe(String(value))
    }
  })

  test('starts what “npm start” starts, and gives it time to end', () => {
    const unit = Object.fromEntries([...block('ini').matchAll(/^(\w+)=(.*)$/gm)].map(([, key, value]) => [key, value]))
    expect(unit.ExecStart).toBe(`${unit.WorkingDirectory}/node_modules/.bin/${packageJson.scripts.start}`)
    const [, patience = ''] = /LAST_PATIENCE = ([\d_]+)/.exec(read('src/discord/client.ts')) ?? []
    expect(Number(unit.TimeoutStopSec) * 1000).toBeGreaterThan(Number(patience.replace('_', '')))
    expect(unit).toMatchObject({
      Restart: 'on-failure',
      KillSignal: 'SIGTERM',
      NoNewPrivileges: 'yes',
      ProtectSystem: 'strict',
    })
  })

  test('has rules for alerts that Prometheus can read, with a name each', () => {
    const { groups } = parse(block('yaml'))
    const rules = groups[0].rules as { alert: string; expr: string }[]
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
    for (const { alert, expr } of rules) {
      expect(alert).toMatch(/^Footnote[A-Z]\w+$/)
      expect(isBalanced(expr), expr).toBe(true)
    }
  })

  test('tells the limits that there are', () => {
    const limits = doc.split('## Its limits')[1]?.split('\n## ')[0]?.replaceAll(',', '') ?? ''
    const { seconds, person, server, personTyping, serverTyping } = LIMITS
    expect(limits).toContain(`${person} things in ${seconds} seconds one server ${server}`)
    expect(limits).toContain(`${personTyping} and ${serverTyping}`)
    expect(limits).toContain(`${MAX_BYTES} bytes`)
    expect(limits).toContain(`${BUILT_IN_NAMES.length} are built in`)
    const [, most = ''] = /MOST_AT_ONCE = ([\d_]+)/.exec(read('src/discord/intake.ts')) ?? []
    expect(limits).toContain(`${most.replace('_', '')} things may be under way`)
  })
})

describe('docs/grafana.json', () => {
  test('shows metrics that there are, and every one of ours', () => {
    expect(named(expressions.join('\n')).filter((name) => !known.includes(name))).toEqual([])
    const shown = named(expressions.join('\n')).map((name) => name.replace(/_(bucket|sum|count)$/, ''))
    expect(own.filter((name) => !shown.includes(name))).toEqual([])
  })

  test('asks for labels that the metrics have', async () => {
    const labels = new Map(
      [
        ...read('src/monitoring/prometheus.ts').matchAll(
          /(?:counter|histogram|gauge)\('(\w+)', '[^']+'((?:, '\w+')*)\)/g,
        ),
      ].map(
        ([, name, list = '']) =>
          [String(`footnote_${name}`), [...list.matchAll(/'(\w+)'/g)].map(([, label]) => label)] as const,
      ),
    )
    labels.set('footnote_queue_length', ['queue'])
    for (const expr of expressions) {
      const metric = named(expr)[0]?.replace(/_bucket$/, '') ?? ''
      const by = /by \(([^)]+)\)/.exec(expr)?.[1]?.split(', ') ?? []
      const asked = by.filter((label) => label !== 'le' && label !== 'instance')
      if (metric.startsWith('footnote_')) expect(labels.get(metric), expr).toEqual(expect.arrayContaining(asked))
      expect(isBalanced(expr), expr).toBe(true)
    }
  })

  test('can be imported: one source of data to choose, panels with numbers of their own that lie beside each other', () => {
    const [source] = dashboard.templating.list
    expect(source).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' })
    for (const { type, datasource, targets = [] } of panels) {
      if (type === 'row') continue
      const uids = [datasource, ...targets.map((target) => target.datasource)].map((each) => each?.uid)
      expect(new Set(uids)).toEqual(new Set([`\${${source.name}}`]))
      expect(targets).not.toEqual([])
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length)
    const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    )
    expect(new Set(places).size).toBe(places.length)
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true)
  })
})

/** Whether every bracket that is opened is closed, and in the right order. */
function isBalanced(text: string): boolean {
  const open: string[] = []
  for (const letter of text.replace(/"[^"]*"/g, '')) {
    if ('([{'.includes(letter)) open.push(letter)
    if (')]}'.includes(letter) && open.pop() !== '([{'[')]}'.indexOf(letter)]) return false
  }
  return open.length === 0
}
