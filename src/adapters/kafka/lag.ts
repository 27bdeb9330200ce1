import type { Clock } from '../../services/ports.ts'
import { connectKafka, type KafkaConnection, type KafkaLog } from './connection.ts'
import type { Progress } from './consumer.ts'

/** How far one partition is behind. */
export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  readonly messages: number
  /**
   * At most this many seconds has the oldest message waited: it came after the last one that was done, and after
   * the last moment when nothing was left to read. 0 with no message waiting; null before anything is known.
   */
  readonly seconds: number | null
}

export interface LagGauge extends AsyncDisposable {
  progressed(progress: Progress): void
  read(): Promise<readonly PartitionLag[]>
}

/** Measures the group against the ends of its topics. Connects when first asked. */
export function openLagGauge({
  connection,
  groupId,
  topics,
  clock,
  log,
}: {
  readonly connection: KafkaConnection
  readonly groupId: string
  readonly topics: readonly string[]
  readonly clock: Clock
  readonly log: KafkaLog
}): LagGauge {
  const admin = connectKafka({ connection, log }).admin()
  /** By partition: a moment when nothing older was waiting. */
  const upToDateAt = new Map<string, number>()
  let connected: Promise<void> | null = null
  const now = (): number => clock.now().epochMilliseconds

  async function connect(): Promise<void> {
    try {
      await admin.connect()
    } catch (error) {
      connected = null // the next reading tries again
      throw error
    }
  }

  async function readTopic(topic: string, committed: ReadonlyMap<number, string>): Promise<PartitionLag[]> {
    const ends = await admin.fetchTopicOffsets(topic)
    return ends.map(({ partition, high, low }) => {
      const next = BigInt(committed.get(partition) ?? '-1')
      const messages = Number(BigInt(high) - (next < 0n ? BigInt(low) : next))
      const place = `${topic}/${partition}`
      if (messages <= 0) upToDateAt.set(place, now())
      const since = upToDateAt.get(place)
      const seconds = since === undefined ? null : Math.max(0, now() - since) / 1000
      return { topic, partition, messages: Math.max(0, messages), seconds: messages <= 0 ? 0 : seconds }
    })
  }

  return {
    progressed({ topic, partition, lastTimestampMs, isCaughtUp }) {
      const place = `${topic}/${partition}`
      const at = isCaughtUp ? now() : Math.min(lastTimestampMs, now())
      upToDateAt.set(place, Math.max(upToDateAt.get(place) ?? 0, at))
    },
    async read() {
      connected ??= connect()
      await connected
      const offsets = await admin.fetchOffsets({ groupId, topics: [...topics] })
      const byTopic = new Map(
        offsets.map(({ topic, partitions }) => [
          topic,
          new Map(partitions.map(({ partition, offset }) => [partition, offset])),
        ]),
      )
      const readings = await Promise.all(
        topics.map(topic => readTopic(topic, byTopic.get(topic) ?? new Map())),
      )
      return readings.flat()
    },
    async [Symbol.asyncDispose]() {
      if (connected !== null) await admin.disconnect()
    },
  }
}
