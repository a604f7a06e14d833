import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { createEngine, type Engine } from '../answering/engine.ts'
import { ENGINES } from './bench/engines.ts'
import { type Measured, quantile } from './bench/measure.ts'
import { measureStart } from './bench/start.ts'
import { knowledgeOrExit } from './knowledge.ts'
import { readLabelled } from './labelled.ts'

/**
 * How fast the engine is, beside others, on knowledge of several sizes; then on the shipped knowledge, and how fast the
 * bot starts. Each engine is measured in a process of its own. Takes some ten minutes; with `--sizes 50,1000` one.
 */

const AS_OF = '2025-09-20'
/** An engine that is slower than this at one size (ms a question) is not asked at ten times that size. */
const TOO_SLOW = 500
const LONGEST = 2000
const ROUNDS = 3

interface Row extends Partial<Measured> {
  readonly facts: number
  readonly questions: number
  readonly engine: string
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '50,1000,10000,100000' },
    questions: { type: 'string', default: '5,20' },
    engines: { type: 'string', default: Object.keys(ENGINES).join(',') },
    json: { type: 'string', default: 'bench.json' },
  },
})
const numbers = (list: string) => list.split(',').map(Number)
const rows: Row[] = []
for (const questions of numbers(values.questions)) {
  const slow = new Set<string>()
  for (const facts of numbers(values.sizes)) {
    const some = values.engines.split(',').map((engine): Row => {
      const measured = slow.has(engine) ? {} : inOwnProcess(engine, facts, questions)
      if (measured.p50 === undefined || measured.p50 > TOO_SLOW) slow.add(engine)
      return { facts, questions, engine, ...measured }
    })
    console.log(`\n${facts} facts, ${questions} questions a fact`)
    console.table(Object.fromEntries(some.map((row) => [row.engine, inShort(row)])))
    rows.push(...some)
  }
}
const shipped = await onShipped()
const start = await measureStart()
console.log(`\nstart to ready ${start.ready.toFixed(2)} s, ${start.rss?.toFixed(0) ?? '?'} MB resident`)
await writeFile(values.json, `${JSON.stringify({ rows, shipped, start }, null, 2)}\n`)

function inOwnProcess(engine: string, facts: number, questions: number): Partial<Measured> {
  const script = new URL('./bench/child.ts', import.meta.url).pathname
  const flags = ['--expose-gc', '--max-old-space-size=8192', '--disable-warning=ExperimentalWarning']
  const { stdout, status } = spawnSync(process.execPath, [...flags, script, engine, `${facts}`, `${questions}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return status === 0 ? JSON.parse(stdout) : {}
}

function inShort({ build, p50, p99, heap, total, right1, right3, replace }: Row) {
  if (p50 === undefined) return { 'p50 ms': 'too slow' }
  return {
    'p50 ms': digits(p50),
    'p99 ms': digits(p99),
    'build ms': digits(build),
    'heap MB': digits(heap),
    'with knowledge': digits(total),
    'R@1 %': digits(right1),
    'R@3 %': digits(right3),
    ...(replace === undefined ? {} : { 'replace one ms': digits(replace) }),
  }
}

function digits(value = 0): number {
  return Number(value.toPrecision(3))
}

/** On the shipped knowledge: everyday questions and odd texts, p50, p99 and the longest in ms. */
async function onShipped() {
  const started = performance.now()
  const snapshot = await knowledgeOrExit('knowledge')
  const read = performance.now()
  const engine = createEngine(snapshot)
  const ready = performance.now()
  console.log(`\nShipped knowledge: load ${digits(read - started)} ms, prepare ${digits(ready - read)} ms`)
  const everyday = (await readLabelled('tests/answering/labelled')).map(({ q }) => q)
  const askedAs = [...snapshot.facts.values()].flatMap((fact) => fact.askedAs)
  const fill = (piece: string) => piece.repeat(Math.ceil(LONGEST / piece.length)).slice(0, LONGEST)
  const texts: Record<string, readonly string[]> = {
    'everyday questions': everyday,
    'one letter': ['a'],
    emoji: [fill('😂🤷')],
    'zero-width': [fill('a\u200b')],
    'unknown words': [fill('qwyrtz plomf grumbit ')],
    misspelt: [fill('tehre wsa a naem adn a dtae ')],
    'every question at once': [fill(askedAs.slice(0, 40).join(' '))],
    'no spaces': [fill('x')],
    'quote lines': [fill('> hm\n')],
    'question marks': [fill('who? when? ')],
    'full of dates': [fill('last June, 1 October, next week, ')],
  }
  const times = Object.fromEntries(Object.entries(texts).map(([name, list]) => [name, spread(list, engine)]))
  console.table(times)
  return { load: read - started, prepare: ready - read, times }
}

function spread(texts: readonly string[], engine: Engine) {
  const times = Array.from({ length: ROUNDS }, () => texts.map((text) => timeOf(text, engine)))
    .flat()
    .sort((a, b) => a - b)
  return {
    'p50 ms': digits(quantile(times, 0.5)),
    'p99 ms': digits(quantile(times, 0.99)),
    'longest ms': digits(times.at(-1)),
  }
}

function timeOf(text: string, engine: Engine): number {
  const before = performance.now()
  engine.ask(text, AS_OF)
  return performance.now() - before
}
