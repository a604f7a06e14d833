import { isBegun } from '../../editing/carrying.ts'
import { filesOf } from '../../editing/texts.ts'
import type { KnowledgeFile } from '../../knowledge/yaml-file.ts'
import { MIGRATIONS } from '../../store/migrations.ts'
import { reading } from '../../store/postgres.ts'
import { messageOf, nameOf } from '../../store/postgres-failure.ts'
import { stepsTaken } from '../../store/postgres-schema.ts'
import { openSession, type Session } from '../../store/postgres-session.ts'
import { openRevisions } from '../../store/revisions.ts'
import { openSettings } from '../../store/settings.ts'
import { type Finding, ok, problem } from './finding.ts'

/** What becomes of the database on a server at a start. Nothing is changed. */
export async function serverFindings(url: string): Promise<Finding[]> {
  const name = nameOf(url)
  try {
    return await speaking(url, async (session) => [
      ok(`The database ${name} can be reached (DATABASE_URL)`),
      await versionFinding(session),
      await writeFinding(session, name),
    ])
  } catch (error) {
    const mend = 'See that its server runs, that this machine may reach it, and that DATABASE_URL is right.'
    return [problem(`The database ${name} cannot be reached (${messageOf(error)})`, mend)]
  }
}

/** A setting of a guild: empty if it is not settled, undefined if that cannot be read. */
export async function settingOnServer(url: string, guild: string, name: string): Promise<string | undefined> {
  try {
    return await speaking(url, async (session) => {
      if ((await stepsTaken(session)) === 0) return ''
      return (await openSettings(reading(session)).readSettings(guild)).get(name) ?? ''
    })
  } catch {
    return undefined
  }
}

/** The knowledge files, where the database is their place; undefined while they are to be taken in from the folder. */
export async function filesOnServer(url: string): Promise<KnowledgeFile[] | undefined> {
  try {
    return await speaking(url, async (session) => {
      if ((await stepsTaken(session)) !== MIGRATIONS.length) return undefined
      const sql = reading(session)
      return (await isBegun(openSettings(sql))) ? filesOf(await openRevisions(sql).readFiles()) : undefined
    })
  } catch {
    // What is wrong with the database is told by itself.
    return undefined
  }
}

async function versionFinding(session: Session): Promise<Finding> {
  const taken = await stepsTaken(session)
  const version = `version ${taken} of ${MIGRATIONS.length}`
  if (taken > MIGRATIONS.length) {
    return problem(`The database is of a newer Footnote (${version})`, 'Update Footnote, or use another database.')
  }
  if (taken === 0) return ok('The database has no tables yet: the first start makes them')
  const coming =
    taken < MIGRATIONS.length ? ': the next start brings it up to date, so copy it with pg_dump before' : ''
  return ok(`The database has its tables, ${version}${coming}`)
}

/** Writes something and takes it back. */
async function writeFinding(session: Session, name: string): Promise<Finding> {
  try {
    await session.command('BEGIN; CREATE TABLE doctor (at text); ROLLBACK')
    return ok('The database can be written to')
  } catch (error) {
    const mend = 'Let the user in DATABASE_URL make tables in it and write to them.'
    return problem(`The database ${name} cannot be written to (${messageOf(error)})`, mend)
  }
}

async function speaking<Result>(url: string, work: (session: Session) => Promise<Result>): Promise<Result> {
  const session = await openSession(url)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}
