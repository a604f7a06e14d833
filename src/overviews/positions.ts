import type { Day } from '../knowledge/days.ts'
import type { Entity, Fact, Snapshot } from '../knowledge/snapshot.ts'
import { type Standing, standingOf } from '../knowledge/status.ts'

/** Something said, and by whom. */
export interface Said {
  readonly fact: Fact
  readonly standing: Standing
  readonly speaker: Entity
}

/** What is said on one point, and what others say of it. */
export interface Contest {
  readonly one: Said
  readonly others: readonly Said[]
}

/** All that one speaker says. */
export interface Voice {
  readonly speaker: Entity
  readonly said: readonly Said[]
}

/** The speakers of one body, who stand together; a speaker of none stands alone. */
export interface Bench {
  readonly body?: Entity
  readonly voices: readonly Voice[]
}

export interface Positions {
  readonly contests: readonly Contest[]
  readonly benches: readonly Bench[]
}

export interface Whose {
  readonly topic?: string
  /** A speaker, or a body: then all of its people. */
  readonly who?: string
}

/** Who says what, as known on the as-of date: contested points first, then everybody by body and speaker. */
export function positionsOf(snapshot: Snapshot, asOf: Day, { topic, who }: Whose = {}): Positions {
  const all = [...snapshot.facts.values()].flatMap((fact) => saidBy(fact, snapshot, asOf) ?? [])
  const byId = new Map(all.map((said) => [said.fact.id, said]))
  const isMeant = ({ fact, speaker }: Said) =>
    (topic === undefined || fact.topic === topic) && (who === undefined || speaker.id === who || speaker.body === who)
  const meant = all.filter(isMeant)
  const told = new Set<string>()
  const contests = meant.flatMap((one): Contest[] => {
    if (told.has(one.fact.id)) return []
    const others = one.fact.contrasts.flatMap((id) => (told.has(id) ? [] : (byId.get(id) ?? [])))
    if (others.length === 0) return []
    for (const { fact } of [one, ...others]) told.add(fact.id)
    return [{ one, others }]
  })
  return {
    contests,
    benches: benchesOf(
      meant.filter(({ fact }) => !told.has(fact.id)),
      snapshot,
    ),
  }
}

/** Who says anything, and the bodies that they belong to. */
export function speakersOf(snapshot: Snapshot): Entity[] {
  const speakers = [...snapshot.facts.values()].flatMap((fact) => speakerOf(fact, snapshot) ?? [])
  const bodies = speakers.flatMap(({ body }) => (body === undefined ? [] : (snapshot.entities.get(body) ?? [])))
  return [...new Set([...speakers, ...bodies])]
}

function benchesOf(said: readonly Said[], { entities }: Snapshot): Bench[] {
  const voices = [...Map.groupBy(said, ({ speaker }) => speaker)].map(([speaker, own]) => ({ speaker, said: own }))
  // A body speaks for itself too, and then stands with its people.
  const benches = Map.groupBy(voices, ({ speaker }) => speaker.body ?? speaker.id)
  return [...benches].map(([id, together]) => {
    const body = entities.get(id)
    const isBench = body !== undefined && together.some(({ speaker }) => speaker.id !== id)
    return { ...(isBench ? { body } : {}), voices: together }
  })
}

function saidBy(fact: Fact, snapshot: Snapshot, asOf: Day): Said | undefined {
  const speaker = speakerOf(fact, snapshot)
  const standing = standingOf(snapshot, fact, asOf)
  return speaker && standing.status !== 'not-yet' ? { fact, standing, speaker } : undefined
}

function speakerOf({ kind, speaker }: Fact, { entities }: Snapshot): Entity | undefined {
  return (kind === 'position' || kind === 'estimate') && speaker !== undefined ? entities.get(speaker) : undefined
}
