import type { ZodMiniType } from 'zod/mini'
import type { Flaw } from './api-error.ts'

type Path = Array<string | number>

/** Fields that the schemas lack and Discord takes: discord.js puts the first three into the body of every message. */
const TOLERATED = new Set(['tts', 'nonce', 'enforce_nonce', 'nsfw'])

/** As much of a zod issue as is read here. */
interface Issue {
  code: string
  path: PropertyKey[]
  message: string
  input?: unknown
  expected?: string
  maximum?: number | bigint
  minimum?: number | bigint
  origin?: string
  format?: string
  values?: unknown[]
  errors?: Issue[][]
}

/** What Discord's own schema says against a body, unknown keys included, which the schema alone would pass over. */
export function schemaFlaws(schema: ZodMiniType, body: unknown, at: Path = []): Flaw[] {
  const result = schema.safeParse(body, { reportInput: true })
  if (!result.success) return (result.error.issues as Issue[]).flatMap((issue) => flawsOf(issue, at))
  return unknownKeys(body, result.data, at)
}

function flawsOf(issue: Issue, at: Path): Flaw[] {
  const path = [...at, ...(issue.path as Path)]
  if (issue.code === 'invalid_union') return unionFlaws(issue, path)
  return [{ path, ...wording(issue) }]
}

/** Of a union's branches the one that was meant: the one whose `type` fits, or else the one with least against it. */
function unionFlaws(issue: Issue, path: Path): Flaw[] {
  const branches = (issue.errors ?? []).filter((branch) => branch.length > 0)
  const fitting = branches.filter((branch) => !branch.some(({ path }) => path.length === 1 && path[0] === 'type'))
  const [meant] = fitting.sort((a, b) => a.length - b.length)
  if (meant) return meant.flatMap((inner) => flawsOf(inner, path))
  const allowed = branches.flatMap((branch) => branch.find(({ path }) => path[0] === 'type')?.values ?? [])
  const message = `Value of field "type" must be one of (${allowed.join(', ')}).`
  return [{ path: [...path, 'type'], code: 'UNION_TYPE_CHOICES', message }]
}

function wording(issue: Issue): { code: string; message: string } {
  if (issue.code === 'too_big' && issue.origin === 'number')
    return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${issue.maximum}.` }
  if (issue.code === 'too_small' && issue.origin === 'number')
    return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${issue.minimum}.` }
  if (issue.code === 'too_big')
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` }
  if (issue.code === 'too_small')
    return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` }
  if (issue.input === undefined || issue.input === null)
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
  if (issue.code === 'invalid_value')
    return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values?.join(', ')}}.` }
  if (issue.format === 'url') return { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }
  if (issue.code === 'invalid_format')
    return { code: 'BASE_TYPE_BAD_FORMAT', message: `Value "${issue.input}" is not well formed.` }
  return { code: 'BASE_TYPE_INVALID', message: `Only ${issue.expected ?? 'another'} type is allowed here.` }
}

function unknownKeys(given: unknown, known: unknown, at: Path): Flaw[] {
  if (Array.isArray(given) && Array.isArray(known))
    return given.flatMap((item, index) => unknownKeys(item, known[index], [...at, index]))
  if (!isRecord(given) || !isRecord(known)) return []
  return Object.entries(given).flatMap(([key, value]) =>
    key in known || TOLERATED.has(key)
      ? unknownKeys(value, known[key], [...at, key])
      : [{ path: [...at, key], code: 'UNKNOWN_KEY', message: `Discord has no field "${key}" here.` }],
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
