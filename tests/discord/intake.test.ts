import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createIntake, type Intake, type Sent } from '../../src/discord/intake.ts'
import { createLog } from '../../src/log.ts'
import type { Fate } from '../../src/monitoring/metrics.ts'
import { NO_METRICS } from '../../src/monitoring/metrics.ts'

const LIMITS = {
  busyAfter: 1_500,
  lateAfter: 2_900,
  seconds: 10,
  person: 3,
  server: 5,
  personTyping: 6,
  serverTyping: 8,
}

let intake: Intake
let age: number
let logged: Record<string, unknown>[]
let told: string[]
let next: number
beforeEach(() => {
  age = 0
  next = 0
  logged = []
  told = []
  intake = createIntake({
    limits: LIMITS,
    age: () => age,
    elapsed: () => 0,
    metrics: NO_METRICS,
    log: createLog({ level: 'info', destination: { write: (line) => void logged.push(JSON.parse(line)) } }),
  })
})

/** Sends something, which is dealt with at once; what became of it. */
async function send(sent: Partial<Sent> = {}, deal: () => Promise<Fate> = async () => 'done'): Promise<unknown> {
  next += 1
  await intake.take(
    { id: String(next), type: 'command', user: 'ann', guild: 'g', ...sent },
    {
      deal,
      async refuse(refusal) {
        told.push(refusal.fate === 'limited' ? `limited${refusal.isFirst ? ', first' : ''}` : refusal.fate)
        return refusal.fate
      },
    },
  )
  return logged.at(-1)?.fate
}

async function sendAll(count: number, sent: Partial<Sent> = {}): Promise<unknown[]> {
  const fates: unknown[] = []
  for (let index = 0; index < count; index += 1) fates.push(await send(sent))
  return fates
}

describe('what is taken in', () => {
  test('is logged in one line, with what became of it and a reference', async () => {
    await send({ name: 'ask' })
    expect(logged).toEqual([
      expect.objectContaining({
        type: 'command',
        name: 'ask',
        fate: 'done',
        reference: expect.stringMatching(/^\w{6}$/),
      }),
    ])
    expect(logged[0]).not.toHaveProperty('user')
  })

  test('more than a person may send is refused, and others are served', async () => {
    expect(await sendAll(5)).toEqual(['done', 'done', 'done', 'limited', 'limited'])
    expect(told).toEqual(['limited, first', 'limited'])
    expect(await send({ user: 'bob' })).toBe('done')
  })

  test('what one person sends too much takes nothing from their server', async () => {
    await sendAll(20)
    expect(await sendAll(2, { user: 'bob' })).toEqual(['done', 'done'])
  })

  test('more than a server may send is refused, whoever sends it, and direct messages are not', async () => {
    for (const user of ['a', 'b', 'c', 'd', 'e']) expect(await send({ user })).toBe('done')
    expect(await send({ user: 'f' })).toBe('limited')
    expect(await send({ user: 'f', guild: null })).toBe('done')
    expect(await send({ user: 'g', guild: 'other' })).toBe('done')
  })

  test('typing has limits of its own', async () => {
    expect(await sendAll(7, { type: 'autocomplete' })).toEqual([...Array(6).fill('done'), 'limited'])
    expect(await send()).toBe('done')
  })

  test('what was delivered before is passed over', async () => {
    await send({ id: 'one' })
    expect(await send({ id: 'one' })).toBe('repeated')
    expect(told).toEqual([])
  })

  test('what is too old to be finished in time is told to come again, and what Discord has given up is passed over', async () => {
    age = 2_000
    expect(await send({ user: 'a' })).toBe('shed')
    expect(await send({ type: 'message' })).toBe('done')
    age = 2_950
    expect(await send({ user: 'b' })).toBe('late')
    expect(told).toEqual(['shed'])
    age = 100
    expect(await send({ user: 'c' })).toBe('done')
  })

  test('more at once than memory is meant for is refused, until some of it has ended', async () => {
    const { promise: ending, resolve: end } = Promise.withResolvers<Fate>()
    let dealt = 0
    const deal = () => {
      dealt += 1
      return ending
    }
    const begun = Array.from({ length: 2_000 }, (_, user) => send({ user: String(user), guild: null }, deal))
    await vi.waitFor(() => expect(dealt).toBe(2_000))
    expect(await send({ guild: null })).toBe('shed')
    expect(intake.size()).toBe(2_000)
    end('done')
    await Promise.all([...begun, intake.idle()])
    expect(intake.size()).toBe(0)
    expect(await send({ guild: null })).toBe('done')
  })

  test('a failure while it is refused or dealt with ends nothing but itself', async () => {
    expect(await send({}, () => Promise.reject(new Error('broken')))).toBe('failed')
    expect(logged[0]).toMatchObject({ level: 50, err: { message: 'broken' }, reference: logged[1]?.reference })
    expect(await send()).toBe('done')
  })
})
