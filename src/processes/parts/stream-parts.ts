import type { KafkaConnection } from '../../adapters/kafka/connection.ts'
import { type ConsumerTimings, usualTimings } from '../../adapters/kafka/consumer.ts'
import { openProjector } from '../../adapters/kafka/projector.ts'
import type { Running } from '../../adapters/kafka/running.ts'
import { openScanner } from '../../adapters/kafka/scanner.ts'
import type { WrenTopics } from '../../adapters/kafka/topics.ts'
import type { Screen } from '../../services/screen-attendances.ts'
import type { ProcessRole, Settings } from '../config.ts'
import { countArrival, countSaved } from '../count-screening.ts'
import { makeMappedScreen } from '../file-intake.ts'
import { findMapping } from '../mappings.ts'
import { storeOf, type World } from '../world.ts'
import type { Part } from './part.ts'

type KafkaSettings = NonNullable<Settings['kafka']>

interface StreamPart {
  readonly role: ProcessRole
  readonly part: Part
}

/** How often the lag behind the stream is read for the metrics. */
const lagEveryMs = 15_000

/** The parts that read Kafka: `scanner` screens notes, `projector` brings what came of them into the database. */
export async function startStreamParts(
  world: World,
  roles: ReadonlySet<ProcessRole>,
): Promise<readonly StreamPart[]> {
  const { kafka } = world.settings
  if (kafka === null) return []
  const parts: StreamPart[] = []
  if (roles.has('projector')) parts.push({ role: 'projector', part: await projectorPart(world, kafka) })
  if (roles.has('scanner')) parts.push({ role: 'scanner', part: await scannerPart(world, kafka) })
  return parts
}

async function scannerPart(world: World, kafka: KafkaSettings): Promise<Part> {
  const { clock, metrics, secrets, log } = world
  const groupId = `${kafka.prefix}.scanner`
  const running = await openScanner({
    connection: connectionOf(kafka, 'wren-scanner'),
    groupId,
    inputs: kafka.topics,
    formatOf: topic => kafka.topicFormats.get(topic) ?? null,
    topics: topicsOf(kafka),
    createInputs: kafka.createTopics,
    partitions: kafka.partitions,
    replication: kafka.replication,
    timings: timingsOf(kafka),
    identifierKey: secrets.identifierKey,
    screen: screenByTopic(world, kafka),
    clock,
    hooks: {
      screened: screening => countArrival(world, screening),
      rebalanced: () => metrics.rebalanced(groupId),
      left: place => metrics.consumerLeft({ group: groupId, ...place }),
      commitFailed: topic => metrics.commitFailed(topic),
    },
    log: log.child({ subject: 'scanner' }),
  })
  return partOf(running, { world, groupId })
}

/** What reads the messages of a topic: of some a mapping. */
export function screenByTopic(world: World, { topicFormats, topicMappings }: KafkaSettings): Screen {
  const mapped = new Map<string, Screen>()
  for (const [topic, format] of topicFormats) {
    if (format !== 'csv' && format !== 'json-mapped') continue
    const by = `KAFKA_ATTENDANCE_TOPICS: the topic "${topic}"`
    const mapping = findMapping(world.mappings, { format, name: topicMappings.get(topic) ?? null, by })
    mapped.set(topic, makeMappedScreen(world, mapping))
  }
  return (bytes, delivery, format) => (mapped.get(delivery.stream) ?? world.screen)(bytes, delivery, format)
}

async function projectorPart(world: World, kafka: KafkaSettings): Promise<Part> {
  const { clock, metrics, log } = world
  const groupId = `${kafka.prefix}.projector`
  const running = await openProjector({
    connection: connectionOf(kafka, 'wren-projector'),
    groupId,
    topics: topicsOf(kafka),
    partitions: kafka.partitions,
    replication: kafka.replication,
    timings: timingsOf(kafka),
    store: storeOf(world).projection,
    clock,
    hooks: {
      recorded: (receipts, outcomes) => {
        for (const [index, { delivery }] of receipts.entries()) {
          const outcome = outcomes[index]
          if (outcome !== undefined) countSaved(world, { receivedAt: delivery.receivedAt, outcome })
        }
      },
      storeFailed: () => {},
      rebalanced: () => metrics.rebalanced(groupId),
      left: place => metrics.consumerLeft({ group: groupId, ...place }),
      commitFailed: topic => metrics.commitFailed(topic),
    },
    log: log.child({ subject: 'projector' }),
  })
  return partOf(running, { world, groupId })
}

export function connectionOf({ brokers }: KafkaSettings, clientId: string): KafkaConnection {
  return { brokers, clientId }
}

/** Six heartbeats go missing before a consumer does. */
function timingsOf({ sessionTimeoutMs }: KafkaSettings): ConsumerTimings {
  const heartbeatMs = Math.min(usualTimings.heartbeatMs, Math.floor(sessionTimeoutMs / 6))
  return { ...usualTimings, sessionTimeoutMs, heartbeatMs }
}

function topicsOf({ prefix }: KafkaSettings): WrenTopics {
  return {
    flags: `${prefix}.flags.v1`,
    receipts: `${prefix}.screened.v1`,
    deadLetters: `${prefix}.dead-letters.v1`,
  }
}

function partOf(running: Running, watched: { world: World; groupId: string }): Part {
  const watch = setInterval(() => void showLag(running, watched), lagEveryMs)
  return {
    url: null,
    failed: running.failed.then(error => {
      throw error
    }),
    async [Symbol.asyncDispose]() {
      clearInterval(watch)
      await running.stop()
    },
  }
}

async function showLag(
  running: Running,
  { world, groupId }: { world: World; groupId: string },
): Promise<void> {
  const { metrics, clock, log } = world
  try {
    for (const { topic, partition, messages, seconds } of await running.lag()) {
      const committedAt = clock
        .now()
        .subtract({ milliseconds: Math.round(seconds * 1_000) })
        .toString()
      metrics.consumerAt({ group: groupId, topic, partition, lagMessages: messages, committedAt })
    }
  } catch (error) {
    log.warn({ err: error, groupId }, 'the lag behind Kafka could not be read')
  }
}
