import type { TestProject } from 'vitest/node'
import { openKafkaDoor } from './kafka-door.ts'

/** Opens what the tests of the project `world` share, before the first of them, and closes it after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kafka = await openKafkaDoor()
  project.provide('kafkaDoor', kafka.url)
  return () => kafka.close()
}
