import kafkajs, { type Admin } from 'kafkajs'
import { connectKafka, type KafkaConnection, type KafkaLog } from './connection.ts'
import { readPlaces } from './read-places.ts'
import type { IncomingRecord } from './records.ts'
import type { Place } from './stream-hooks.ts'

const { ConfigResourceTypes } = kafkajs

/** The part of a partition that is read again: offsets from `from` up to, not including, `end`. */
export interface PastPlace extends Place {
  /** The oldest offset that Kafka still has. */
  readonly lowest: string
  readonly from: string
  readonly end: string
  /** Messages of the period that the live stream has not read yet: it will. */
  readonly ahead: number
}

export interface History extends AsyncDisposable {
  /** Such as "kafka:4L6g3nShT-eMCtK--X86sw": part of every event id. */
  readonly channel: string
  readonly places: readonly PastPlace[]
  /** Reads each place to its end, in order. Rejects with whatever `handle` rejects with. */
  read(reading: {
    readonly places: readonly PastPlace[]
    readonly handle: (records: readonly IncomingRecord[]) => Promise<void>
    /** Offsets passed so far, over all places. */
    readonly onProgress: (passed: number) => void
    readonly signal: AbortSignal
  }): Promise<'read' | 'interrupted'>
}

export interface HistoryNeeds {
  readonly connection: KafkaConnection
  readonly topics: readonly string[]
  readonly period: { readonly fromMs: number; readonly toMs: number | null }
  /** Whose commits say how far the live stream has read. They are looked at, and never written. */
  readonly liveGroupId: string
  /** A group of this run alone. It commits nothing, and is removed when the run is over. */
  readonly groupId: string
  readonly log: KafkaLog
}

/** Looks up which offsets hold a period of the past, and reads them beside the live stream. */
export async function openHistory(needs: HistoryNeeds): Promise<History> {
  const { connection, topics, groupId, log } = needs
  await using opened = new AsyncDisposableStack()
  const admin = connectKafka({ connection, log }).admin()
  await admin.connect()
  opened.defer(() => admin.disconnect())
  await assertPresent(admin, topics)
  const { clusterId } = await admin.describeCluster()
  const places = await Promise.all(topics.map(topic => findPlaces(admin, { ...needs, topic })))
  opened.defer(() => removeGroup(admin, { groupId, log }))
  const kept = opened.move()
  const { toMs } = needs.period
  return {
    channel: `kafka:${clusterId}`,
    places: places.flat(),
    read: ({ handle, ...reading }) =>
      readPlaces({
        ...reading,
        ...{ connection, groupId, log },
        handle: records => handle(toMs === null ? records : records.filter(each => each.timestampMs < toMs)),
      }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

async function assertPresent(admin: Admin, topics: readonly string[]): Promise<void> {
  const present = new Set(await admin.listTopics())
  const absent = topics.filter(topic => !present.has(topic))
  if (absent.length > 0)
    throw new Error(`there is no topic ${absent.join(', ')}: correct KAFKA_ATTENDANCE_TOPICS`)
}

async function findPlaces(
  admin: Admin,
  { topic, period: { fromMs, toMs }, liveGroupId }: HistoryNeeds & { readonly topic: string },
): Promise<PastPlace[]> {
  const [ends, starts, [committed]] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchTopicOffsetsByTimestamp(topic, fromMs),
    admin.fetchOffsets({ groupId: liveGroupId, topics: [topic] }),
  ])
  const until =
    toMs !== null && (await isStampedByBroker(admin, topic))
      ? await admin.fetchTopicOffsetsByTimestamp(topic, toMs)
      : ends.map(({ partition, high }) => ({ partition, offset: high }))
  return ends.map(({ partition, low }) => {
    const offsetIn = (offsets: readonly { partition: number; offset: string }[]): bigint =>
      BigInt(offsets.find(each => each.partition === partition)?.offset ?? '-1')
    const [from, last] = [offsetIn(starts), offsetIn(until)]
    const read = offsetIn(committed?.partitions ?? [])
    const end = read < last ? (read < from ? from : read) : last
    return {
      ...{ topic, partition, lowest: low },
      ...{ from: String(from), end: String(end) },
      ahead: Number(last > end ? last - end : 0n),
    }
  })
}

/** Senders' clocks are in no order: then the end of a period is no offset, and each message is asked for its time. */
async function isStampedByBroker(admin: Admin, topic: string): Promise<boolean> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['message.timestamp.type'] }],
  })
  return resources[0]?.configEntries[0]?.configValue === 'LogAppendTime'
}

/** Without commits Kafka would forget it by itself; gone at once, it does not stand among the groups that lag. */
async function removeGroup(
  admin: Admin,
  { groupId, log }: { readonly groupId: string; readonly log: KafkaLog },
): Promise<void> {
  const { groups } = await admin.listGroups()
  if (!groups.some(group => group.groupId === groupId)) return
  await admin
    .deleteGroups([groupId])
    .catch((error: unknown) => log.warn({ err: error, groupId }, 'the group of the run was not removed'))
}
