import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../src/store/sql.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { storeOn } from '../../src/store/store.ts'
import { en } from '../../src/words/en.ts'
import { isPrivate, readable, speed, startBot, useBot } from './harness.ts'

let file: string
let sql: Database
const scene = useBot((sandbox) =>
  startBot(sandbox, undefined, undefined, {
    async opening(folder) {
      file = join(folder, 'footnote.db')
      sql = await openSqlite(folder)
      return storeOn(sql, (user) => `pseudonym of ${user}`)
    },
  }),
)
const member = () => scene.sandbox.as('member')
const moderator = () => scene.sandbox.as('moderator')
const BUTTON = en.buttons.tellWhenAnswered

/** Lets the database grow no further, until it is given space. */
async function fill(): Promise<void> {
  await sql.all('PRAGMA max_page_count = 1')
  await expect(scene.running.store.writeFiles(new Map([['x', 'x'.repeat(900_000)]]))).rejects.toThrow('no space')
}

afterEach(async () => {
  if (existsSync(`${file}.away`)) renameSync(`${file}.away`, file)
  await sql.all('PRAGMA max_page_count = 100000')
})

/** Nothing that could be taken for a promise. */
function expectUnrecorded(message: Parameters<typeof readable>[0]): void {
  expect(readable(message)).toContain(en.noFact)
  expect(readable(message)).not.toContain(en.noted)
  expect(JSON.stringify(message)).not.toContain(BUTTON)
}

const LONG = `nothing near ${'x'.repeat(480)}`

test('a question that was noted says so, and one that could not be says nothing of it', async () => {
  const noted = await member().slash('general', 'ask', { question: 'nothing near' })
  expect(readable(noted.message)).toContain(en.noted)
  expect(JSON.stringify(noted.message)).toContain(BUTTON)
  await fill()
  // A page may have room for one more.
  await vi.waitFor(async () => {
    const unnoted = await member().slash('general', 'ask', { question: LONG })
    expectUnrecorded(unnoted.message)
  }, 15_000)
  await sql.all('PRAGMA max_page_count = 100000')
  const again = await member().slash('general', 'ask', { question: 'nothing near again' })
  expect(readable(again.message)).toContain(en.noted)
})

describe('whoever does something that cannot be recorded', () => {
  test('is told so in private, and the log has one line without a stack', async () => {
    renameSync(file, `${file}.away`)
    const before = scene.running.logged.length
    for (let count = 0; count < 5; count += 1) {
      const { message } = await moderator().slash('general', 'settings', { answers: 'private' })
      expect(message.content).toBe(en.notRecorded)
      expect(isPrivate(message)).toBe(true)
    }
    const { message } = await member().slash('dm', 'follow', { topic: 'cycling' })
    expect(message.content).toBe(en.notRecorded)
    const lines = scene.running.logged
      .slice(before)
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => msg !== 'handled')
    expect(lines).toMatchObject([
      { level: 50, reason: 'unreachable', msg: expect.stringMatching(/footnote\.db is gone: put it back .*DATA_DIR/) },
    ])
    expect(lines[0]).not.toHaveProperty('err')
    renameSync(`${file}.away`, file)
    const mended = await member().slash('dm', 'follow', { topic: 'cycling' })
    expect(mended.message.content).toContain('I will tell you here')
  })
})

describe('while the database is locked', () => {
  let other: DatabaseSync
  afterEach(() => other.close())

  test('answers go out, and a question in vain without a promise; it is noted when the lock is gone', async () => {
    other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    const vain = member().slash('general', 'ask', { question: 'nothing near, locked' })
    const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
    expect(readable(message)).toContain(speed.statement)
    expect(isPrivate(message)).toBe(false)
    expectUnrecorded((await vain).message)
    other.exec('COMMIT')
    await vi.waitFor(async () =>
      expect((await scene.running.store.listGaps(1))[0]?.question).toBe('nothing near, locked'),
    )
  })

  test('for long, whoever does something is told so in time', async () => {
    other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    const { message } = await moderator().slash('general', 'settings', { answers: 'public' })
    expect(message.content).toBe(en.notRecorded)
    other.exec('COMMIT')
    const mended = await moderator().slash('general', 'settings', { answers: 'public' })
    expect(mended.message.content).toContain('everybody')
  })
})

test('an answer whose settings cannot be read is for the asker alone', async () => {
  renameSync(file, `${file}.away`)
  const { message } = await member().slash('general', 'ask', { question: 'what speed?' })
  expect(readable(message)).toContain(speed.statement)
  expect(isPrivate(message)).toBe(true)
  const chosen = await member().slash('general', 'ask', { question: 'what speed?', private: false })
  expect(isPrivate(chosen.message)).toBe(false)
  const mentioned = await member().say('general', `<@${scene.sandbox.ids.bot}> what speed?`)
  expect(readable(mentioned)).toContain(speed.statement)
  renameSync(`${file}.away`, file)
  const mended = await member().slash('general', 'ask', { question: 'what speed?' })
  expect(isPrivate(mended.message)).toBe(false)
})
