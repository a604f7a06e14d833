import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/sql.ts'
import { ENGINES, type Place, usePlaces } from './engines.ts'

const PUT = `INSERT INTO setting (guild, name, value) VALUES ('1', ?, ?)`
const pause = () => new Promise((resolve) => setImmediate(resolve))

const newPlace = usePlaces()

describe.each(ENGINES)('on $engine', ({ engine }) => {
  let place: Place
  let sql: Database
  beforeEach(async () => {
    place = await newPlace(engine)
    sql = await place.openSql()
  })
  const put = (name: string, value = '') => sql.run(PUT, name, value)
  const names = async () => (await sql.all('SELECT name FROM setting ORDER BY name')).map(({ name }) => name)

  test('a statement gives its rows, those it wrote, or how many it changed', async () => {
    expect(await put('a')).toBe(1)
    expect(await sql.all(`${PUT} RETURNING name`, 'b', 'x')).toEqual([{ name: 'b' }])
    expect(await sql.all('SELECT value FROM setting WHERE name = ?', 'b')).toEqual([{ value: 'x' }])
    expect(await sql.all('SELECT count(*) AS number FROM setting')).toEqual([{ number: 2 }])
    expect(await sql.run(`UPDATE setting SET value = 'y'`)).toBe(2)
    expect(await sql.run('DELETE FROM setting WHERE name = ?', 'nothing')).toBe(0)
  })

  test('texts are kept as they are, and ordered by their bytes', async () => {
    const texts = [
      'Ö',
      'a',
      'B',
      '',
      '-a',
      'ab',
      '🦆',
      '\\x00 $1 :b %',
      "'; DROP TABLE gap; --",
      '\r\n\t',
      'e\u0301',
      'é',
    ]
    for (const text of texts) await put(text, text)
    const byBytes = texts.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    expect(await names()).toEqual(byBytes)
    expect((await sql.all('SELECT value FROM setting ORDER BY value')).map(({ value }) => value)).toEqual(byBytes)
  })

  test('ids are numbers, counted up', async () => {
    const add = `INSERT INTO gap (question, as_of, at) VALUES ('?', '2025-09-20', '') RETURNING id, guild`
    expect(await sql.all(add)).toEqual([{ id: 1, guild: null }])
    expect(await sql.all(add)).toEqual([{ id: 2, guild: null }])
  })

  test('the clock gives milliseconds, and does not stand still', async () => {
    const time = async () => Number((await sql.all(`SELECT ${sql.clock} AS now`))[0]?.now)
    const before = await time()
    expect(Number.isSafeInteger(before)).toBe(true)
    expect(new Date(before).getUTCFullYear()).toBeGreaterThan(2024)
    await expect.poll(time).toBeGreaterThan(before)
  })

  test('what is done at once is there whole or not at all', async () => {
    await sql.atOnce(async (alone) => {
      await alone.run(PUT, 'a', '')
      await pause()
      await alone.run(PUT, 'b', '')
    })
    const failing = sql.atOnce(async (alone) => {
      await alone.run(PUT, 'c', '')
      await pause()
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await names()).toEqual(['a', 'b'])
    await put('d')
    expect(await names()).toEqual(['a', 'b', 'd'])
  })

  test('nobody else comes into what is done at once, however often it pauses, from another process neither', async () => {
    const other = await place.openSql()
    const seen: unknown[] = []
    const count = async (alone: Database | Parameters<Parameters<Database['atOnce']>[0]>[0]) =>
      Number((await alone.all('SELECT count(*) AS number FROM setting'))[0]?.number)
    const lookingTwice = (by: Database, name: string) =>
      by.atOnce(async (alone) => {
        const before = await count(alone)
        for (let i = 0; i < 20; i += 1) await pause()
        seen.push((await count(alone)) - before)
        await alone.run(PUT, name, '')
      })
    await Promise.all([
      ...Array.from({ length: 5 }, (_, i) => lookingTwice(sql, `one ${i}`)),
      ...Array.from({ length: 5 }, (_, i) => lookingTwice(other, `other ${i}`)),
      ...Array.from({ length: 20 }, (_, i) => put(`put ${i}`)),
      ...Array.from({ length: 20 }, (_, i) => other.run(PUT, `put by the other ${i}`, '')),
    ])
    expect(seen).toEqual(Array.from({ length: 10 }, () => 0))
    expect(await names()).toHaveLength(50)
  })

  test('nobody sees what is done at once before it is done, or when it is taken back', async () => {
    const seen: unknown[] = []
    const first = sql.atOnce(async (alone) => {
      for (const name of ['a', 'b', 'c']) {
        await alone.run(PUT, name, '')
        await pause()
      }
      throw new Error('all of it is taken back')
    })
    const second = sql.atOnce(async (alone) => {
      seen.push(await alone.all('SELECT name FROM setting'))
      await pause()
      await alone.run(PUT, 'second', '')
    })
    await expect(first).rejects.toThrow('taken back')
    await second
    expect(seen).toEqual([[]])
    expect(await names()).toEqual(['second'])
  })

  test('what is done at once within it is part of it, and a statement that comes after its end is refused', async () => {
    let late: (() => Promise<unknown>) | undefined
    const failing = sql.atOnce(async (alone) => {
      late = () => alone.run(PUT, 'late', '')
      await alone.atOnce((more) => more.run(PUT, 'inner', ''))
      throw new Error('taken back')
    })
    await expect(failing).rejects.toThrow('taken back')
    await expect(late?.()).rejects.toThrow('after the end')
    expect(await names()).toEqual([])
  })

  test('a statement that fails takes nothing from the next one, and is no failure of the database', async () => {
    const error = await sql.run('INSERT INTO nowhere VALUES (1)').catch((refused: unknown) => refused)
    expect(error).toMatchObject({ message: expect.stringContaining('nowhere') })
    expect(error).not.toMatchObject({ name: 'StoreFailure' })
    await expect(sql.atOnce((alone) => alone.run('INSERT INTO nowhere VALUES (1)'))).rejects.toThrow('nowhere')
    await Promise.all([put('a'), expect(put('a')).rejects.toThrow(/unique/i), put('b')])
    expect(await names()).toEqual(['a', 'b'])
  })

  test('closing waits for what was begun', async () => {
    const writing = sql.atOnce(async (alone) => {
      await pause()
      await alone.run(PUT, 'a', '')
    })
    await pause()
    await sql.close()
    await writing
    sql = await place.openSql()
    expect(await names()).toEqual(['a'])
  })
})
