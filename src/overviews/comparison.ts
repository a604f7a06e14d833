import type { Day } from '../knowledge/days.ts'
import type { Entity, Fact, Measure, Snapshot } from '../knowledge/snapshot.ts'
import { type Standing, standingOf } from '../knowledge/status.ts'
import { measuresOf, titleOf } from './figures.ts'

export interface Known {
  readonly fact: Fact
  readonly standing: Standing
}

/** One thing told of both; a side of which nothing is on record is empty. */
export interface Row {
  readonly title: string
  readonly sides: readonly [readonly Known[], readonly Known[]]
}

/** Two entities side by side. */
export interface Comparison {
  readonly entities: readonly [Entity, Entity]
  /** What is measured of either. */
  readonly figures: readonly Row[]
  /** Points on which both have said something. */
  readonly points: readonly Row[]
  readonly both: readonly Fact[]
  readonly only: readonly [readonly Fact[], readonly Fact[]]
}

/** Two entities, as known on the as-of date: their figures, what they say of the same points, and the facts about them. */
export function compareEntities(one: Entity, other: Entity, snapshot: Snapshot, asOf: Day): Comparison {
  const known = [...snapshot.facts.values()].flatMap((fact): Known[] => {
    const standing = standingOf(snapshot, fact, asOf)
    return ['not-yet', 'superseded'].includes(standing.status) ? [] : [{ fact, standing }]
  })
  const figures = measuresOf(snapshot).flatMap(({ name, unit }): Row[] => {
    const of = ({ id }: Entity) =>
      known.filter(({ fact: { measure } }) => measure?.of === id && isOf(measure, name, unit))
    const sides = [of(one), of(other)] as const
    return sides.every((side) => side.length === 0) ? [] : [{ title: titleOf({ name }), sides }]
  })
  const speaks = ({ id }: Entity, { fact }: Known) => {
    const speaker = fact.speaker === undefined ? undefined : snapshot.entities.get(fact.speaker)
    return speaker?.id === id || speaker?.body === id
  }
  const points = known
    .filter((said) => speaks(one, said))
    .flatMap((said): Row[] => {
      const answers = known.filter((answer) => said.fact.contrasts.includes(answer.fact.id) && speaks(other, answer))
      return answers.length === 0 ? [] : [{ title: '', sides: [[said], answers] }]
    })
  const shown = new Set([...figures, ...points].flatMap(({ sides }) => sides.flat().map(({ fact }) => fact)))
  const about = ({ id }: Entity, { fact }: Known) => fact.entities.includes(id) || fact.speaker === id
  const left = known.filter(({ fact }) => !shown.has(fact) && fact.kind !== 'unknown')
  const facts = (wanted: (one: Known) => boolean) => left.filter(wanted).map(({ fact }) => fact)
  return {
    entities: [one, other],
    figures,
    points,
    both: facts((fact) => about(one, fact) && about(other, fact)),
    only: [
      facts((fact) => about(one, fact) && !about(other, fact)),
      facts((fact) => about(other, fact) && !about(one, fact)),
    ],
  }
}

function isOf(measure: Measure, name: string, unit: string): boolean {
  return measure.name === name && measure.unit === unit
}
