import { defineConfig } from 'vitest/config'

/** What has to be there in Discord's three seconds is tried alone, before what only takes long. */
const IN_TIME = ['cluster', 'rolling', 'stall'].map((name) => `tests/faults/${name}.faults.ts`)
const ALL = 'tests/faults/**/*.faults.ts'
const testTimeout = 1_200_000

/** What takes minutes: the program is killed again and again. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'in time', include: IN_TIME, testTimeout, maxWorkers: 1, sequence: { groupOrder: 0 } } },
      {
        test: {
          name: 'in the end',
          include: [ALL],
          exclude: IN_TIME,
          testTimeout,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
