import type { Answer } from './ask-discord.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** Seconds. From two on, Discord's three seconds for an answer are measured wrongly. */
const NOTABLE = 2
/** Then days begin at the wrong moment, and certificates may be refused. */
const GRAVE = 60
const MEND = 'Let the machine set its clock by itself, for example “timedatectl set-ntp true”.'

/** Compares this machine's clock with Discord's. */
export function clockFindings(answer: Answer): Finding[] {
  if (answer.kind !== 'answer' || answer.ahead === undefined) return []
  const seconds = answer.ahead / 1000
  const off = Math.abs(seconds)
  if (off < NOTABLE) return [ok('The clock agrees with Discord’s')]
  const what = `The clock is ${Math.round(off)} s ${seconds > 0 ? 'ahead of' : 'behind'} Discord’s`
  return [off < GRAVE ? warning(what, MEND) : problem(what, MEND)]
}
