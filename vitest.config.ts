import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './test/closing-line-reporter.ts'

/**
 * Three projects. `pure` needs nothing but Node. `world` runs against a real PostgreSQL, a real Kafka and a real
 * browser; test/world/ starts each when the first test asks for it, and says so in words where it cannot. `chaos`
 * kills a Kafka and a PostgreSQL of its own, after all others: two cores are few for it, and none may be slow beside it.
 */
const world = ['adapters', 'contracts', 'journeys', 'processes', 'services', 'web'].map(
  folder => `test/${folder}/**/*.test.ts`,
)

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLineReporter()],
    maxWorkers: 2,
    projects: [
      { test: { name: 'pure', include: ['test/**/*.test.ts'], exclude: [...world, 'test/chaos/**'] } },
      {
        test: {
          name: 'world',
          include: world,
          globalSetup: ['test/world/start-world.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'chaos', include: ['test/chaos/**/*.test.ts'], sequence: { groupOrder: 1 } } },
    ],
  },
})
