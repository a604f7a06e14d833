import { readFile, writeFile } from 'node:fs/promises'
import { createEngine } from '../answering/engine.ts'
import type { Outcome } from '../answering/outcome.ts'
import { knowledgeOrExit } from './knowledge.ts'
import { type Labelled, readLabelled } from './labelled.ts'

/**
 * How good the answers to the labelled questions are, per kind of question; fails below the recorded floor.
 * `npm run eval -- --record` records today's figures, less a margin, as the floor.
 */

const FLOOR = 'tests/answering/floor.json'
const AS_OF = '2025-09-20'
/** Percentage points that a figure may fall before it counts as worse: a few questions either way. */
const MARGIN = 3

interface Quality {
  readonly questions: number
  /** All in percent. Of questions that facts answer: answered with one of them (all, where all are asked for). */
  readonly right: number
  /** Answered, or offered. */
  readonly withinAClick: number
  /** Answered with none of the facts that answer, without saying first of all that something is not recorded. */
  readonly misleading: number
}

const snapshot = await knowledgeOrExit('knowledge')
const engine = createEngine(snapshot)
const labelled = await readLabelled('tests/answering/labelled')
const judged = labelled.map((item) => ({ item, outcome: engine.ask(item.q, item.asOf ?? AS_OF) }))
const types = [...new Set(labelled.map(({ type }) => type))]
const quality = Object.fromEntries(
  [...types, 'all'].map((type) => [type, qualityOf(judged.filter(({ item }) => type === 'all' || item.type === type))]),
)
console.table(quality)
if (process.argv.includes('--record')) await writeFile(FLOOR, `${JSON.stringify(floorOf(quality), null, 2)}\n`)
else process.exitCode = (await holds(quality)) ? 0 : 1

function qualityOf(some: readonly { item: Labelled; outcome: Outcome }[]): Quality {
  const percent = (test: (one: { item: Labelled; outcome: Outcome }) => boolean) =>
    some.length === 0 ? 0 : Math.round((1000 * some.filter(test).length) / some.length) / 10
  return {
    questions: some.length,
    right: percent(isRight),
    withinAClick: percent((one) => isRight(one) || (one.outcome.kind === 'suggestions' && shows(one) > 0)),
    misleading: percent(misleads),
  }
}

function shows({ item, outcome }: { item: Labelled; outcome: Outcome }): number {
  if (outcome.kind === 'abstention') return 0
  return outcome.facts.filter(({ fact }) => item.facts.includes(fact.id)).length
}

function isRight(one: { item: Labelled; outcome: Outcome }): boolean {
  const { item, outcome } = one
  if (item.facts.length === 0) return outcome.kind !== 'answer'
  return outcome.kind === 'answer' && shows(one) >= (item.all ? item.facts.length : 1)
}

function misleads(one: { item: Labelled; outcome: Outcome }): boolean {
  const { outcome } = one
  return outcome.kind === 'answer' && shows(one) === 0 && outcome.facts[0]?.fact.kind !== 'unknown'
}

function floorOf(quality: Record<string, Quality>): Record<string, Quality> {
  const rounded = (value: number) => Math.round(value * 10) / 10
  return Object.fromEntries(
    Object.entries(quality).map(([type, { questions, right, withinAClick, misleading }]) => [
      type,
      {
        questions,
        right: rounded(Math.max(0, right - MARGIN)),
        withinAClick: rounded(Math.max(0, withinAClick - MARGIN)),
        misleading: rounded(misleading + MARGIN),
      },
    ]),
  )
}

async function holds(quality: Record<string, Quality>): Promise<boolean> {
  const floor: Record<string, Quality> = JSON.parse(await readFile(FLOOR, 'utf8'))
  const worse = Object.entries(floor).flatMap(([type, least]) => {
    const now = quality[type]
    if (!now) return [`${type}: no questions any more`]
    return [
      ...(now.right < least.right ? [`${type}: right ${now.right}% is below ${least.right}%`] : []),
      ...(now.withinAClick < least.withinAClick
        ? [`${type}: within a click ${now.withinAClick}% is below ${least.withinAClick}%`]
        : []),
      ...(now.misleading > least.misleading
        ? [`${type}: misleading ${now.misleading}% is above ${least.misleading}%`]
        : []),
    ]
  })
  for (const line of worse) console.error(line)
  return worse.length === 0
}
