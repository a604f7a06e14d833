import { statSync } from 'node:fs'
import { type Env, parseEnv } from '../../env.ts'
import { UserError } from '../../errors.ts'
import { dayIn } from '../../knowledge/days.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

const NODE = 26
const MEBIBYTE = 2 ** 20
/** What it has taken at most while many asked and pictures were drawn, see docs/operating.md. */
const MEMORY = 400 * MEBIBYTE

export type Variables = Readonly<Record<string, string | undefined>>

/** The environment without what is wrong in it, so that everything else can be looked at too. */
export function readEnvironment(variables: Variables, hostname: string): { env: Env; findings: Finding[] } {
  const findings: Finding[] = []
  const rest = { ...variables }
  for (;;) {
    try {
      const env = parseEnv(rest, hostname)
      return { env, findings: findings.length > 0 ? findings : [ok('Every variable of the environment can be read')] }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const lines = error.message.split('\n')
      findings.push(...lines.map((line) => problem(line, 'Correct it in .env; .env.example explains each variable.')))
      const names = lines.map((line) => line.split(' ')[0] ?? '')
      // What is missing cannot be left out: then that which asks for it is.
      for (const name of names) delete rest[rest[name] ? name : 'NODE_ENV']
    }
  }
}

/** Whether others on this machine can read the file that holds the token. */
export function envFileFindings(file: string): Finding[] {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode
  if (mode === undefined || (mode & 0o077) === 0 || process.platform === 'win32') return []
  return [warning(`${file} can be read by others on this machine`, `Run “chmod 600 ${file}”: it holds the token.`)]
}

export function nodeFindings(version: string): Finding[] {
  if (Number.parseInt(version, 10) >= NODE) return [ok(`Node ${version}`)]
  return [
    problem(
      `This is Node ${version}; Footnote needs ${NODE}`,
      'Run “npm ci”, and start through npm: it brings its Node.',
    ),
  ]
}

export function timeZoneFindings({ TIME_ZONE: zone }: Env, now: Date): Finding[] {
  return [ok(`Today is ${dayIn(zone, now)} in the time zone ${zone} (TIME_ZONE)`)]
}

/** `available` is what a program that starts now can have, limits of its container included. */
export function memoryFindings(available: number): Finding[] {
  const what = `${Math.round(available / MEBIBYTE)} MiB of memory are free`
  if (available >= MEMORY) return [ok(what)]
  const most = MEMORY / MEBIBYTE
  return [warning(what, `Make room or raise the limit: Footnote takes up to ${most} MiB while it draws pictures.`)]
}
