import type * as z from 'zod'
import type { Fault, Problem } from './fault.ts'
import type { RuleParams } from './shapes.ts'
import { createDidYouMean } from './similar.ts'
import type { YamlFile } from './yaml-file.ts'
import type { Path } from './yaml-tree.ts'

/** A file's data in its shape, or where it departs from that. */
export function checkShape<T>(file: YamlFile, shape: z.ZodType<T>): { data?: T; faults: Fault[] } {
  // What is broken as YAML has no data, and has told its faults.
  if (file.value === undefined) return { faults: [] }
  const { data, error } = shape.safeParse(file.value, { reportInput: true })
  return error ? { faults: shapeFaults(file, shape, error.issues) } : { data, faults: [] }
}

function shapeFaults(file: YamlFile, shape: z.ZodType, issues: readonly Issue[]): Fault[] {
  return issues.flatMap((issue) => {
    const path = issue.path as Path
    if (issue.code !== 'unrecognized_keys') return file.faultAt(path, problemOf(issue, valueAt(file.value, path)))
    const keys = keysAt(shape, path)
    const meant = createDidYouMean(keys)
    return issue.keys.map((key) => file.faultAt([...path, key], unknownKey(key, meant(key), keys), { key: true }))
  })
}

type Issue = z.core.$ZodIssue

function problemOf(issue: Issue, value: unknown): Problem {
  const name = issue.path.findLast((part) => typeof part === 'string')
  const what = name === undefined ? 'this' : `"${String(name)}"`
  if (issue.code === 'custom') {
    const { code, hint } = issue.params as unknown as RuleParams
    return { code, message: issue.message, hint }
  }
  if (value === undefined) {
    if (name === 'citations') return NO_CITATION
    return { code: 'missing-key', message: `${what} is missing`, hint: `Add a line ${what.replaceAll('"', '')}: …` }
  }
  if (issue.code === 'too_big' && issue.origin === 'string') return tooLong(what, value, Number(issue.maximum))
  if (issue.code === 'too_small' && issue.origin === 'array')
    return name === 'citations' ? NO_CITATION : emptyList(what)
  if (issue.code === 'invalid_value') return unknownValue(what, value, issue.values.map(String))
  const wanted =
    issue.code === 'invalid_type' ? (EXPECTED[issue.expected] ?? issue.expected) : lowerFirst(issue.message)
  return {
    code: 'wrong-type',
    message:
      issue.code === 'invalid_type' ? `${what} should be ${wanted}, not ${described(value)}` : `${what}: ${wanted}`,
    hint: typeHint(issue, value),
  }
}

const NO_CITATION: Problem = {
  code: 'no-citation',
  message: 'a fact needs a citation',
  hint: 'Say where it stands: citations: [{ source: <id in sources.yaml>, paragraph: 3 }]',
}

const EXPECTED: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
}

function tooLong(what: string, value: unknown, maximum: number): Problem {
  const length = String(value).replace(/\s+/g, ' ').trim().length
  return {
    code: 'too-long',
    message: `${what} has ${length} characters; the limit is ${maximum}`,
    hint: 'Say it shorter, or divide it.',
  }
}

function emptyList(what: string): Problem {
  return { code: 'empty-list', message: `${what} is an empty list`, hint: 'Add an entry.' }
}

function unknownValue(what: string, value: unknown, values: readonly string[]): Problem {
  const meant = createDidYouMean(values)(String(value))
  return {
    code: 'unknown-value',
    message: `${what} cannot be ${described(value)}`,
    hint: `${meant ? `Did you mean "${meant}"? ` : ''}It can be ${values.join(', ')}.`,
  }
}

function unknownKey(key: string, meant: string | undefined, keys: readonly string[]): Problem {
  return {
    code: 'unknown-key',
    message: `there is no key "${key}" here`,
    hint: meant ? `Did you mean "${meant}"?` : `The keys here are ${keys.join(', ')}.`,
  }
}

function typeHint(issue: Issue, value: unknown): string {
  const scalar = typeof value === 'number' || typeof value === 'boolean'
  if (issue.code === 'invalid_type' && issue.expected === 'string' && scalar) return `Put it in quotes: "${value}"`
  if (issue.code === 'invalid_type' && issue.expected === 'array')
    return 'Begin each entry with a dash, or use [brackets].'
  return value === null
    ? 'Write a value after the colon, or remove the line.'
    : 'Compare with its neighbours in the file.'
}

function described(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping of keys'
  const shown = String(value)
  return `${typeof value === 'string' ? '' : `the ${typeof value} `}"${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}"`
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<string | number, unknown> | undefined)?.[part], value)
}

/** The keys that a shape has at a path: looked up only when somebody mistyped one. */
function keysAt(shape: z.ZodType, path: Path): string[] {
  let inner = unwrapped(shape)
  for (const part of path) {
    const { def } = inner as unknown as { def: { element?: z.ZodType; shape?: Record<string, z.ZodType> } }
    const next = def.element ?? def.shape?.[part]
    if (!next) return []
    inner = unwrapped(next)
  }
  return Object.keys((inner as unknown as { def: { shape?: object } }).def.shape ?? {})
}

function unwrapped(shape: z.ZodType): z.ZodType {
  const { innerType } = (shape as unknown as { def: { innerType?: z.ZodType } }).def
  return innerType ? unwrapped(innerType) : shape
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
