import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Most of the long tests wait for a client, a server or a browser, so more of them run than there are cores.
    maxWorkers: 4,
    // They need longer than the default then, and all the more on a slow machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
})
