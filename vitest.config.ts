import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Real clients, servers and browsers need longer than the default when other tests share the cores.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
