import type { YamlFile } from './yaml-file.ts'
import type { Path } from './yaml-tree.ts'

/** The files of a knowledge folder by their part in it. */
export interface Folder {
  readonly topics: readonly YamlFile[]
  readonly questions: readonly YamlFile[]
  readonly sources: readonly YamlFile[]
  readonly entities: readonly YamlFile[]
  readonly glossary: readonly YamlFile[]
}

/** A value together with where it stands. */
export interface Place<T = string> {
  readonly file: YamlFile
  readonly path: Path
  readonly value: T
}

/**
 * All values that a path leads to, where `*` stands for any list item or key. It looks at the data as written, so that
 * the rules between files also hold in those whose shape is wrong elsewhere.
 */
export function* placesAt(files: readonly YamlFile[], path: string): Generator<Place<unknown>> {
  const parts = path === '' ? [] : path.split('.')
  for (const file of files) yield* within({ file, path: [], value: file.value }, parts)
}

/** The same, texts only. */
export function* textsAt(files: readonly YamlFile[], path: string): Generator<Place> {
  for (const place of placesAt(files, path)) {
    const { value } = place
    if (typeof value === 'string') yield { ...place, value }
  }
}

/** The text under a key of a mapping, if there is one. */
export function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  const inner = (value as Record<string, unknown>)[key]
  return typeof inner === 'string' ? inner : undefined
}

function* within(place: Place<unknown>, [part, ...rest]: readonly string[]): Generator<Place<unknown>> {
  const { file, path, value } = place
  if (part === undefined) {
    yield place
  } else if (Array.isArray(value)) {
    if (part === '*')
      for (const [i, item] of value.entries()) yield* within({ file, path: [...path, i], value: item }, rest)
  } else if (typeof value === 'object' && value !== null) {
    const keys = part === '*' ? Object.keys(value) : [part]
    for (const key of keys) {
      if (!Object.hasOwn(value, key)) continue
      yield* within({ file, path: [...path, key], value: (value as Record<string, unknown>)[key] }, rest)
    }
  }
}
