import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openPostgres } from '../src/store/postgres.ts'
import { useCluster } from './postgres.ts'
import { openWorkshop } from './program.ts'

const scene = useCluster()
const workshop = openWorkshop()
afterAll(() => workshop.clear())

test('with a database on a server, two processes share it and end by a signal; the password is nowhere', async () => {
  const url = await scene.cluster.addSchema()
  const programs = [0, 1].map(() => workshop.run({ DATABASE_URL: url, LOG_LEVEL: 'trace' }))
  for (const program of programs) await program.writes(/runs in its sandbox/)
  for (const { child } of programs) child.kill('SIGTERM')
  expect(await Promise.all(programs.map(({ ended }) => ended))).toEqual([0, 0])
  for (const program of programs) expect(program.output()).not.toMatch(/quite|secret/)
  expect(existsSync(join(workshop.folder, 'data/privacy.key'))).toBe(true)
  expect(existsSync(join(workshop.folder, 'data/footnote.db'))).toBe(false)
  const database = await openPostgres(url)
  expect(await database.all(`SELECT value FROM setting WHERE name = 'knowledge-folder'`)).toHaveLength(1)
  await database.close()
}, 60_000)

test('a server that is not there ends the start with one line', async () => {
  const address = Object.assign(new URL(scene.cluster.url), { port: '1' }).href
  const program = workshop.run({ DATABASE_URL: address })
  expect(await program.ended).toBe(1)
  expect(program.output()).toMatch(
    /^The database postgres on 127\.0\.0\.1 cannot be opened \([^\n]*DATABASE_URL[^\n]*\n$/,
  )
  expect(program.output()).not.toMatch(/quite|secret/)
}, 60_000)
