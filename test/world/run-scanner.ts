import { openScanner, type ScannerSettings } from '../../src/adapters/kafka/scanner.ts'
import { type Logger, makeLogger } from '../../src/telemetry/logger.ts'
import type { KafkaTopics } from './kafka-topics.ts'
import { identifierKey, knifeScreen } from './knife-screen.ts'

export const systemClock = { now: () => Temporal.Now.instant() }
export const quiet: Logger = makeLogger({ level: 'silent' })

/** For tests: a dead consumer is missed within seconds. */
export const testTimings = { sessionTimeoutMs: 6_000, heartbeatMs: 1_000, rebalanceTimeoutMs: 10_000 }

export const noHooks = {
  rebalanced() {},
  left() {},
  commitFailed() {},
  screened() {},
  recorded() {},
  storeFailed() {},
}

/** A scanner on a test's own topics. */
export function runScanner(
  { connection, group, input, topics }: Pick<KafkaTopics, 'connection' | 'group' | 'input' | 'topics'>,
  wishes: Partial<ScannerSettings> = {},
): ReturnType<typeof openScanner> {
  return openScanner({
    connection,
    groupId: group,
    inputs: [input],
    createInputs: false,
    topics,
    partitions: 3,
    replication: 1,
    timings: testTimings,
    identifierKey,
    screen: knifeScreen,
    clock: systemClock,
    hooks: noHooks,
    log: quiet,
    ...wishes,
  })
}
