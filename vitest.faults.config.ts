import { defineConfig } from 'vitest/config'

/** What takes minutes: the program is killed again and again. */
export default defineConfig({
  test: { include: ['tests/faults/**/*.faults.ts'], testTimeout: 1_200_000, maxWorkers: 3 },
})
