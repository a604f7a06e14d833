import type { Flaw } from './api-error.ts'

/** Discord takes few URL schemes, and says which. */
export function urlFlaws(url: string | null | undefined, path: Array<string | number>, schemes: string[]): Flaw[] {
  if (!url) return []
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
  if (schemes.includes(scheme)) return []
  const allowed = schemes.map((each) => `'${each}'`).join(', ')
  return [{ path, code: 'URL_TYPE_INVALID_SCHEME', message: `Scheme "${scheme}" must be one of (${allowed}).` }]
}
