import { writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { createBot } from '../../src/discord/client.ts'
import { closeAnswered } from '../../src/discord/keeping/gaps.ts'
import { postDueDigest } from '../../src/jobs/digests.ts'
import { tellFollowers } from '../../src/jobs/notices.ts'
import { createLog } from '../../src/log.ts'
import { NO_METRICS } from '../../src/monitoring/metrics.ts'
import { openStore } from '../../src/store/store.ts'
import { abstentionFor, answerWith } from '../render/sample.ts'
import { boats, FIRST_DAY } from './boats.ts'

/** Closes gaps, posts digests and tells followers, again and again, on the day that the store says it is. Until killed. */
const [folder = '', url = '', api = '', token = '', guild = '', days = '0'] = process.argv.slice(2)
// Whoever started it may be killed as well.
process.stdin.once('end', () => process.exit(0)).resume()
const LEASE = 300
const store = await openStore(folder, url || undefined)
const snapshot = boats(Number(days))
let today = FIRST_DAY
const bot = createBot({
  token,
  api,
  snapshot,
  engine: {
    ask(text, asOf) {
      const fact = snapshot.facts.get(`boat-${/on boat (\d+)/.exec(text)?.[1]}`)
      return fact ? answerWith(snapshot, [fact], asOf) : abstentionFor('nothing-near', asOf)
    },
    updated() {
      return this
    },
  },
  store,
  painter: { paint: () => Promise.reject(new Error('draws nothing')), waiting: () => 0, close: async () => {} },
  listCommands: () => [],
  moderatorsGuild: guild,
  timeZone: 'UTC',
  now: () => new Date(`${today}T12:00:00Z`),
  elapsed: () => performance.now(),
  metrics: NO_METRICS,
  log: createLog({ level: 'error' }),
})
const client = await bot.start()
writeSync(1, 'ready\n')
for (;;) {
  today = (await store.readSettings('')).get('today') ?? FIRST_DAY
  await closeAnswered(bot.context)
  await postDueDigest(client, bot.context, LEASE)
  await tellFollowers(client, bot.context, LEASE)
  await wait(10)
}
