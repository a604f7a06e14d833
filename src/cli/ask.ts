import { createReadStream, existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createEngine, type Engine } from '../answering/engine.ts'
import type { Explanation, Outcome } from '../answering/outcome.ts'
import { parseEnv } from '../env.ts'
import { type Day, dayIn, isDay } from '../knowledge/days.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'
import { visible } from '../render/escape.ts'
import { renderText } from '../render/text.ts'
import { knowledgeOrExit } from './knowledge.ts'

const USAGE = `usage: npm run ask -- "question" [--as-of YYYY-MM-DD] [--json] [--explain] [--knowledge DIR]
       npm run ask -- --batch FILE [--knowledge DIR]      one JSON object a line: {"id", "question", "as_of"?}; - is standard input`

enableCompileCache()
// A reader that has seen enough (| head) goes away: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await run(process.argv.slice(2))

async function run(args: string[]): Promise<number> {
  const options = parse(args)
  if ('mistake' in options) return complain(`${options.mistake}\n${USAGE}`)
  const snapshot = await knowledgeOrExit(options.knowledge)
  const engine = createEngine(snapshot)
  if (options.batch !== undefined) return batch(options.batch, options.asOf, engine, snapshot)
  const outcome = engine.ask(options.question, options.asOf)
  if (options.json)
    console.log(
      JSON.stringify({ ...toLine(outcome, snapshot), ...(options.explain ? { why: outcome.why } : {}) }, null, 2),
    )
  else
    console.log(
      [renderText(outcome, snapshot), ...(options.explain ? ['', explanationText(outcome.why)] : [])].join('\n'),
    )
  return 0
}

function parse(args: string[]) {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const { TIME_ZONE, KNOWLEDGE_DIR } = process.env
    const settings = parseEnv({ TIME_ZONE, KNOWLEDGE_DIR })
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'as-of': { type: 'string' },
        json: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
        knowledge: { type: 'string', default: settings.KNOWLEDGE_DIR },
        batch: { type: 'string' },
      },
    })
    const asOf = values['as-of'] ?? dayIn(settings.TIME_ZONE, new Date())
    if (!isDay(asOf)) return { mistake: `--as-of wants a day that exists, such as 2025-09-20; it was “${asOf}”.` }
    if (values.batch === undefined && positionals.length === 0) return { mistake: 'There is no question.' }
    return { ...values, asOf, question: positionals.join(' ') }
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) }
  }
}

function complain(text: string): number {
  console.error(text)
  return 1
}

/** Answers a file of questions, a line each, in order; a line that cannot be read gets an error and the rest go on. */
async function batch(file: string, asOf: Day, engine: Engine, snapshot: Snapshot): Promise<number> {
  const input = file === '-' ? process.stdin : createReadStream(file)
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim()) process.stdout.write(`${JSON.stringify(answerLine(line, asOf, engine, snapshot))}\n`)
    }
    return 0
  } catch (error) {
    return complain(`Cannot read ${file}: ${error instanceof Error ? error.message : error}`)
  }
}

function answerLine(line: string, today: Day, engine: Engine, snapshot: Snapshot) {
  let id: unknown
  try {
    const item: unknown = JSON.parse(line)
    if (typeof item !== 'object' || item === null) return { error: 'The line is not a JSON object.' }
    id = 'id' in item ? item.id : undefined
    if (!('question' in item) || typeof item.question !== 'string')
      return { id, error: 'The line has no text "question".' }
    const asOf = 'as_of' in item ? (item.as_of ?? today) : today
    if (typeof asOf !== 'string' || !isDay(asOf))
      return { id, error: '"as_of" wants a day that exists, such as 2025-09-20.' }
    return { id, ...toLine(engine.ask(item.question, asOf), snapshot) }
  } catch (error) {
    return { id, error: error instanceof SyntaxError ? 'The line is not JSON.' : 'The question could not be answered.' }
  }
}

function toLine(outcome: Outcome, snapshot: Snapshot) {
  const facts = outcome.kind === 'abstention' ? [] : outcome.facts
  return {
    kind: outcome.kind,
    text: renderText(outcome, snapshot),
    facts: facts.map(({ fact, standing }) => ({
      id: fact.id,
      kind: fact.kind,
      status: standing.status,
      citations: fact.citations.map(({ source, paragraphs }) => ({
        source,
        ...(paragraphs.length > 0 ? { paragraph: paragraphs } : {}),
      })),
    })),
  }
}

function explanationText({ decision, words, repaired, entities, candidates }: Explanation): string {
  const list = (label: string, items: readonly string[]) =>
    items.length > 0 ? [`  ${label}: ${items.map(visible).join(', ')}`] : []
  return [
    `Why: ${visible(decision)}`,
    ...list('words', words),
    ...list('mended', repaired),
    ...list('names', entities),
    ...candidates.flatMap(({ id, score, matched, missing }) => [
      `  ${score.toFixed(2).padStart(6)}  ${id}`,
      ...list('        has', matched),
      ...list('        lacks', missing),
    ]),
  ].join('\n')
}
