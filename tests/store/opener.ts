import { openStore } from '../../src/store/store.ts'

/** Opens the store of a folder as soon as it is told to, records something, and says so. */
const [folder = '', name = ''] = process.argv.slice(2)
process.stdout.write('ready\n')
process.stdin.once('data', async () => {
  const store = await openStore(folder)
  await store.recordGap({ question: name, asOf: '2025-09-20', at: new Date('2025-09-20T10:00:00Z') })
  await store.close()
  process.stdout.write('recorded\n')
  process.exit(0)
})
