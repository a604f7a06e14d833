import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite, type Sqlite } from '../../src/store/sqlite.ts'

let folder: string
let sql: Sqlite
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-sqlite-'))
  sql = await openSqlite(folder)
})
afterEach(async () => {
  await sql.close()
  rmSync(folder, { recursive: true })
})

const PUT = `INSERT INTO setting (guild, name, value) VALUES ('1', ?, ?)`
const put = (name: string, value = '') => sql.run(PUT, name, value)
const names = async () => (await sql.all('SELECT name FROM setting ORDER BY name')).map(({ name }) => name)
const pause = () => new Promise((resolve) => setImmediate(resolve))

test('a statement gives its rows, those it wrote, or how many it changed', async () => {
  expect(await put('a')).toBe(1)
  expect(await sql.all(`${PUT} RETURNING name`, 'b', 'x')).toEqual([{ name: 'b' }])
  expect(await sql.all('SELECT value FROM setting WHERE name = ?', 'b')).toEqual([{ value: 'x' }])
  expect(await sql.run(`UPDATE setting SET value = 'y'`)).toBe(2)
  expect(await sql.run('DELETE FROM setting WHERE name = ?', 'nothing')).toBe(0)
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

test('nobody else comes into what is done at once, however often it pauses', async () => {
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
  const others = [put('x'), names().then((found) => seen.push(found))]
  await expect(first).rejects.toThrow('taken back')
  await Promise.all([second, ...others])
  expect(seen).toEqual([[], ['second', 'x']])
  expect(await names()).toEqual(['second', 'x'])
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

test('a statement that fails takes nothing from the next one', async () => {
  await expect(sql.run('INSERT INTO nowhere VALUES (1)')).rejects.toThrow('nowhere')
  await expect(sql.atOnce((alone) => alone.run('INSERT INTO nowhere VALUES (1)'))).rejects.toThrow('nowhere')
  await Promise.all([put('a'), expect(put('a')).rejects.toThrow('UNIQUE'), put('b')])
  expect(await names()).toEqual(['a', 'b'])
})

test('closing waits for what was begun', async () => {
  const writing = sql.atOnce(async (alone) => {
    await pause()
    await alone.run(PUT, 'a', '')
  })
  await sql.close()
  await writing
  sql = await openSqlite(folder)
  expect(await names()).toEqual(['a'])
})
