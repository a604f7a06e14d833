import { type Day, lastDay, shiftDay } from './days.ts'
import type { EntitiesData, FactData, GlossaryData, QuestionsData, SourcesData, TopicData } from './shapes.ts'
import type { Citation, Fact, Snapshot, Source, Topic } from './snapshot.ts'

const REVIEW_AFTER_DAYS = 90

/** What the files of a folder hold, once nothing is wrong with any of it. */
export interface KnowledgeData {
  readonly topics: readonly TopicData[]
  readonly questions: readonly QuestionsData[]
  readonly sources: SourcesData
  readonly entities: EntitiesData
  readonly glossary: GlossaryData
}

/** Builds the snapshot: fills in defaults and the other direction of what points one way in the files. */
export function assemble(data: KnowledgeData): Snapshot {
  const sources = new Map(data.sources.map((source) => [source.id, source]))
  const askedAs = askedAsById(data.questions)
  const supersededBy = supersededById(data.topics)
  const contrasts = contrastsById(data.topics)
  const topics = new Map<string, Topic>()
  const facts = new Map<string, Fact>()
  for (const { topic: name, title, description, facts: list } of data.topics) {
    const own = list.map((fact): Fact => {
      const citations = fact.citations.map(citationOf)
      return {
        ...fact,
        topic: name,
        citations,
        known: knownOf(fact, citations, sources),
        ...(fact.known === undefined ? {} : { stated: fact.known }),
        reviewBy: fact.reviewBy ?? shiftDay(fact.verified, REVIEW_AFTER_DAYS),
        supersededBy: supersededBy.get(fact.id) ?? [],
        contrasts: contrasts.get(fact.id) ?? [],
        askedAs: askedAs.get(fact.id) ?? [],
      }
    })
    topics.set(name, { name, title, description, facts: own })
    for (const fact of own) facts.set(fact.id, fact)
  }
  const entities = new Map((data.entities ?? []).map((entity) => [entity.id, entity]))
  const glossary = data.glossary ?? []
  for (const part of [...topics.values(), ...sources.values(), ...entities.values(), glossary]) freeze(part)
  return Object.freeze({ topics, facts, sources, entities, glossary })
}

function citationOf({ source, paragraph = [] }: FactData['citations'][number]): Citation {
  return { source, paragraphs: [paragraph].flat() }
}

/**
 * The day it was known: the stated one, else an event's own day, else the earliest of its sources. Of a month or a year
 * it is the last day: that it was known any earlier is not sure, and nothing may be told as of a day before it was.
 */
function knownOf(fact: FactData, citations: readonly Citation[], sources: ReadonlyMap<string, Source>): Day {
  if (fact.known !== undefined) return lastDay(fact.known)
  const eventDate = fact.period.from ?? fact.period.until
  if (fact.kind === 'event' && eventDate !== undefined) return lastDay(eventDate)
  const days = citations.flatMap(({ source }) => sources.get(source)?.date ?? []).map(lastDay)
  return days.sort()[0] ?? fact.verified
}

function askedAsById(files: readonly QuestionsData[]): Map<string, string[]> {
  const byId = new Map<string, string[]>()
  for (const [id, questions] of files.flatMap((file) => Object.entries(file ?? {}))) {
    byId.set(id, [...(byId.get(id) ?? []), ...questions])
  }
  return byId
}

function supersededById(topics: readonly TopicData[]): Map<string, string[]> {
  const byId = new Map<string, Set<string>>()
  for (const { id: newer, supersedes } of topics.flatMap(({ facts }) => facts)) {
    for (const older of supersedes) byId.set(older, (byId.get(older) ?? new Set()).add(newer))
  }
  return new Map([...byId].map(([older, newer]) => [older, [...newer]]))
}

/** A contrast holds both ways, so it is enough to say it once. */
function contrastsById(topics: readonly TopicData[]): Map<string, string[]> {
  const byId = new Map<string, Set<string>>()
  const add = (one: string, other: string) => byId.set(one, (byId.get(one) ?? new Set()).add(other))
  for (const { id, contrasts } of topics.flatMap(({ facts }) => facts)) {
    for (const other of contrasts.filter((one) => one !== id)) {
      add(id, other)
      add(other, id)
    }
  }
  return new Map([...byId].map(([id, others]) => [id, [...others]]))
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}
