import type { Clock } from '../../services/ports.ts'
import { connectKafka, type KafkaConnection, type KafkaLog } from './connection.ts'
import { type IncomingRecord, receivedAtMs } from './records.ts'
import type { Place } from './stream-hooks.ts'

/** How far one partition is behind. */
export interface PartitionLag extends Place {
  readonly messages: number
  /** How long the oldest message that is not done has waited, at most; 0 where none waits. */
  readonly seconds: number
}

/** Hears from the consumer what it reads and what is done. */
export interface Progress {
  assigned(places: readonly Place[]): void
  reading(first: IncomingRecord): void
  /** `isCaughtUp`: nothing was left to read when the batch was fetched. */
  done(last: IncomingRecord, state: { readonly isCaughtUp: boolean }): void
}

export interface LagGauge extends Progress, AsyncDisposable {
  /** Of the partitions that this consumer reads: the others know of theirs. */
  read(): Promise<readonly PartitionLag[]>
}

/** Measures the group against the ends of its topics. Connects when first asked. */
export function openLagGauge({
  connection,
  groupId,
  clock,
  log,
}: {
  readonly connection: KafkaConnection
  readonly groupId: string
  readonly clock: Clock
  readonly log: KafkaLog
}): LagGauge {
  const admin = connectKafka({ connection, log }).admin()
  /** By partition: a moment before which nothing waits. Not known until something was read, or nothing was there. */
  const nothingBefore = new Map<string, number>()
  let assignedAtMs = 0
  let own: readonly Place[] = []
  let connected: Promise<void> | null = null
  const now = (): number => clock.now().epochMilliseconds

  function movedOn(place: Place, atMs: number): void {
    const known = nothingBefore.get(nameOf(place))
    nothingBefore.set(nameOf(place), Math.max(known ?? 0, atMs))
  }

  async function connect(): Promise<void> {
    try {
      await admin.connect()
    } catch (error) {
      connected = null // the next reading tries again
      throw error
    }
  }

  async function readTopic(topic: string, partitions: ReadonlySet<number>): Promise<PartitionLag[]> {
    const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
    const ends = await admin.fetchTopicOffsets(topic)
    return ends
      .filter(({ partition }) => partitions.has(partition))
      .map(({ partition, high, low }) => {
        const next = committed?.partitions.find(each => each.partition === partition)?.offset ?? '-1'
        const messages = Number(BigInt(high) - BigInt(next === '-1' ? low : next))
        const place = { topic, partition }
        if (messages <= 0) movedOn(place, now())
        const since = nothingBefore.get(nameOf(place)) ?? assignedAtMs
        return messages <= 0
          ? { ...place, messages: 0, seconds: 0 }
          : { ...place, messages, seconds: Math.max(0, now() - since) / 1000 }
      })
  }

  return {
    assigned(places) {
      const kept = new Set(places.map(nameOf))
      for (const name of nothingBefore.keys()) if (!kept.has(name)) nothingBefore.delete(name)
      assignedAtMs = now()
      own = places
    },
    reading: first => movedOn(first, receivedAtMs(first, now())),
    done: (last, { isCaughtUp }) => movedOn(last, isCaughtUp ? now() : receivedAtMs(last, now())),
    async read() {
      if (own.length === 0) return []
      connected ??= connect()
      await connected
      const byTopic = Map.groupBy(own, ({ topic }) => topic)
      const readings = [...byTopic].map(([topic, places]) =>
        readTopic(topic, new Set(places.map(({ partition }) => partition))),
      )
      const lags = (await Promise.all(readings)).flat()
      return lags.filter(lag => own.some(place => nameOf(place) === nameOf(lag)))
    },
    async [Symbol.asyncDispose]() {
      if (connected !== null) await admin.disconnect()
    },
  }
}

function nameOf({ topic, partition }: Place): string {
  return `${topic}/${partition}`
}
