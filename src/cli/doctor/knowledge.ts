import { openGit } from '../../editing/git.ts'
import type { Env } from '../../env.ts'
import { UserError } from '../../errors.ts'
import { type Day, dayIn } from '../../knowledge/days.ts'
import { loadFiles, loadKnowledge } from '../../knowledge/load.ts'
import { RESERVED_NAMES } from '../../knowledge/reserved-names.ts'
import type { Snapshot } from '../../knowledge/snapshot.ts'
import { standingOf } from '../../knowledge/status.ts'
import { contents, counted } from '../counts.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { filesOnServer } from './server.ts'

/** The knowledge as a start would load it, and what is to be said of it. */
export async function knowledgeFindings(
  { KNOWLEDGE_DIR: folder, TIME_ZONE: zone, DATABASE_URL: url }: Env,
  now: Date,
): Promise<{ snapshot?: Snapshot; findings: Finding[] }> {
  const options = { reservedNames: RESERVED_NAMES }
  const stored = url === undefined ? undefined : await filesOnServer(url)
  const loaded = stored ? loadFiles('', stored, options) : await loadKnowledge(folder, options)
  if (loaded.ok) {
    const { snapshot } = loaded
    return {
      snapshot,
      findings: [
        ok(`${stored ? 'The database' : folder} has ${contents(snapshot)}`),
        reviewFinding(snapshot, dayIn(zone, now)),
      ],
    }
  }
  const { faults } = loaded
  const [{ file, line, column, message } = { file: folder, line: 1, column: 1, message: '' }] = faults
  const what = `The knowledge has ${counted(faults.length, 'fault')}, the first in ${file}:${line}:${column}: ${message}`
  const telling = `“npm run check -- ${stored ? 'DIR' : folder}” tells all of them, and how to mend each.`
  return { findings: [problem(what, stored ? `After “npm run knowledge:export -- DIR”, ${telling}` : telling)] }
}

/** Facts that are shown as unverified: nobody has looked at them since their review-by day. */
function reviewFinding(snapshot: Snapshot, today: Day): Finding {
  const overdue = [...snapshot.facts.values()]
    .filter((fact) => {
      const { status, unverified } = standingOf(snapshot, fact, today)
      return unverified && (status === 'current' || status === 'upcoming')
    })
    .sort((one, other) => (one.reviewBy < other.reviewBy ? -1 : 1))
  const [first] = overdue
  if (!first) return ok('No fact that holds is past its review-by day')
  return warning(
    `${counted(overdue.length, 'fact')} past the review-by day, shown as unverified; the first is ${first.id} (${first.reviewBy})`,
    'See whether they still hold, then /knowledge verify in Discord or “verified:” in the files.',
  )
}

export async function gitFindings({ KNOWLEDGE_GIT: git, KNOWLEDGE_DIR: folder }: Env): Promise<Finding[]> {
  if (git === undefined) return []
  try {
    await openGit(folder)
    return [ok(`${folder} is in a git repository (KNOWLEDGE_GIT)`)]
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const [what = '', mend = ''] = error.message.split(/: (?=install|run)/)
    return [problem(what, `${mend.charAt(0).toUpperCase()}${mend.slice(1)}`)]
  }
}
