import type { Consumer, EachBatchPayload } from 'kafkajs'
import { makeAssignment, Reassigned } from './assignment.ts'
import { connectKafka, type KafkaConnection, type KafkaLog, retries } from './connection.ts'
import { type Failure, StreamFailed } from './failure.ts'
import { beatEvery } from './heartbeat.ts'
import { incoming } from './incoming.ts'
import type { Progress } from './lag.ts'
import { makeOrigin, type Origin } from './origin.ts'
import { chunkFrom, type IncomingRecord } from './records.ts'
import { makeStarts, type StartOf } from './starts.ts'
import type { Place, StreamHooks } from './stream-hooks.ts'

/** Records of one partition, in order. */
export interface Chunk {
  readonly topic: string
  readonly partition: number
  readonly records: readonly IncomingRecord[]
  /** Throws when the partition may belong to another consumer by now: then nothing more must be written for it. */
  assertOurs(): void
}

/**
 * `done`: the outcome of the first `count` records is durable. `later`: of none; try again after the wait.
 * `elsewhere`: of none, and the partition stands elsewhere than was believed: ask again where to start.
 */
export type Handled =
  | { readonly kind: 'done'; readonly count: number }
  | { readonly kind: 'later'; readonly waitMs: number }
  | { readonly kind: 'elsewhere' }

/** Expected troubles are answers; whatever a handler throws ends the stream. */
export type Handle = (chunk: Chunk) => Promise<Handled>

export interface ConsumerTimings {
  /** A consumer that is silent for this long loses its partitions to the others. */
  readonly sessionTimeoutMs: number
  readonly heartbeatMs: number
  readonly rebalanceTimeoutMs: number
}

export const usualTimings: ConsumerTimings = {
  sessionTimeoutMs: 45_000,
  heartbeatMs: 3_000,
  rebalanceTimeoutMs: 60_000,
}

export interface ConsumerNeeds {
  readonly connection: KafkaConnection
  readonly groupId: string
  readonly topics: readonly string[]
  readonly timings: ConsumerTimings
  readonly partitionsAtOnce: number
  readonly handle: Handle
  /**
   * Asked for each partition that this consumer is given, before its first chunk. Without it Kafka's own commits
   * say where to read on.
   */
  readonly startOf?: StartOf
  readonly progress: Progress
  readonly failure: Failure
  readonly hooks: StreamHooks
  readonly log: KafkaLog
}

const chunkLimits = { countMax: 1_000, bytesMax: 1_048_576 }

/**
 * Reads topics as one of a group. An offset is committed only after the handler has answered that the outcome of
 * every record below it is durable, so a crash at any moment leads to a repeat and never to a gap.
 */
export async function openConsumer(needs: ConsumerNeeds): Promise<AsyncDisposable> {
  const { connection, groupId, topics, timings, failure, hooks, log } = needs
  const consumer = connectKafka({ connection, log, onCrash: failure.fail }).consumer({
    groupId,
    sessionTimeout: timings.sessionTimeoutMs,
    rebalanceTimeout: timings.rebalanceTimeoutMs,
    heartbeatInterval: timings.heartbeatMs,
    maxBytesPerPartition: 1_048_576,
    // How long a fetch waits at the broker when there is nothing to read, and a stop for that fetch.
    maxWaitTimeInMs: 1_000,
    allowAutoTopicCreation: false,
    retry: { ...retries.many, restartOnFailure: async () => false },
  })
  const assignment = makeAssignment()
  let places: readonly Place[] | null = null
  const { startOf } = needs
  const starts = makeStarts({ startOf, seek: to => consumer.seek(to), assignment, failure, log })
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    assignment.replace()
    if (places !== null) hooks.rebalanced()
    const before = places ?? []
    places = placesOf(payload.memberAssignment)
    for (const place of before.filter(each => !isAmong(places, each))) hooks.left(place)
    needs.progress.assigned(places)
    starts.forget()
    for (const place of places) starts.find(place)
  })
  consumer.on(consumer.events.STOP, () => assignment.replace())
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    assignment.replace()
    failure.fail(payload.error)
  })
  const resumeTimers = new Set<NodeJS.Timeout>()

  await consumer.connect()
  // From the beginning where the group has no offset: the other choice, the end, would pass over what is there.
  await consumer.subscribe({ topics: [...topics], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: needs.partitionsAtOnce,
    eachBatch,
  })
  return { [Symbol.asyncDispose]: () => leave(consumer, resumeTimers) }

  async function eachBatch(payload: EachBatchPayload): Promise<void> {
    const mine = assignment.current
    const kafka = makeOrigin()
    const heart = beatEvery({
      intervalMs: timings.heartbeatMs,
      beat: payload.heartbeat,
      onFail: error => {
        kafka.blame(error)
        assignment.replace()
      },
    })
    const assertOurs = (): void => {
      heart.rethrow()
      if (assignment.current !== mine) throw new Reassigned()
      if (failure.error !== null) throw new StreamFailed(failure.error)
    }
    try {
      await starts.found(payload.batch)
      await eachChunk({ payload, assertOurs, kafka })
    } catch (error) {
      if (error instanceof Reassigned) return // the next heartbeat tells kafkajs
      // Of its own errors kafkajs reads the type, and joins the group again where that helps: they go back unchanged.
      if (kafka.isToBlame(error)) throw error
      failure.fail(error instanceof Error ? error : new Error('a handler threw no error', { cause: error }))
      throw new StreamFailed(error)
    } finally {
      heart.stop()
    }
  }

  async function eachChunk({
    payload,
    assertOurs,
    kafka,
  }: {
    readonly payload: EachBatchPayload
    readonly assertOurs: () => void
    readonly kafka: Origin
  }): Promise<void> {
    const { batch, isRunning, isStale } = payload
    const { topic, partition } = batch
    for (let from = 0; from < batch.messages.length; ) {
      if (!isRunning() || isStale()) return
      assertOurs()
      const messages = chunkFrom(batch.messages, from, chunkLimits)
      const records = messages.map(message => incoming(message, topic, partition))
      if (records[0] !== undefined) needs.progress.reading(records[0])
      const handled = await needs.handle({ topic, partition, records, assertOurs })
      if (handled.kind === 'later') return pauseFor(payload, handled.waitMs)
      if (handled.kind === 'elsewhere') return starts.find({ topic, partition })
      const last = records[handled.count - 1]
      if (last === undefined)
        throw new Error(`a handler was done with ${handled.count} of ${messages.length}`)
      from += handled.count
      const isBatchDone = from === batch.messages.length
      payload.resolveOffset(last.offset)
      await kafka.passOn(() => commit(payload, isBatchDone ? batch.lastOffset() : last.offset))
      const isCaughtUp = isBatchDone && BigInt(batch.lastOffset()) + 1n >= BigInt(batch.highWatermark)
      needs.progress.done(last, { isCaughtUp })
    }
  }

  /** The offset of a commit is the next to read. Without its argument this call of kafkajs would commit nothing. */
  async function commit({ batch, commitOffsetsIfNecessary }: EachBatchPayload, last: string): Promise<void> {
    const { topic, partition } = batch
    const offset = String(BigInt(last) + 1n)
    try {
      await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] })
    } catch (error) {
      hooks.commitFailed(topic)
      throw error
    }
  }

  function pauseFor({ batch, pause }: EachBatchPayload, waitMs: number): void {
    log.warn({ topic: batch.topic, partition: batch.partition, waitMs }, 'reading is paused')
    const resume = pause()
    const timer = setTimeout(() => {
      resumeTimers.delete(timer)
      resume()
    }, waitMs)
    resumeTimers.add(timer)
  }
}

async function leave(consumer: Consumer, timers: ReadonlySet<NodeJS.Timeout>): Promise<void> {
  for (const timer of timers) clearTimeout(timer)
  await consumer.disconnect()
}

function placesOf(assignment: Readonly<Record<string, readonly number[]>>): Place[] {
  return Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.map(partition => ({ topic, partition })),
  )
}

function isAmong(places: readonly Place[] | null, { topic, partition }: Place): boolean {
  return places?.some(each => each.topic === topic && each.partition === partition) ?? false
}
