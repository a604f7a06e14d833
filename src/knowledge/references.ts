import type { Fault, FaultCode, Problem } from './fault.ts'
import { type Folder, type Place, placesAt, textOf, textsAt } from './places.ts'
import { createDidYouMean } from './similar.ts'
import type { YamlFile } from './yaml-file.ts'

/** Ids that lead nowhere, and facts that supersede each other in a circle. */
export function* referenceFaults(folder: Folder): Generator<Fault> {
  const { topics, questions } = folder
  const sources = unknownIn('unknown-source', 'source', folder.sources, textsAt(folder.sources, '*.id'))
  // Without the file, that it is missing says it all.
  if (folder.sources.length > 0) yield* sources(textsAt(topics, 'facts.*.citations.*.source'))

  const entities = unknownIn('unknown-entity', 'entity', folder.entities, textsAt(folder.entities, '*.id'))
  for (const path of ['entities.*', 'speaker', 'quote.speaker', 'measure.of']) {
    yield* entities(textsAt(topics, `facts.*.${path}`))
  }

  const facts = unknownIn('unknown-fact', 'fact', topics, textsAt(topics, 'facts.*.id'))
  yield* entities(textsAt(folder.entities, '*.body'))
  yield* facts(textsAt(topics, 'facts.*.supersedes.*'))
  yield* facts(textsAt(topics, 'facts.*.contrasts.*'))
  if (topics.length > 0) yield* facts(keysAt(questions), { key: true })
  yield* circleFaults(topics)
}

/** Each key of the files' mappings, as a place. */
function* keysAt(files: readonly YamlFile[]): Generator<Place> {
  for (const { file, path } of placesAt(files, '*')) {
    if (typeof path[0] === 'string') yield { file, path, value: path[0] }
  }
}

function unknownIn(code: FaultCode, what: string, files: readonly YamlFile[], ids: Iterable<Place>) {
  const known = new Set<string>()
  for (const { value } of ids) known.add(value)
  const meant = createDidYouMean(known)
  // Of a file that is broken itself, every word may be the id: else one slip would bring a fault for each use.
  const faulty = files.filter((file) => file.value === undefined)
  const perhaps = new Set(faulty.flatMap((file) => file.text.match(/[\p{L}\p{N}_-]+/gu) ?? []))
  const unread = faulty.some((file) => file.text === '')
  return function* (uses: Iterable<Place>, focus?: { key: true }): Generator<Fault> {
    for (const { file, path, value } of uses) {
      if (known.has(value) || perhaps.has(value) || unread) continue
      const guess = meant(value)
      const hint = guess ? `Did you mean "${guess}"?` : `Add the ${what}, or correct the id.`
      yield file.faultAt(path, { code, message: `there is no ${what} "${value}"`, hint }, focus)
    }
  }
}

function* circleFaults(topics: readonly YamlFile[]): Generator<Fault> {
  const replaced = new Map<string, Place[]>()
  for (const place of textsAt(topics, 'facts.*.supersedes.*')) {
    const [, index] = place.path
    const id = textOf((place.file.value as { facts: unknown[] }).facts[Number(index)], 'id') ?? ''
    replaced.set(id, [...(replaced.get(id) ?? []), place])
  }
  // The facts on the way from the first one, in order, and those behind which everything has been looked at.
  const trail = new Set<string>()
  const done = new Set<string>()
  // Steps to come instead of recursion, as a chain may have thousands of facts: to go to one, or (its bare id) to leave it.
  const steps: (Place | string)[] = [...textsAt(topics, 'facts.*.id')].reverse()
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (typeof step === 'string') {
      trail.delete(step)
      done.add(step)
    } else if (trail.has(step.value)) {
      yield step.file.faultAt(step.path, circular(step.value, [...trail]))
    } else if (!done.has(step.value)) {
      trail.add(step.value)
      steps.push(step.value, ...(replaced.get(step.value) ?? []).toReversed())
    }
  }
}

function circular(id: string, trail: readonly string[]): Problem {
  return {
    code: 'circular-supersession',
    message: `facts supersede each other in a circle: ${[...trail.slice(trail.indexOf(id)), id].join(' → ')}`,
    hint: 'The newer fact supersedes the older one: remove the entry that points from old to new.',
  }
}
