import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { shiftDay } from '../../src/knowledge/days.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import type { Store } from '../../src/store/store.ts'
import { en } from '../../src/words/en.ts'
import { readable } from '../discord/harness.ts'
import { ENGINES, type Place, usePlaces } from '../store/engines.ts'
import { FIRST_DAY, LIFE } from './boats.ts'
import { drawsFrom } from './draws.ts'

const DAYS = 2
/** So many wait for an answer each day, each of two people for all of them. */
const GAPS = 3
const SENDERS = 3
const CHANNELS = ['policy', 'moderators', 'member-dm', 'moderator-dm']
const POLL = { timeout: 120_000, interval: 20 }

const newPlace = usePlaces()

describe.each(ENGINES)('on $engine', ({ engine }) => {
  let place: Place
  let store: Store
  let sandbox: Sandbox
  const children = new Set<ChildProcess>()
  const ready = new Set<ChildProcess>()
  let isOver = false
  let kills = 0
  beforeAll(async () => {
    sandbox = await startSandbox({ botName: 'Footnote' })
  }, 60_000)
  afterEach(() => {
    isOver = true
    for (const child of children) child.kill('SIGKILL')
  })
  afterAll(() => sandbox.close())

  /** Starts one again and again, however often it is killed. */
  async function keepSending(): Promise<void> {
    const [folder, url = ''] = place.args
    while (!isOver) {
      const args = ['tests/faults/sender.ts', folder, url, sandbox.api, sandbox.token, sandbox.ids.guild, String(DAYS)]
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      child.stdout.once('data', () => ready.add(child))
      children.add(child)
      const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)))
      children.delete(child)
      ready.delete(child)
      expect(signal).toBe('SIGKILL')
      kills += 1
    }
  }

  /** Kills one of them soon after some more messages have come, wherever it is then. */
  async function keepKilling(draw: () => number): Promise<void> {
    const sent = () => CHANNELS.reduce((sum, channel) => sum + sandbox.messages(channel).length, 0)
    for (let next = 1; !isOver; await wait(1)) {
      if (sent() < next || ready.size === 0) continue
      next = sent() + 1 + Math.floor(draw() * 10)
      await wait(draw() * 10)
      const victim = [...ready][Math.floor(draw() * ready.size)]
      victim?.kill('SIGKILL')
    }
  }

  test(`several processes, killed at any moment of ${DAYS} days: what each is told, all are told once`, async () => {
    place = await newPlace(engine)
    store = await place.openStore()
    sandbox.faults.delay = 2
    const { ids } = sandbox
    const follow = { topic: 'boats', guild: ids.guild, locale: 'en-US', since: '2024-12-31', told: '{}' }
    await store.follow({ ...follow, place: ids.channel('policy') })
    await store.writeSetting(ids.guild, 'channel', ids.channel('moderators'))
    await store.writeSetting('', 'today', '2024-12-31')
    const people = [ids.users.member, ids.users.moderator]
    const sending = Promise.all(Array.from({ length: SENDERS }, keepSending))
    const killing = keepKilling(drawsFrom(20_250_930))

    for (let number = 0; number < DAYS; number += 1) {
      const today = shiftDay(FIRST_DAY, number)
      for (let gap = 0; gap < GAPS; gap += 1) {
        const question = `Question ${gap} on boat ${number}?`
        // Closed before somebody waits for it, it would be another one.
        await store.atOnce(async (alone) => {
          const id = await alone.recordGap({ question, asOf: today, at: new Date(`${today}T12:00:00Z`) })
          for (const user of people) await alone.awaitAnswer(id, user)
        })
      }
      await store.atOnce(async (alone) => {
        const form = { kind: 'add', fields: { why: `Boat ${number}` }, base: {}, by: 'jo' }
        const { id } = await alone.addDraft({ form, author: ids.users.member, at: new Date(`${today}T12:00:00Z`) })
        await alone.moveProposal(id, 'draft', 'open')
        const body = JSON.stringify({ proposal: id })
        await alone.addNotice({ kind: 'proposal', place: ids.channel('moderators'), body })
        const by = { decider: ids.users.moderator, reason: `no place for boat ${number}` }
        await alone.moveProposal(id, 'open', 'rejected', by)
      })
      await store.writeSetting(ids.guild, 'digest-day', String(new Date(today).getUTCDay()))
      await store.writeSetting('', 'today', today)
      const left = async () => [
        (await store.listGaps()).length,
        (await store.listFollows())[0]?.toldOn,
        (await store.readSettings(ids.guild)).get('last-digest'),
        (await store.listNotices()).length,
      ]
      await expect.poll(left, POLL).toEqual([0, today, today, 0])
    }
    isOver = true
    for (const child of children) child.kill('SIGKILL')
    await Promise.all([sending, killing])

    const numbers = Array.from({ length: DAYS }, (_, day) => day)
    const boat = (number: number) => `Boat ${String(number).padStart(3, '0')}`
    const policy = sandbox.messages('policy').map(readable)
    const news = policy.filter((text) => text.includes('New on record'))
    expect(news.flatMap((text) => text.match(/Boat \d{3}/g) ?? [])).toEqual(numbers.map(boat))
    const reminders = policy.flatMap((text) => text.match(/In \d days?: ends on [^*]+/g) ?? [])
    const due = numbers.flatMap((today) =>
      [7, 3, 1].flatMap((left) => {
        const isBorn = today + left - LIFE >= 0
        const days = `${left} day${left === 1 ? '' : 's'}`
        return isBorn ? [`In ${days}: ends on ${en.date(shiftDay(FIRST_DAY, today + left))}`] : []
      }),
    )
    expect(reminders.toSorted()).toEqual(due.toSorted())
    const digests = sandbox.messages('moderators').flatMap((message) => readable(message).match(/Digest of .*/g) ?? [])
    expect(digests).toEqual(numbers.map((number) => `Digest of ${en.date(shiftDay(FIRST_DAY, number))}`))
    const proposed = sandbox
      .messages('moderators')
      .flatMap((message) => readable(message).match(/Why: Boat \d+/g) ?? [])
    expect(proposed).toEqual(numbers.map((number) => `Why: Boat ${number}`))
    const decisions = sandbox
      .messages('member-dm')
      .flatMap((message) => readable(message).match(/was rejected: no place for boat \d+/g) ?? [])
    expect(decisions).toEqual(numbers.map((number) => `was rejected: no place for boat ${number}`))
    const asked = numbers.flatMap((number) =>
      Array.from({ length: GAPS }, (_, gap) => `Question ${gap} on boat ${number}?`),
    )
    for (const dm of ['member-dm', 'moderator-dm']) {
      const texts = sandbox.messages(dm).map(readable)
      expect(texts.flatMap((text) => text.match(/Question \d on boat \d+\?/g) ?? []).toSorted()).toEqual(
        asked.toSorted(),
      )
      const answers = texts.flatMap((text) => text.match(/Boat \d{3}(?= may cross)/g) ?? [])
      const answered = numbers.flatMap((number) => Array.from({ length: GAPS }, () => boat(number)))
      expect(answers.toSorted()).toEqual(answered)
    }
    console.log(`${engine}: ${DAYS} days, ${SENDERS} processes, killed ${kills} times`)
    expect(kills).toBeGreaterThan(4)
  }, 600_000)
})
