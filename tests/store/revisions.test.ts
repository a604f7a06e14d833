import { expect, test } from 'vitest'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openDatabase } from '../../src/store/sqlite-file.ts'
import { ENGINES, usePlaces } from '../store/engines.ts'

const newPlace = usePlaces()

/** The step with which the files got numbers, and those before it. */
const NUMBERED = MIGRATIONS.findIndex((step) => step.includes('next_knowledge_file'))

test.each(ENGINES)('files that were known before they had numbers stay known on $engine', async ({ engine }) => {
  const place = await newPlace(engine)
  const [folder, url] = place.args
  const put = `INSERT INTO knowledge_file (path, text) VALUES ('topics/a.yaml', 'topic: a')`
  const steps = MIGRATIONS.slice(0, NUMBERED)
  expect(steps.length).toBeGreaterThan(3)
  if (url === undefined) {
    const old = await openDatabase(folder, steps)
    old.exec(put)
    old.close()
  } else {
    const old = await openPostgres(url, { steps })
    await old.run(put)
    await old.close()
  }
  const store = await place.openStore()
  expect(await store.readFiles()).toEqual(new Map([['topics/a.yaml', 'topic: a']]))
  expect(await store.revisionOfFiles()).toBe(0)
  await store.writeFiles(
    new Map([
      ['topics/a.yaml', undefined],
      ['b', 'b'],
    ]),
  )
  expect(await store.readFiles()).toEqual(new Map([['b', 'b']]))
  expect(await store.revisionOfFiles()).toBe(1)
})
