import { createHash } from 'node:crypto'
import { type Day, daysBetween } from '../knowledge/days.ts'
import type { Fact, Snapshot } from '../knowledge/snapshot.ts'
import { aheadOf } from './timeline.ts'

/** What followers of a topic have been told of: of each fact, what it said, and by what name to speak of it once it is gone. */
export type Told = Readonly<Record<string, readonly [digest: string, name: string]>>

export interface NewsItem {
  readonly what: 'added' | 'altered' | 'replaced' | 'withdrawn'
  readonly fact: string
  readonly name: string
}

/** Days before a deadline or planned event on which followers are reminded of it. */
const STAGES = [1, 3, 7] as const

export interface Reminder {
  readonly what: 'ends' | 'planned'
  readonly fact: string
  readonly name: string
  readonly date: Day
  /** 7, 3 or 1; each is told once, also when its day itself was missed. */
  readonly stage: number
}

/** What there is to tell of a topic on a day: a fact that is not known yet is no news before it is. */
export function toldOf(snapshot: Snapshot, topic: string, today: Day): Told {
  const facts = snapshot.topics.get(topic)?.facts.filter(({ known }) => known <= today) ?? []
  return Object.fromEntries(
    facts.map((fact) => [fact.id, [digestOf(fact, snapshot, today), fact.askedAs[0] ?? fact.statement]]),
  )
}

/** What has become of a topic since it was told of; that somebody looked and found it still holds is no news. */
export function newsBetween(told: Told, now: Told): NewsItem[] {
  const came = Object.entries(now).flatMap(([fact, [digest, name]]): NewsItem[] => {
    const before = told[fact]?.[0]
    if (before === digest) return []
    const isReplaced = digest.endsWith(REPLACED) && !before?.endsWith(REPLACED)
    return [{ what: before === undefined ? 'added' : isReplaced ? 'replaced' : 'altered', fact, name }]
  })
  const went = Object.entries(told).flatMap(([fact, [, name]]): NewsItem[] =>
    now[fact] ? [] : [{ what: 'withdrawn', fact, name }],
  )
  return [...came, ...went]
}

/** What followers of a topic are to be reminded of on a day; what they found when they came is not told again. */
export function remindersOn(snapshot: Snapshot, topic: string, today: Day, since: Day): Reminder[] {
  return aheadOf(snapshot, today, topic).flatMap(({ fact, what, date, isUnderWay }): Reminder[] => {
    // Of a month or a year nobody can say when it is three days off.
    if (what === 'begins' || date.length !== 10 || isUnderWay) return []
    const stage = stageOf(today, date)
    if (stage === undefined || (since < today && stageOf(since, date) === stage)) return []
    return [{ what, fact: fact.id, name: fact.askedAs[0] ?? fact.statement, date, stage }]
  })
}

function stageOf(today: Day, date: Day): number | undefined {
  const left = daysBetween(today, date)
  return left < 1 ? undefined : STAGES.find((stage) => left <= stage)
}

const REPLACED = '!'

/** Kept in the database: what goes into it may not change, or everything would be news once. */
function digestOf(fact: Fact, { facts }: Snapshot, today: Day): string {
  const { statement, kind, period, speaker, quote, measure, citations, supersededBy } = fact
  const said = JSON.stringify([statement, kind, period, speaker, quote, measure, citations])
  const digest = createHash('sha256').update(said).digest('base64url').slice(0, 12)
  const isReplaced = supersededBy.some((id) => (facts.get(id)?.known ?? '9') <= today)
  return digest + (isReplaced ? REPLACED : '')
}
