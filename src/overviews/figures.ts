import type { Day } from '../knowledge/days.ts'
import type { Fact, Measure, Snapshot } from '../knowledge/snapshot.ts'
import { type Standing, standingOf } from '../knowledge/status.ts'
import { takenUp } from './taken-up.ts'

/** Figures that can be compared: of one name and one unit. */
export interface Figures {
  readonly name: string
  readonly unit: string
  readonly series: readonly Series[]
}

export interface Series {
  /** Name of the entity whose figures they are; empty where none is named. */
  readonly of: string
  readonly steps: readonly Step[]
}

/** A figure and the days for which it is told. Between two steps nothing is known. */
export interface Step {
  readonly fact: Fact
  readonly standing: Standing
  readonly measure: Measure
  readonly from: Day
  /** Missing where no end is stated. */
  readonly until?: Day
}

/** The name by which figures are asked for; their unit too where one name has several. */
export interface MeasureName {
  readonly name: string
  readonly unit: string
  /** How many facts tell such a figure. */
  readonly count: number
}

/** What is measured in the knowledge: what most facts tell of first. */
export function measuresOf({ facts }: Pick<Snapshot, 'facts'>): MeasureName[] {
  const names = new Map<string, MeasureName>()
  for (const { measure } of facts.values()) {
    if (!measure) continue
    const key = JSON.stringify([measure.name, measure.unit])
    const count = (names.get(key)?.count ?? 0) + 1
    names.set(key, { name: measure.name, unit: measure.unit, count })
  }
  return [...names.values()].sort((one, other) => other.count - one.count || one.name.localeCompare(other.name))
}

/** Figures over time, as known on the as-of date: a series for each entity, each in order. */
export function figuresOf(snapshot: Snapshot, { name, unit }: Omit<MeasureName, 'count'>, asOf: Day): Figures {
  const steps = [...snapshot.facts.values()].flatMap((fact) => {
    const { measure } = fact
    if (measure?.name !== name || measure.unit !== unit) return []
    const standing = standingOf(snapshot, fact, asOf)
    return standing.status === 'not-yet' ? [] : [{ fact, standing, measure, ...takenUp(fact, standing) }]
  })
  const series = Map.groupBy(steps, ({ measure }) => measure.of)
  return {
    name,
    unit,
    series: [...series]
      .map(([of, own]) => ({
        of: of === undefined ? '' : (snapshot.entities.get(of)?.name ?? of),
        steps: own.sort((one, other) => one.from.localeCompare(other.from)),
      }))
      .sort((one, other) => (one.steps[0]?.from ?? '').localeCompare(other.steps[0]?.from ?? '')),
  }
}

/** As people read it: names in the files are often words joined by hyphens. */
export function titleOf({ name }: Pick<MeasureName, 'name'>): string {
  return name.replaceAll('-', ' ')
}
