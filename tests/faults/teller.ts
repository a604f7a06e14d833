import { writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { createEngine } from '../../src/answering/engine.ts'
import { createBot } from '../../src/discord/client.ts'
import { sendNotices } from '../../src/discord/notices.ts'
import { tellFollowers } from '../../src/jobs/notices.ts'
import { shiftDay } from '../../src/knowledge/days.ts'
import { createLog } from '../../src/log.ts'
import { NO_METRICS } from '../../src/monitoring/metrics.ts'
import { openStore } from '../../src/store/store.ts'
import { boats, FIRST_DAY } from './boats.ts'

/** Tells followers what each day brings, one day after the other, and says so at once. Until killed. */
const [data = '', api = '', token = '', first = '0', last = '0'] = process.argv.slice(2)
const LEASE = 100
const store = await openStore(data)
const snapshot = boats(Number(last))
let today = FIRST_DAY
const bot = createBot({
  token,
  api,
  snapshot,
  engine: createEngine(snapshot),
  store,
  painter: { paint: () => Promise.reject(new Error('draws nothing')), waiting: () => 0, close: async () => {} },
  listCommands: () => [],
  timeZone: 'UTC',
  now: () => new Date(`${today}T12:00:00Z`),
  elapsed: () => performance.now(),
  metrics: NO_METRICS,
  log: createLog({ level: 'error' }),
})
const client = await bot.start()
writeSync(1, 'ready\n')
for (let number = Number(first); number < Number(last); number += 1) {
  today = shiftDay(FIRST_DAY, number)
  await tellFollowers(client, bot.context, LEASE)
  writeSync(1, `told ${number}\n`)
}
// Something may still be claimed by the one that was killed before.
while ((await store.listNotices()).length > 0) {
  await wait(10)
  await sendNotices(client, bot.context, LEASE)
}
writeSync(1, 'done\n')
process.exit(0)
