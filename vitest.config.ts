import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Most of the long tests wait for a client, a server or a browser, so more of them run than there are cores.
    maxWorkers: 4,
    // They need longer than the default then.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
})
