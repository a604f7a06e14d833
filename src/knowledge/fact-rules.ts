import { firstDay, isPartialDate, lastDay } from './days.ts'
import type { Fault } from './fault.ts'
import { type Folder, placesAt, textOf } from './places.ts'
import { relativeDate } from './relative-dates.ts'
import type { YamlFile } from './yaml-file.ts'
import type { Path } from './yaml-tree.ts'

/** Facts that have the right shape but cannot be meant as they stand. */
export function* factFaults({ topics }: Folder): Generator<Fault> {
  for (const { file, path, value } of placesAt(topics, 'facts.*')) {
    yield* periodFaults(file, path, (value as { period?: unknown } | null)?.period)
    yield* statementFaults(file, path, textOf(value, 'statement') ?? '')
    if (textOf(value, 'kind') === 'position' && !Object.hasOwn(value as object, 'speaker')) {
      yield file.faultAt([...path, 'kind'], {
        code: 'missing-speaker',
        message: 'a position needs the one who holds it',
        hint: 'Add a line speaker: <id in entities.yaml>, and name the speaker in the statement.',
      })
    }
  }
}

function* periodFaults(file: YamlFile, path: Path, period: unknown): Generator<Fault> {
  const from = dateOf(period, 'from')
  const until = dateOf(period, 'until')
  if (from === undefined || until === undefined || lastDay(until) >= firstDay(from)) return
  yield file.faultAt([...path, 'period', 'until'], {
    code: 'until-before-from',
    message: `the period ends (${until}) before it begins (${from})`,
    hint: 'Swap or correct the two dates.',
  })
}

/** A statement that is longer is a fault already. */
const READ = 1_000

function* statementFaults(file: YamlFile, path: Path, statement: string): Generator<Fault> {
  const phrase = relativeDate(statement.slice(0, READ).replace(/\s+/g, ' '))
  if (phrase === undefined) return
  const problem = {
    code: 'relative-date',
    message: `"${phrase}" means another day to every reader`,
    hint: 'Write the date itself: "19 September 2025", "in autumn 2025", "in 2024".',
  } as const
  yield file.faultAt([...path, 'statement'], problem, { phrase })
}

function dateOf(period: unknown, key: 'from' | 'until'): string | undefined {
  const value = (period as Record<string, unknown> | null | undefined)?.[key]
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && isPartialDate(text) ? text : undefined
}
