import type { Snapshot } from '../knowledge/snapshot.ts'

/** What a snapshot holds, in numbers. */
export function contents({ topics, facts, sources, entities }: Snapshot): string {
  const all = [...facts.values()]
  const unknown = all.filter(({ kind }) => kind === 'unknown').length
  const questions = all.reduce((sum, { askedAs }) => sum + askedAs.length, 0)
  return [
    counted(topics.size, 'topic'),
    `${counted(facts.size, 'fact')} (${unknown} of them unknown)`,
    counted(questions, 'question'),
    counted(sources.size, 'source'),
    counted(entities.size, 'entity', 'entities'),
  ].join(', ')
}

/** A number with its noun. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
