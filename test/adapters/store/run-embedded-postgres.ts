import { startEmbeddedPostgres } from '../../../src/adapters/store/embedded-postgres.ts'

/**
 * A process of its own that starts the database of a folder, for tests that kill it or run it as another user.
 * Prints one JSON line when it is up, or when it failed; stops the database when its input ends.
 */
const [dataFolder = ''] = process.argv.slice(2)
try {
  const server = await startEmbeddedPostgres({ dataFolder })
  const { connectionString, adopted } = server
  process.stdout.write(`${JSON.stringify({ connectionString, adopted })}\n`)
  for await (const _ of process.stdin);
  await server.stop()
} catch (error) {
  process.stdout.write(`${JSON.stringify({ problem: error instanceof Error ? error.message : 'unknown' })}\n`)
}
