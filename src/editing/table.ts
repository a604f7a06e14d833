import type { History } from '../store/store.ts'
import type { TableShelf } from './shelf.ts'
import { filesOf } from './texts.ts'
import { ChangedMeanwhile } from './write-file.ts'

/** What processes that share a database call when the knowledge files in it have changed. */
const CHANNEL = 'knowledge'
/** Milliseconds between looks of our own, for what was not heard. */
const EVERY = 2_000

/** The knowledge files in the database. Where no signals come, what others write is found by looking. */
export function tableShelf(
  store: Pick<History, 'readFiles' | 'revisionOfFiles' | 'signals'>,
  every = EVERY,
): TableShelf {
  const { signals } = store
  return {
    name: '',
    isApart: false,
    async read() {
      // In this order: if somebody writes in between, what is based on it is refused, and it is read again.
      const revision = await store.revisionOfFiles()
      return { revision, files: filesOf(await store.readFiles()) }
    },
    async expect(revision, alone) {
      if ((await alone.revisionOfFiles()) === revision) return
      throw new ChangedMeanwhile('The knowledge was changed by somebody else just now: try again.')
    },
    // Whoever does not hear it looks for themselves.
    announce: async () => signals?.notify(CHANNEL).catch(() => {}),
    watch(changed) {
      let seen: number | undefined
      let isClosed = false
      let isLooking = false
      let isCalled = false

      async function look(): Promise<void> {
        isCalled = true
        if (isLooking) return
        isLooking = true
        while (isCalled && !isClosed) {
          isCalled = false
          // While the database cannot be read, nothing new can be, either.
          const now = await store.revisionOfFiles().catch(() => seen)
          if (now === seen || isClosed) continue
          seen = now
          // What is not taken in is told again with the next look.
          await changed().catch(() => {
            seen = undefined
          })
        }
        isLooking = false
      }

      void look()
      const looks = setInterval(() => void look(), every).unref()
      const listening = signals?.listen(CHANNEL, () => void look())
      return {
        close() {
          isClosed = true
          clearInterval(looks)
          void listening?.then((end) => end())
        },
      }
    },
  }
}
