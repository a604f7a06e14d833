import { faultText } from '../knowledge/fault.ts'
import { loadKnowledge } from '../knowledge/load.ts'
import { RESERVED_NAMES } from '../knowledge/reserved-names.ts'
import type { Snapshot } from '../knowledge/snapshot.ts'

/** The knowledge of a folder. If it has faults, prints them all and ends the command with status 1. */
export async function knowledgeOrExit(folder: string): Promise<Snapshot> {
  const loaded = await loadKnowledge(folder, { reservedNames: RESERVED_NAMES })
  if (loaded.ok) return loaded.snapshot
  console.error(loaded.faults.map(faultText).join('\n\n'))
  process.exit(1)
}
