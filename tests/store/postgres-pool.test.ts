import { expect, test, vi } from 'vitest'
import { createPool } from '../../src/store/postgres-pool.ts'
import { openSession } from '../../src/store/postgres-session.ts'
import { useCluster } from '../postgres.ts'

const scene = useCluster()

test('with a connection that is lost those go that nobody uses, as they may be as well', async () => {
  const url = await scene.cluster.addSchema()
  const pool = createPool(url, 4)
  const taken = await Promise.all(Array.from({ length: 4 }, () => pool.take()))
  const [used, ...rest] = taken.map(({ session }) => session)
  const [row] = (await rest[0]?.command('SELECT pg_backend_pid() AS pid'))?.rows ?? []
  const somebody = await openSession(url)
  for (const { release } of taken.slice(1)) release()
  await somebody.command(`SELECT pg_terminate_backend(${row?.pid})`)
  await vi.waitFor(() => expect(rest.map(({ isOpen }) => isOpen)).toEqual([false, false, false]))
  expect((await used?.command('SELECT 1 AS one'))?.rows).toEqual([{ one: 1 }])
  const next = await pool.take()
  expect((await next.session.command('SELECT 2 AS two')).rows).toEqual([{ two: 2 }])
  taken[0]?.release()
  next.release()
  await Promise.all([pool.close(), somebody.close()])
})
