import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { availableMemory } from 'node:process'
import { type Env, secretsIn } from '../env.ts'
import { counted } from './counts.ts'
import { examine } from './doctor/examine.ts'
import { findingText, problem, reasonOf } from './doctor/finding.ts'

const USAGE = 'Usage: npm run doctor'
const ENV_FILE = '.env'

const args = process.argv.slice(2)
if (args[0] === '--help' || args[0] === '-h') {
  console.log(USAGE)
} else if (args.length > 0) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const unread = loadEnvFile()
  const found = await examine({
    variables: process.env,
    hostname: process.env.HOSTNAME || hostname(),
    envFile: ENV_FILE,
    now: () => new Date(),
    nodeVersion: process.versions.node,
    memory: availableMemory(),
  })
  const findings = [...unread, ...found]
  for (const finding of findings) console.log(findingText(finding, secretsIn(process.env as Partial<Env>)))
  const count = (wanted: string) => findings.filter(({ level }) => level === wanted).length
  console.log(`\n${count('ok')} ok, ${counted(count('warning'), 'warning')}, ${counted(count('problem'), 'problem')}`)
  // Not process.exit, which may cut off what has not been written yet.
  process.exitCode = count('problem') > 0 ? 1 : 0
}

/** As a start does it; a file that cannot be read would end that. */
function loadEnvFile() {
  try {
    if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE)
    return []
  } catch (error) {
    const mend = 'Give it to the user that runs Footnote, or move it away.'
    return [problem(`${ENV_FILE} cannot be read (${reasonOf(error)})`, mend)]
  }
}
