import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { databaseFindings, keyFindings } from '../../../src/cli/doctor/database.ts'
import { diskFindings } from '../../../src/cli/doctor/folders.ts'
import { parseEnv } from '../../../src/env.ts'
import { MIGRATIONS } from '../../../src/store/migrations.ts'
import { openStore } from '../../../src/store/store.ts'
import { problems, REVIEWED, texts, useScene, warnings } from './scene.ts'

const scene = useScene()

describe('the knowledge', () => {
  test('its faults are counted, and the first is told with its place', async () => {
    scene.put('knowledge/questions/ferries.yaml', 'nobody:\n  - a\n')
    expect(problems(await scene.look())).toEqual([
      expect.stringMatching(
        /^The knowledge has 1 fault, the first in .*questions\/ferries\.yaml:1:1: there is no fact/,
      ),
    ])
  })

  test('facts that nobody has looked at since their review-by day', async () => {
    scene.put('knowledge/topics/ferries.yaml', REVIEWED.replace('2999-01-01', '2025-12-24'))
    expect(warnings(await scene.look())).toEqual([
      '1 fact past the review-by day, shown as unverified; the first is wish (2025-12-24)',
    ])
  })

  test('a folder that is in no git repository', async () => {
    const found = await scene.look({ KNOWLEDGE_GIT: 'commit' })
    expect(problems(found)).toEqual([
      expect.stringMatching(/^KNOWLEDGE_GIT is commit, but .* is in no git repository$/),
    ])
    expect(texts(found).join('\n')).toContain('\n         Run “git init” there')
    spawnSync('git', ['init', '--quiet', join(scene.folder, 'knowledge')])
    expect(problems(await scene.look({ KNOWLEDGE_GIT: 'commit' }))).toEqual([])
  })
})

describe('the database', () => {
  const file = () => join(scene.folder, 'data/footnote.db')
  beforeEach(async () => (await openStore(join(scene.folder, 'data'))).close())

  test('one that is damaged', () => {
    const other = new DatabaseSync(file())
    const page = other.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'gap_by_state'`).get()?.rootpage
    const size = other.prepare('PRAGMA page_size').get()?.page_size
    other.close()
    const bytes = readFileSync(file())
    writeFileSync(file(), bytes.fill(0xff, (Number(page) - 1) * Number(size), Number(page) * Number(size)))
    expect(problems(databaseFindings(join(scene.folder, 'data')))).toEqual([expect.stringContaining('is damaged')])
  })

  test('one that is none', () => {
    scene.put('data/footnote.db', 'not a database, but long enough to be taken for one')
    expect(problems(databaseFindings(join(scene.folder, 'data')))).toEqual([
      expect.stringMatching(/cannot be read \(file is not/),
    ])
  })

  test('one of an older and one of a newer Footnote; neither is changed', () => {
    const newer = [...MIGRATIONS, 'CREATE TABLE more (id INTEGER) STRICT']
    expect(texts(databaseFindings(join(scene.folder, 'data'), newer)).join('\n')).toContain(
      'the next start brings it up to date',
    )
    const older = MIGRATIONS.slice(0, -1)
    expect(problems(databaseFindings(join(scene.folder, 'data'), older))).toEqual([
      expect.stringContaining('a newer Footnote'),
    ])
    const database = new DatabaseSync(file())
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length })
    expect(database.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('more', 'doctor')`).all()).toEqual([])
    database.close()
  })

  test('one whose tables somebody changed', () => {
    const database = new DatabaseSync(file())
    database.exec('DROP TABLE notice')
    database.close()
    expect(problems(databaseFindings(join(scene.folder, 'data')))).toEqual([expect.stringContaining('(notice)')])
  })

  test('a key that is damaged or gone', () => {
    const data = join(scene.folder, 'data')
    expect([...problems(keyFindings(data)), ...warnings(keyFindings(data))]).toEqual([])
    scene.put('data/privacy.key', 'short\n')
    expect(problems(keyFindings(data))).toEqual([expect.stringMatching(/privacy\.key is damaged$/)])
    rmSync(join(data, 'privacy.key'))
    expect(warnings(keyFindings(data))).toEqual([expect.stringMatching(/^There is a database, but not its key /)])
  })

  test('one that a running bot has open, which goes on', async () => {
    const store = await openStore(join(scene.folder, 'data'))
    expect(problems(databaseFindings(join(scene.folder, 'data')))).toEqual([])
    await store.writeSetting('1', 'answers', 'private')
    await store.close()
  })

  test('one that may not be written to, in a folder that may not either', () => {
    chmodSync(scene.folder, 0o777)
    const args = [
      '--disable-warning=ExperimentalWarning',
      'tests/cli/doctor/unprivileged.ts',
      join(scene.folder, 'mine'),
    ]
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      well: [],
      readOnlyFile: [
        expect.stringMatching(/footnote\.db cannot be written to \(attempt to write a readonly database\)/),
      ],
      readOnlyFolder: [expect.stringMatching(/data cannot be written to \(EACCES\)/)],
      noFolder: [expect.stringMatching(/mine cannot be written to \(EACCES\)/)],
      readOnlyKnowledge: [expect.stringMatching(/knowledge\/topics cannot be written to \(EACCES\)/)],
      unreadable: [expect.stringMatching(/footnote\.db cannot be read \(unable to open/)],
    })
  })
})

test.each([
  [{ bsize: 4096, blocks: 1e6, bavail: 5e4 - 1 }, '195 MiB are free on the disk of data (4%)'],
  [{ bsize: 4096, blocks: 1e5, bavail: 5e4 }, '195 MiB are free on the disk of data (50%)'],
  [{ bsize: 4096, blocks: 1e8, bavail: 4e6 }, '15625 MiB are free on the disk of data (4%)'],
  [{ bsize: 4096, blocks: 1e6, bavail: 6e4 }, undefined],
])('a disk with %o', async (space, told) => {
  const env = parseEnv({})
  expect(warnings(await diskFindings(env, async () => space))).toEqual(told === undefined ? [] : [told])
})
