import type { RecordMetadata } from 'kafkajs'
import { connectKafka, type KafkaConnection, type KafkaLog, retries } from './connection.ts'
import { type Failure, StreamFailed } from './failure.ts'
import { chunkFrom, type OutgoingRecord } from './records.ts'

/**
 * One send is one record batch, and a topic's limit is on the batch. This stays below the default limit of a
 * megabyte; a record that is larger by itself goes alone.
 */
const batchLimits = { countMax: 1_000, bytesMax: 700_000 }

/** Writes records so that a resolved `send` means: every one of them is on every replica in sync. */
export interface Publisher extends AsyncDisposable {
  /** In order, one topic-partition after the other. `beforeEach` may throw to stop between two of them. */
  send(records: readonly OutgoingRecord[], beforeEach: () => void): Promise<void>
}

/**
 * A send never spans two partitions: kafkajs loses records, and resolves, when leadership moves between the two.
 * Sends go one at a time, and after a rejected one this publisher never sends again: the next batch would carry the
 * same sequence number, and the broker could take it for a repeat.
 */
export async function openPublisher({
  connection,
  failure,
  log,
}: {
  readonly connection: KafkaConnection
  readonly failure: Failure
  readonly log: KafkaLog
}): Promise<Publisher> {
  const producer = connectKafka({ connection, log }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    retry: retries.send,
  })
  // If this fails half-way the producer is connected and not idempotent: it must not be used, and is not.
  await producer.connect()
  let turn: Promise<void> = Promise.resolve()

  function sendInTurn(records: readonly OutgoingRecord[], to: Target): Promise<void> {
    const sent = turn.then(() => sendNow(records, to))
    turn = sent.catch(() => undefined) // the caller hears of it; the next in turn asks `failure`
    return sent
  }

  async function sendNow(records: readonly OutgoingRecord[], to: Target): Promise<void> {
    if (failure.error !== null) throw new StreamFailed(failure.error)
    try {
      const written = await producer.send({
        topic: to.topic,
        acks: -1,
        messages: records.map(({ key, value, headers }) => ({
          key,
          value: value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength),
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, content]) => [name, Buffer.from(content)]),
          ),
          partition: to.partition,
        })),
      })
      assertCovers(written, to)
    } catch (cause) {
      const { topic, partition } = to
      failure.fail(
        new Error(`${topic} partition ${partition} did not take ${records.length} records`, { cause }),
      )
      throw new StreamFailed(cause)
    }
  }

  return {
    async send(records, beforeEach) {
      for (const [to, group] of groupByTarget(records)) {
        for (let from = 0; from < group.length; ) {
          const batch = chunkFrom(group, from, batchLimits)
          beforeEach()
          await sendInTurn(batch, to)
          from += batch.length
        }
      }
    },
    async [Symbol.asyncDispose]() {
      await producer.disconnect()
    },
  }
}

interface Target {
  readonly topic: string
  readonly partition: number
}

/** kafkajs has resolved sends of which a part was never sent: only what the broker names has been written. */
export function assertCovers(written: readonly RecordMetadata[], to: Target): void {
  const isCovered = written.some(
    each => each.topicName === to.topic && each.partition === to.partition && each.errorCode === 0,
  )
  if (!isCovered) {
    throw new Error(`the broker did not confirm what was sent to ${to.topic} partition ${to.partition}`)
  }
}

function groupByTarget(records: readonly OutgoingRecord[]): Iterable<readonly [Target, OutgoingRecord[]]> {
  const groups = Map.groupBy(records, ({ topic, partition }) => `${topic}/${partition}`)
  return [...groups.values()].flatMap(group => (group[0] === undefined ? [] : [[group[0], group] as const]))
}
