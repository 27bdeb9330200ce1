import type { Consumer, EachBatchPayload } from 'kafkajs'
import { connectKafka, type KafkaConnection, type KafkaLog, retries } from './connection.ts'
import { makeFailure, StreamFailed } from './failure.ts'
import { beatEvery } from './heartbeat.ts'
import type { PastPlace } from './history.ts'
import { incoming } from './incoming.ts'
import { chunkFrom, type IncomingRecord } from './records.ts'

interface Reading {
  readonly connection: KafkaConnection
  readonly groupId: string
  readonly places: readonly PastPlace[]
  readonly handle: (records: readonly IncomingRecord[]) => Promise<void>
  readonly onProgress: (passed: number) => void
  readonly signal: AbortSignal
  readonly log: KafkaLog
}

/** How far a place is read. */
interface Position {
  readonly place: PastPlace
  readonly end: bigint
  next: bigint
}

const chunkLimits = { countMax: 500, bytesMax: 1_048_576 }
const timings = { sessionTimeoutMs: 30_000, heartbeatMs: 3_000 }

/**
 * Reads each place to its end. kafkajs reads by groups only, so this is a group of its own that commits nothing:
 * wherever it joins, it is told to go to where it stands. Whatever is fetched from elsewhere is passed over.
 */
export async function readPlaces(reading: Reading): Promise<'read' | 'interrupted'> {
  const { connection, groupId, places, handle, onProgress, signal, log } = reading
  const positions = new Map(
    places.map(place => [nameOf(place), { place, next: BigInt(place.from), end: BigInt(place.end) }]),
  )
  const isDone = (): boolean => [...positions.values()].every(({ next, end }) => next >= end)
  if (isDone()) return 'read'
  const { promise: done, resolve: finish } = Promise.withResolvers<'read' | 'interrupted'>()
  const failure = makeFailure(error => log.debug({ err: error }, 'history cannot be read on'))
  const consumer = connectKafka({ connection, log, onCrash: failure.fail }).consumer({
    groupId,
    sessionTimeout: timings.sessionTimeoutMs,
    heartbeatInterval: timings.heartbeatMs,
    maxBytesPerPartition: 4 * 1_048_576,
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
    retry: { ...retries.many, restartOnFailure: async () => false },
  })
  consumer.on(consumer.events.GROUP_JOIN, () => {
    for (const position of positions.values()) goTo(consumer, position)
  })
  consumer.on(consumer.events.CRASH, ({ payload }) => failure.fail(payload.error))
  // A batch of nothing but control records never reaches the handler, and moves on all the same.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    const position = positions.get(nameOf(payload))
    if (position !== undefined && payload.batchSize === 0) passOver(position, payload.lastOffset)
  })
  const interrupt = (): void => finish('interrupted')
  signal.addEventListener('abort', interrupt)
  if (signal.aborted) interrupt()

  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [...new Set(places.map(({ topic }) => topic))], fromBeginning: true })
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: true, eachBatch })
    const error = failure.failed.then(cause => Promise.reject(cause))
    return await Promise.race([done, error])
  } finally {
    signal.removeEventListener('abort', interrupt)
    await consumer.disconnect()
  }

  async function eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, isRunning, isStale } = payload
    const position = positions.get(nameOf(batch))
    if (position === undefined) return
    const heart = beatEvery({ intervalMs: timings.heartbeatMs, beat: heartbeat, onFail: () => {} })
    try {
      const wanted = batch.messages.filter(
        ({ offset }) => BigInt(offset) >= position.next && BigInt(offset) < position.end,
      )
      for (let from = 0; from < wanted.length; ) {
        if (!isRunning() || isStale() || signal.aborted) return
        heart.rethrow()
        const records = chunkFrom(wanted, from, chunkLimits).map(message =>
          incoming(message, batch.topic, batch.partition),
        )
        await handle(records).catch((error: unknown) => {
          failure.fail(error instanceof Error ? error : new Error('no error was thrown', { cause: error }))
          throw new StreamFailed(error)
        })
        from += records.length
        passOver(position, records.at(-1)?.offset ?? '-1')
      }
      passOver(position, batch.lastOffset()) // behind the last message may stand a record that is none
    } finally {
      heart.stop()
    }
  }

  function passOver(position: Position, offset: string): void {
    const next = BigInt(offset) + 1n
    if (next <= position.next) return
    position.next = next < position.end ? next : position.end
    if (position.next === position.end) rest(consumer, position)
    onProgress(passed(positions.values()))
    if (isDone()) finish('read')
  }
}

function goTo(consumer: Consumer, position: Position): void {
  const { topic, partition } = position.place
  if (position.next >= position.end) rest(consumer, position)
  else consumer.seek({ topic, partition, offset: String(position.next) })
}

/** What comes after its end is not fetched for nothing. */
function rest(consumer: Consumer, { place: { topic, partition } }: Position): void {
  consumer.pause([{ topic, partitions: [partition] }])
}

function passed(positions: Iterable<Position>): number {
  return [...positions].reduce((sum, { place, next }) => sum + Number(next - BigInt(place.from)), 0)
}

function nameOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}/${partition}`
}
