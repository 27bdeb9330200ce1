import { openProjector, type ProjectorSettings } from '../../src/adapters/kafka/projector.ts'
import type { ProjectionStore } from '../../src/services/ports.ts'
import type { KafkaTopics } from './kafka-topics.ts'
import { noHooks, quiet, systemClock, testTimings } from './run-scanner.ts'

/** A projector on a test's own topics. */
export function runProjector(
  { connection, group, topics }: Pick<KafkaTopics, 'connection' | 'group' | 'topics'>,
  wishes: Partial<ProjectorSettings> & Pick<ProjectorSettings, 'store'>,
): ReturnType<typeof openProjector> {
  return openProjector({
    connection,
    groupId: `${group}-projector`,
    topics,
    partitions: 3,
    replication: 1,
    timings: testTimings,
    clock: systemClock,
    hooks: noHooks,
    log: quiet,
    ...wishes,
  })
}

/** For stores that a test makes up: every partition is new to them. */
export const takeOverAtOnce: ProjectionStore['takeOver'] = async (_place, lowest) => ({
  epoch: 1,
  next: lowest,
  lastSha256: null,
})
