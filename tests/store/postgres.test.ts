import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { type FailureReason, StoreFailure } from '../../src/store/failure.ts'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openPostgres, reading } from '../../src/store/postgres.ts'
import { postgresFailureOf } from '../../src/store/postgres-failure.ts'
import { openSession } from '../../src/store/postgres-session.ts'
import type { Database } from '../../src/store/sql.ts'
import { useCluster } from '../postgres.ts'
import { startWay, type Way } from './way.ts'

const scene = useCluster()
let url: string
let opened: Database[]
beforeEach(async () => {
  url = await scene.cluster.addSchema()
  opened = []
})
afterEach(() => Promise.all(opened.map((one) => one.close())))

async function open(...args: Parameters<typeof openPostgres>): Promise<Database> {
  const database = await openPostgres(...args)
  opened.push(database)
  return database
}

/** Speaks to the server past the program. */
async function directly(statements: string): Promise<unknown> {
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { default_transaction_read_only: 'off' as never },
  })
  try {
    return await client.unsafe(statements)
  } finally {
    await client.end()
  }
}

const PUT = `INSERT INTO setting (guild, name, value) VALUES ('1', ?, '')`
const names = async (sql: Database) => (await sql.all('SELECT name FROM setting ORDER BY name')).map(({ name }) => name)

/** In one line that tells which database, and what to do, but nothing secret. */
const LINE = /^(?!.*(?:quite|secret))[^\n]*database postgres on 127\.0\.0\.1[^\n]*$/
const failing = (reason: FailureReason) =>
  expect.objectContaining({ name: 'StoreFailure', reason, message: expect.stringMatching(LINE) })

describe('a way to the server that fails', () => {
  let way: Way
  let sql: Database
  beforeEach(async () => {
    way = await startWay(url)
    sql = await open(way.url)
  })
  afterEach(() => way.shut())

  test('for a moment is waited out, and what was written meanwhile is there once', async () => {
    await sql.run(PUT, 'before')
    await way.shut()
    const writing = ['a', 'b', 'c'].map((name) => sql.run(PUT, name))
    const all = sql.atOnce((alone) => alone.run(PUT, 'at once'))
    const reading = names(sql)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await way.open()
    await Promise.all([...writing, all])
    expect(await reading).toContain('before')
    expect(await names(sql)).toEqual(['a', 'at once', 'b', 'before', 'c'])
  })

  test('for longer is told, and used again when it is mended', async () => {
    await sql.run(PUT, 'before')
    await way.shut()
    const began = performance.now()
    const times: number[] = []
    const outcomes = await Promise.allSettled(
      [
        ...Array.from({ length: 10 }, (_, i) => sql.run(PUT, `lost ${i}`)),
        names(sql),
        ...Array.from({ length: 5 }, () => sql.atOnce(async () => {})),
      ].map((work) => work.finally(() => times.push(performance.now() - began))),
    )
    expect(outcomes).toEqual(outcomes.map(() => ({ status: 'rejected', reason: failing('unreachable') })))
    // Those who came at one time wait for as long, though some wait for their turn first.
    expect(Math.max(...times)).toBeLessThan(Math.min(...times) * 1.5)
    await way.open()
    await vi.waitFor(() => sql.run(PUT, 'after'), { timeout: 10_000 })
    expect(await names(sql)).toEqual(['after', 'before'])
  })

  test.each(['silent', 'closing'] as const)(
    'as it takes everybody in but is %s is told in bounded time',
    async (how) => {
      await way.shut()
      await way.open()
      way.behave(how)
      await expect(sql.run(PUT, 'lost')).rejects.toEqual(failing('unreachable'))
      await way.shut()
      await way.open()
      way.behave('well')
      await vi.waitFor(() => sql.run(PUT, 'after'), { timeout: 10_000 })
      expect(await names(sql)).toEqual(['after'])
    },
  )

  test('in the midst of what is done at once takes it back, and does it no second time', async () => {
    let times = 0
    const lost = sql.atOnce(async (alone) => {
      times += 1
      await alone.run(PUT, 'first')
      way.cutAfter('INSERT INTO setting')
      await alone.run('INSERT INTO setting (guild, name, value) VALUES (?, ?, ?)', '1', 'second', '')
    })
    await expect(lost).rejects.toEqual(failing('unreachable'))
    expect(times).toBe(1)
    expect(await names(sql)).toEqual([])
    await sql.atOnce((alone) => alone.run(PUT, 'third'))
    expect(await names(sql)).toEqual(['third'])
  })

  test('after a statement of its own, before that is kept, is made good by doing it again', async () => {
    await sql.run(PUT, 'a')
    way.cutAfter('written after')
    await sql.run(PUT, 'written after')
    expect(await names(sql)).toEqual(['a', 'written after'])
  })

  test('just as something is kept says that it is not known, and does it no second time', async () => {
    way.cutAfter('COMMIT')
    const unknown = sql.run(`INSERT INTO gap (question, as_of, at) VALUES ('?', '', '')`)
    await expect(unknown).rejects.toThrow(/postgres on 127\.0\.0\.1 was lost just when/)
    await expect(unknown).rejects.toEqual(failing('unreachable'))
    await expect(unknown).rejects.toMatchObject({ mayBeKept: true })
    await vi.waitFor(async () => expect(await sql.all('SELECT id FROM gap')).toEqual([{ id: 1 }]))
    // Long before it would be thought that the server says nothing any more.
  }, 10_000)
})

test('whoever only looks finds what is there, and writes nothing', async () => {
  const sql = await open(url, { steps: MIGRATIONS.slice(0, 2) })
  await sql.run(PUT, 'there')
  const session = await openSession(url)
  const look = reading(session)
  expect(await look.all('SELECT name FROM setting WHERE name = ?', 'there')).toEqual([{ name: 'there' }])
  await expect(look.run(PUT, 'more')).rejects.toThrow('only read')
  await expect(look.atOnce(async () => {})).rejects.toThrow('only read')
  await session.close()
  expect(await directly('SELECT taken FROM schema_steps')).toMatchObject([{ taken: '2' }])
})

test('a connection that has failed leaves no further statement without an answer', async () => {
  const way = await startWay(url)
  const session = await openSession(way.url)
  way.cutAfter('the last')
  const following = session.command(`SELECT 'the last'`).catch(() => session.command('SELECT 1'))
  await expect(following).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  await session.close()
  await way.shut()
}, 10_000)

describe('a server', () => {
  test('that ends all connections is spoken to again at once', async () => {
    const sql = await open(url)
    await sql.run(PUT, 'before')
    for (const name of ['a', 'b', 'c']) {
      await directly(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'footnote'`)
      await sql.run(PUT, name)
    }
    expect(await names(sql)).toEqual(['a', 'b', 'before', 'c'])
  })

  test.each(['fast', 'killed'] as const)(
    'that is started again loses nothing (%s)',
    async (how) => {
      const sql = await open(url)
      const kept: string[] = []
      const refused: unknown[] = []
      let isOver = false
      const writing = (async () => {
        for (let number = 0; !isOver; number += 1) {
          const name = String(number).padStart(5, '0')
          await sql.run(PUT, name).then(
            () => kept.push(name),
            (error) => refused.push(error),
          )
        }
      })()
      await vi.waitFor(() => expect(kept.length).toBeGreaterThan(20), { timeout: 10_000 })
      await scene.cluster.halt(how)
      await scene.cluster.start()
      const before = kept.length
      await vi.waitFor(() => expect(kept.length).toBeGreaterThan(before + 20), { timeout: 30_000 })
      isOver = true
      await writing
      expect(refused.filter((error) => !(error instanceof StoreFailure))).toEqual([])
      expect(await names(sql)).toEqual(expect.arrayContaining(kept))
    },
    60_000,
  )

  test('that only lets read is told, and written to when it does again', async () => {
    const sql = await open(url)
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'footnote'`
    await directly(`ALTER DATABASE postgres SET default_transaction_read_only = on; ${end}`)
    try {
      await expect(sql.run(PUT, 'lost')).rejects.toEqual(failing('read-only'))
      expect(await names(sql)).toEqual([])
    } finally {
      await directly('ALTER DATABASE postgres RESET default_transaction_read_only')
    }
    await sql.run(PUT, 'kept')
    expect(await names(sql)).toEqual(['kept'])
  })

  test('in which somebody else holds a lock for long is told', async () => {
    const sql = await open(url)
    const other = postgres(url, { max: 1 })
    await other.begin(async (holding) => {
      await holding.unsafe('LOCK TABLE setting')
      await expect(sql.run(PUT, 'lost')).rejects.toEqual(failing('locked'))
    })
    await other.end()
    await sql.run(PUT, 'kept')
    expect(await names(sql)).toEqual(['kept'])
  })
})

test('what goes wrong while a statement is read in a transaction is not taken for done', async () => {
  const sql = await open(url)
  const swallowed = sql.atOnce(async (alone) => {
    await alone.run(PUT, 'a')
    await alone.run('INSERT INTO nowhere VALUES (1)').catch(() => {})
  })
  await expect(swallowed).rejects.toThrow('a statement of the transaction failed')
  expect(await names(sql)).toEqual([])
})

test('tables that another process has changed are known to connections that were there before', async () => {
  const sql = await open(url, { connections: 1 })
  await sql.run(`INSERT INTO gap (question, as_of, at) VALUES (?, '', '')`, 'old?')
  const read = () => sql.all('SELECT * FROM gap WHERE id = ?', 1)
  await read()
  const later = [...MIGRATIONS, "ALTER TABLE gap ADD COLUMN place TEXT NOT NULL DEFAULT 'here'"]
  const next = await open(url, { steps: later })
  expect(await next.all('SELECT question, place FROM gap')).toEqual([{ question: 'old?', place: 'here' }])
  expect(await read()).toMatchObject([{ question: 'old?', place: 'here' }])
  await expect(open(url)).rejects.toThrow(/^The database postgres on 127\.0\.0\.1 was made by a newer Footnote[^\n]*$/)
})

describe('opening', () => {
  test('takes the steps that are missing, once, however many processes come at the same time', async () => {
    const first = await open(url, { steps: MIGRATIONS.slice(0, 1) })
    await first.run(`INSERT INTO gap (question, as_of, at) VALUES ('old', '', '')`)
    const all = await Promise.all(Array.from({ length: 6 }, () => open(url)))
    for (const one of all)
      expect(await one.all('SELECT question, state FROM gap')).toEqual([{ question: 'old', state: 'open' }])
    expect(await directly('SELECT taken FROM schema_steps')).toMatchObject([{ taken: String(MIGRATIONS.length) }])
  })

  test('lets a step take as long as it takes, and nothing else', async () => {
    const sql = await open(url)
    const limits = `current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')`
    await directly(`ALTER TABLE knowledge_file ALTER COLUMN text SET DEFAULT ${limits}`)
    const put = (path: string) => `INSERT INTO knowledge_file (path, revision) VALUES ('${path}', 0)`
    const next = await open(url, { steps: [...MIGRATIONS, put('a step')], connections: 1 })
    await next.run(put('later'))
    expect(await sql.all('SELECT path, text FROM knowledge_file ORDER BY path')).toEqual([
      { path: 'a step', text: '0 0' },
      { path: 'later', text: '10s 5s' },
    ])
  })

  test('leaves the database as it was when a step fails', async () => {
    await open(url)
    const broken = [...MIGRATIONS, 'CREATE TABLE more (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)']
    await expect(open(url, { steps: broken })).rejects.toThrow(/nowhere/)
    expect(await directly(`SELECT to_regclass('more') AS found`)).toMatchObject([{ found: null }])
    await open(url)
  })

  test.each(['DROP TABLE notice', 'ALTER TABLE notice DROP COLUMN topic'])(
    'refuses a database that is not as Footnote made it: %s',
    async (odd) => {
      await open(url)
      await directly(odd)
      const error = await open(url).catch((refused: unknown) => refused)
      expect(error).toBeInstanceOf(UserError)
      expect((error as Error).message).toMatch(
        /^The database .* has not the tables that Footnote made \(notice\)[^\n]*$/,
      )
    },
  )

  test('goes on counting above the numbers that rows came with', async () => {
    const moved = [...MIGRATIONS, `INSERT INTO gap (id, question, as_of, at) VALUES (7, 'old?', '', '')`]
    const sql = await open(url, { steps: moved })
    expect(await sql.all(`INSERT INTO gap (question, as_of, at) VALUES ('?', '', '') RETURNING id`)).toEqual([
      { id: 8 },
    ])
  })

  test.each([
    ['a server that is not there', (address: URL) => Object.assign(address, { port: '1' }), /ECONNREFUSED/],
    ['a wrong password', (address: URL) => Object.assign(address, { password: 'quite-wrong' }), /authentication/],
    ['no such database', (address: URL) => Object.assign(address, { pathname: '/nowhere' }), /does not exist/],
  ])('tells of %s in one line, without the password', async (_, change, why) => {
    const error = await open(change(new URL(url)).href).catch((refused: unknown) => refused)
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message).toMatch(
      /^The database (postgres|nowhere) on 127\.0\.0\.1 cannot be opened \([^\n]*DATABASE_URL[^\n]*$/,
    )
    expect((error as Error).message).toMatch(why)
    expect((error as Error).message).not.toMatch(/quite|secret/)
  })
})

test.each<[string, FailureReason | undefined]>([
  ['53100', 'full'],
  ['53200', 'unreachable'],
  ['53300', 'unreachable'],
  ['57P01', 'unreachable'],
  ['57014', 'unreachable'],
  ['08006', 'unreachable'],
  ['25006', 'read-only'],
  ['42501', 'read-only'],
  ['55P03', 'locked'],
  ['40P01', 'locked'],
  ['XX001', 'damaged'],
  ['ECONNRESET', 'unreachable'],
  ['23505', undefined],
  ['42P01', undefined],
])('code %s is told as %s, without what was to be written', (code, reason) => {
  const error = Object.assign(new Error('Something.'), { code, detail: 'Key (user)=(somebody) exists.' })
  const told = postgresFailureOf(error, url)
  expect(told).toEqual(reason === undefined ? error : failing(reason))
  expect(JSON.stringify({ ...error })).not.toContain('somebody')
})
