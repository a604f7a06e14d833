import type { Measure } from '../knowledge/snapshot.ts'
import type { Words } from './languages.ts'

/** `at most 30%`, `about 170,000,000 users`: the unit is the file's. */
export function measureInWords({ bound, value, unit }: Measure, words: Words): string {
  return `${words.bounds[bound]}${words.number(value)}${unit === '%' ? '' : ' '}${unit}`
}
