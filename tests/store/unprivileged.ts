import { chmodSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { backUp } from '../../src/store/backup.ts'
import { openStore, type Store } from '../../src/store/store.ts'

/** Tries folders and files that may not be written to, as somebody for whom that counts; says what came of it, as JSON. */
const root = process.argv[2] ?? ''
const NOBODY = 65_534
// Everything is imported by now: where the project is, nobody may have no right to read.
if (process.getuid?.() === 0) {
  process.setgid?.(NOBODY)
  process.setuid?.(NOBODY)
}

const said: Record<string, unknown> = {}
const data = join(root, 'data')
const file = join(data, 'footnote.db')
const at = new Date('2025-09-20T10:00:00Z')

async function opening(folder: string): Promise<string> {
  try {
    const store = await openStore(folder)
    await store.close()
    return 'opened'
  } catch (error) {
    return `${(error as Error).constructor.name}: ${(error as Error).message}`
  }
}

async function recording(store: Store, question: string): Promise<string> {
  try {
    await store.recordGap({ question, asOf: '2025-09-20', at })
    return 'recorded'
  } catch (error) {
    return `${(error as { reason?: string }).reason}: ${(error as Error).message}`
  }
}

mkdirSync(data)
chmodSync(data, 0o555)
said.readOnlyFolder = await opening(data)
chmodSync(data, 0o755)
const store = await openStore(data)
said.first = await recording(store, 'first')
await backUp(data, join(root, 'copy.db'))
chmodSync(data, 0o555)
chmodSync(file, 0o444)
// What is open stays so, whatever becomes of its rights.
said.whileOpen = await recording(store, 'while open')
chmodSync(data, 0o755)
renameSync(join(root, 'copy.db'), file)
chmodSync(file, 0o444)
said.readOnlyCopy = await recording(store, 'into a copy')
said.readOnlyStart = await opening(data)
chmodSync(file, 0o644)
do {
  await wait(100)
  said.writableAgain = await recording(store, 'again')
} while (said.writableAgain !== 'recorded')
said.questions = (await store.listGaps()).map(({ question }) => question)
await store.close()
console.log(JSON.stringify(said))
