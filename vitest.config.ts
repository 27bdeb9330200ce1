import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './test/closing-line-reporter.ts'

/**
 * Two projects. `pure` needs nothing but Node. `world` runs against a real PostgreSQL, a real Kafka and a real
 * browser; test/world/ starts each when the first test asks for it, and says so in words where it cannot.
 */
const world = ['adapters', 'chaos', 'contracts', 'journeys', 'processes', 'services', 'web'].map(
  folder => `test/${folder}/**/*.test.ts`,
)

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLineReporter()],
    maxWorkers: 2,
    projects: [
      { test: { name: 'pure', include: ['test/**/*.test.ts'], exclude: world } },
      {
        test: {
          name: 'world',
          include: world,
          globalSetup: ['test/world/start-world.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
