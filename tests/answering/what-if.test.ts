import { describe, expect, test } from 'vitest'
import { alike, groupsOf } from '../../src/answering/alike.ts'
import { createEngine } from '../../src/answering/engine.ts'
import { whatIf } from '../../src/answering/what-if.ts'
import { parseKnowledge } from '../../src/knowledge/parse.ts'
import type { Snapshot } from '../../src/knowledge/snapshot.ts'
import { folderWith } from '../knowledge/good-folder.ts'

const DAY = '2025-09-20'

function loaded(questions: string, more = ''): Snapshot {
  const ferries = folderWith().find(({ path }) => path === 'topics/ferries.yaml')?.content as string
  const found = parseKnowledge(
    folderWith({ 'topics/ferries.yaml': ferries + more, 'questions/ferries.yaml': questions }),
    {
      reservedNames: [],
    },
  )
  if (!found.ok) throw new Error(JSON.stringify(found.faults))
  return found.snapshot
}

const FARES = `fare-cap:
  - How much is a crossing at most?
  - What is the highest price of a crossing?
wish:
  - What does Jane Doe want?
`
const NIGHT = `  - id: night-fare
    statement: A crossing at night costs 40 euros.
    kind: rule
    citations: [{ source: report }]
    verified: 2025-09-19
`
const now = loaded(FARES)
const today = createEngine(now)

describe('what changed knowledge would do', () => {
  test('tells which of its questions a new fact would answer', async () => {
    const asked = `${FARES}night-fare:\n  - How much is a crossing at night?\n  - price of the night boat\n  - What does Jane Doe want?\n`
    const found = await whatIf('night-fare', loaded(asked, NIGHT), today, now, DAY)
    expect(found.answered).toContain('How much is a crossing at night?')
    expect([...found.answered, ...found.missed.map(({ question }) => question)]).toHaveLength(3)
  })

  test('tells which questions of other facts would go elsewhere, and where', async () => {
    const before = loaded('fare-cap:\n  - Is the crossing dear?\n  - How much is a crossing?\n')
    const after = loaded(
      'fare-cap:\n  - Is the crossing dear?\nnight-fare:\n  - How much is a crossing?\n  - what is a crossing\n  - crossing price at night\n',
      NIGHT,
    )
    const { moved } = await whatIf('night-fare', after, createEngine(before), before, DAY)
    expect(moved.map(({ question, from, to }) => [question, from.id, to?.id])).toEqual([
      ['How much is a crossing?', 'fare-cap', 'night-fare'],
    ])
  })

  test('finds a fact that says nearly the same, but none that it replaces', async () => {
    const twin = NIGHT.replace('A crossing at night costs 40 euros.', 'The crossing costs 20 euros.')
    expect((await whatIf('night-fare', loaded(FARES, twin), today, now, DAY)).double?.id).toBe('old-fare')
    const newer = `${twin}    supersedes: [old-fare]\n`
    expect((await whatIf('night-fare', loaded(FARES, newer), today, now, DAY)).double).toBeUndefined()
  })
})

test.each([
  ['Do dogs pay?', 'do DOGS pay', 1],
  ['When does the ferry leave?', 'the ferry leaves when', 1],
  ['Do dogs pay?', 'Is there wifi aboard?', 0],
  ['the', 'the', 1],
])('%s and %s share %d of what they say', (one, other, share) => {
  expect(alike(one, other)).toBe(share)
})

test('near-duplicates are one group, named by the first', () => {
  const texts = ['May dogs travel?', 'wifi aboard?', 'may a dog travel', 'is there wifi aboard']
  expect(groupsOf(texts, (text) => text)).toEqual([
    ['May dogs travel?', 'may a dog travel'],
    ['wifi aboard?', 'is there wifi aboard'],
  ])
})
