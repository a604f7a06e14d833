import { performance } from 'node:perf_hooks'
import { createEngine } from '../answering/engine.ts'
import { knowledgeOrExit } from './knowledge.ts'
import { readLabelled } from './labelled.ts'

/** How fast the engine is on a knowledge folder: to load, to prepare, for everyday questions and for odd ones. */

const AS_OF = '2025-09-20'
const ROUNDS = 5
const LONGEST = 2000

const started = performance.now()
const snapshot = await knowledgeOrExit(process.argv[2] ?? 'knowledge')
const read = performance.now()
const engine = createEngine(snapshot)
const ready = performance.now()

const everyday = (await readLabelled('tests/answering/labelled')).map(({ q }) => q)
const askedAs = [...snapshot.facts.values()].flatMap((fact) => fact.askedAs)
const fill = (piece: string) => piece.repeat(Math.ceil(LONGEST / piece.length)).slice(0, LONGEST)
const odd = {
  'one letter': 'a',
  emoji: fill('😂🤷'),
  'zero-width': fill('a\u200b'),
  'unknown words': fill('qwyrtz plomf grumbit '),
  misspelt: fill('tehre wsa a naem adn a dtae '),
  'every question at once': fill(askedAs.slice(0, 40).join(' ')),
  'no spaces': fill('x'),
  'quote lines': fill('> hm\n'),
  'question marks': fill('who? when? '),
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
console.log(`facts ${snapshot.facts.size}, askedAs questions ${askedAs.length}`)
console.log(`load ${ms(read - started)}, prepare ${ms(ready - read)}`)
console.log(`everyday questions (${everyday.length}): ${spread(everyday)}`)
for (const [name, text] of Object.entries(odd)) console.log(`${name} (${text.length} characters): ${spread([text])}`)
console.log(`memory ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`)

function spread(texts: readonly string[]): string {
  const times = Array.from({ length: ROUNDS }, () => texts.map(timeOf))
    .flat()
    .sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return `p50 ${ms(at(0.5))}, p99 ${ms(at(0.99))}, longest ${ms(at(1))}`
}

function timeOf(text: string): number {
  const before = performance.now()
  engine.ask(text, AS_OF)
  return performance.now() - before
}
