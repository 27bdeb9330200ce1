import type { TestProject } from 'vitest/node'
import { startDatabaseServer } from './database.ts'
import { openKafkaDoor } from './kafka-door.ts'

/** Opens what the tests of the project `world` share, before the first of them, and closes it after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startDatabaseServer()
  project.provide('databaseTemplate', database.template)
  const kafka = await openKafkaDoor()
  project.provide('kafkaDoor', kafka.url)
  return async () => {
    await kafka.close()
    await database.stop()
  }
}
