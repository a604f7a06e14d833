import postgres from 'postgres'
import { beforeEach, expect, test } from 'vitest'
import type { Finding } from '../../../src/cli/doctor/finding.ts'
import { knowledgeFindings } from '../../../src/cli/doctor/knowledge.ts'
import { serverFindings, settingOnServer } from '../../../src/cli/doctor/server.ts'
import { moveIn } from '../../../src/editing/carrying.ts'
import { parseEnv } from '../../../src/env.ts'
import { MIGRATIONS } from '../../../src/store/migrations.ts'
import { openPostgres } from '../../../src/store/postgres.ts'
import { openHistory } from '../../../src/store/store.ts'
import { useCluster } from '../../postgres.ts'

const scene = useCluster()
let url: string
beforeEach(async () => {
  url = await scene.cluster.addSchema()
})

const said = (findings: readonly Finding[]) => findings.map(({ level, what }) => `${level}: ${what}`)

async function directly(statements: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  await client.unsafe(statements)
  await client.end()
}

test('an empty database is well, and gets no table; one that is in use is as well', async () => {
  for (const version of [
    'The database has no tables yet: the first start makes them',
    `The database has its tables, version ${MIGRATIONS.length} of ${MIGRATIONS.length}`,
  ]) {
    expect(said(await serverFindings(url))).toEqual([
      'ok: The database postgres on 127.0.0.1 can be reached (DATABASE_URL)',
      `ok: ${version}`,
      'ok: The database can be written to',
    ])
    const database = await openPostgres(url)
    await database.run(`INSERT INTO setting (guild, name, value) VALUES ('1', 'channel', '5') ON CONFLICT DO NOTHING`)
    await database.close()
  }
  expect(await settingOnServer(url, '1', 'channel')).toBe('5')
  expect(await settingOnServer(url, '2', 'channel')).toBe('')
})

test('the knowledge is looked at where it is: in the folder until the database has taken it in', async () => {
  const env = parseEnv({ KNOWLEDGE_DIR: 'knowledge', DATABASE_URL: url })
  const look = async () => said((await knowledgeFindings(env, new Date('2025-09-20T12:00:00Z'))).findings)[0]
  expect(await look()).toMatch(/^ok: knowledge has \d+ topics/)
  const history = await openHistory(url)
  expect(await look()).toMatch(/^ok: knowledge has \d+ topics/)
  await moveIn({ folder: 'knowledge', store: history, now: () => new Date('2025-09-20'), reservedNames: [] })
  expect(await look()).toMatch(/^ok: The database has \d+ topics/)
  await history.writeFiles(new Map([['glossary.yaml', '- { term: x }\n']]))
  expect(await look()).toMatch(/^problem: The knowledge has 1 fault, the first in glossary\.yaml:1:\d+:/)
  await history.close()
})

test('an older and a newer one are told from each other', async () => {
  const database = await openPostgres(url, { steps: MIGRATIONS.slice(0, 1) })
  await database.close()
  expect(said(await serverFindings(url))[1]).toMatch(/^ok: .*version 1 of \d+: the next start brings it up to date/)
  await directly(`UPDATE schema_steps SET taken = ${MIGRATIONS.length + 1}`)
  expect(said(await serverFindings(url))[1]).toMatch(/^problem: The database is of a newer Footnote/)
})

test('one that cannot be written to, or not be reached, is told without the password', async () => {
  const readOnly = `${url}&default_transaction_read_only=on`
  expect(said(await serverFindings(readOnly))[2]).toMatch(
    /^problem: The database .* cannot be written to \(cannot execute/,
  )
  const wrong = Object.assign(new URL(url), { password: 'quite-wrong' }).href
  const [finding] = await serverFindings(wrong)
  expect(said(finding ? [finding] : [])[0]).toMatch(
    /^problem: The database postgres on 127\.0\.0\.1 cannot be reached \(.*authentication/,
  )
  expect(JSON.stringify(finding)).not.toMatch(/quite|secret/)
  expect(await settingOnServer(wrong, '1', 'channel')).toBeUndefined()
})
