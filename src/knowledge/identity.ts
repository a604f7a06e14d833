import type { Fault, Problem } from './fault.ts'
import { type Folder, type Place, placesAt, textsAt } from './places.ts'
import { nameKey, questionKey, skeleton } from './similar.ts'

/** Things that have to be told apart but cannot: ids, aliases, and questions under one fact. */
export function* identityFaults(folder: Folder): Generator<Fault> {
  yield* idFaults(textsAt(folder.topics, 'facts.*.id'))
  yield* idFaults(textsAt(folder.sources, '*.id'))
  yield* idFaults(textsAt(folder.entities, '*.id'))
  yield* aliasFaults(folder)
  yield* questionFaults(folder)
}

function* idFaults(ids: Iterable<Place>): Generator<Fault> {
  const first = new Map<string, Place>()
  for (const place of ids) {
    const key = skeleton(place.value)
    const other = first.get(key)
    if (!other) first.set(key, place)
    else
      yield place.file.faultAt(place.path, place.value === other.value ? duplicateId(other) : lookalikeId(place, other))
  }
}

function duplicateId(other: Place): Problem {
  return {
    code: 'duplicate-id',
    message: `the id "${other.value}" is taken (${whereIs(other)})`,
    hint: 'Give this one another id; an id that has been in use stays with its owner.',
  }
}

function lookalikeId(place: Place, other: Place): Problem {
  return {
    code: 'lookalike-id',
    message: `the id "${place.value}" looks like "${other.value}" (${whereIs(other)})`,
    hint: 'Choose an id that nobody takes for the other one: case, hyphens, l and 1, o and 0 do not count.',
  }
}

function* aliasFaults({ entities }: Folder): Generator<Fault> {
  const owners = new Map<string, Place>()
  for (const { file, path, value: entity } of placesAt(entities, '*')) {
    const own = { ...file, value: entity }
    for (const pattern of ['name', 'aliases.*']) {
      for (const name of textsAt([own], pattern)) {
        const place = { file, path: [...path, ...name.path], value: name.value }
        const owner = owners.get(nameKey(name.value))
        if (!owner) owners.set(nameKey(name.value), place)
        else if (owner.path[0] !== path[0]) yield file.faultAt(place.path, sharedAlias(place, owner))
      }
    }
  }
}

function sharedAlias(place: Place, owner: Place): Problem {
  return {
    code: 'shared-alias',
    message: `"${place.value}" already names another entity (${whereIs(owner)})`,
    hint: 'Leave the name to the one that people mean by it.',
  }
}

function* questionFaults({ questions }: Folder): Generator<Fault> {
  // The same question under two facts is fine: it asks for both.
  for (const lists of Map.groupBy(placesAt(questions, '*'), ({ path }) => path[0]).values()) {
    const first = new Map<string, Place>()
    for (const { file, path, value: list } of lists) {
      for (const [index, value] of (Array.isArray(list) ? list : []).entries()) {
        if (typeof value !== 'string') continue
        const key = questionKey(value)
        const place = { file, path: [...path, index], value }
        const other = first.get(key)
        if (!other) first.set(key, place)
        else yield file.faultAt(place.path, duplicateQuestion(place, other))
      }
    }
  }
}

function duplicateQuestion(place: Place, other: Place): Problem {
  return {
    code: 'duplicate-question',
    message: `"${place.path[0]}" has this question already (${whereIs(other)})`,
    hint: 'Remove one of the two: case and punctuation make no difference.',
  }
}

function whereIs({ file, path }: Place): string {
  return `${file.path}:${file.lineOf(path)}`
}
