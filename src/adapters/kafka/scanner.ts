import type { Format } from '../../attendance/attendance.ts'
import type { Clock } from '../../services/ports.ts'
import { refuseMessage } from '../../services/refuse-message.ts'
import type { Screen } from '../../services/screen-attendances.ts'
import type { Delivery, Screening } from '../../services/screening.ts'
import type { KafkaConnection, KafkaLog } from './connection.ts'
import { type Chunk, type ConsumerTimings, type Handled, openConsumer, usualTimings } from './consumer.ts'
import { makeFailure } from './failure.ts'
import { openLagGauge } from './lag.ts'
import { openPublisher } from './publisher.ts'
import { type IncomingRecord, receivedAtMs } from './records.ts'
import { type Running, runUntilStopped } from './running.ts'
import { recordsOf, type ScreeningRecords } from './screening-records.ts'
import type { StreamHooks } from './stream-hooks.ts'
import { ensureTopics, eventBytesMax, type WrenTopics, wrenTopics } from './topics.ts'

export interface ScannerSettings {
  readonly connection: KafkaConnection
  readonly groupId: string
  /** The topics that attendances come in on. */
  readonly inputs: readonly string[]
  /** What the settings say of a topic's messages; of others the first bytes tell. */
  readonly formatOf?: (topic: string) => Format | null
  readonly createInputs: boolean
  readonly topics?: WrenTopics
  readonly partitions: number
  readonly replication: number
  readonly partitionsAtOnce?: number
  readonly timings?: ConsumerTimings
  /** Secret of this installation: keys of records are made with it. */
  readonly identifierKey: string | Uint8Array
  readonly screen: Screen
  readonly clock: Clock
  readonly hooks: StreamHooks & {
    /** One message was screened; its receipt may still be on its way. */
    screened(screening: Screening, took: { readonly milliseconds: number }): void
  }
  readonly log: KafkaLog
}

/** However slow the notes are, what has been screened after this time is sent and committed. */
const chunkMsMax = 5_000
/** Room in a record batch for its frame, key and headers. */
const recordFrameBytes = 64 * 1024

/**
 * Reads attendances, screens each, and writes what comes of it: held attendances and dead letters first, receipts
 * last, and only then the offset. At every crash in between the message is delivered again, and leaves the same
 * events under the same ids.
 */
export async function openScanner(settings: ScannerSettings): Promise<Running> {
  const { connection, groupId, inputs, clock, hooks, log, topics = wrenTopics } = settings
  const failure = makeFailure(error => log.error({ err: error, groupId }, 'the scanner cannot go on'))
  const { channel, partitionsOf } = await ensureTopics({ ...settings, topics })
  return runUntilStopped({ failure, log }, async open => {
    const publisher = open(await openPublisher({ connection, failure, log }))
    const gauge = open(openLagGauge({ connection, groupId, clock, log }))
    open(
      await openConsumer({
        connection,
        groupId,
        topics: inputs,
        failure,
        hooks,
        log,
        timings: settings.timings ?? usualTimings,
        partitionsAtOnce: settings.partitionsAtOnce ?? 3,
        handle: chunk => screenChunk(chunk, publisher),
        progress: gauge,
      }),
    )
    return gauge
  })

  async function screenChunk(
    { records, assertOurs }: Chunk,
    publisher: Awaited<ReturnType<typeof openPublisher>>,
  ): Promise<Handled> {
    const startedAt = performance.now()
    const outputs: ScreeningRecords[] = []
    for (const record of records) {
      outputs.push(screenRecord(record))
      if (performance.now() - startedAt > chunkMsMax) break
    }
    await publisher.send(
      outputs.flatMap(({ before }) => before),
      assertOurs,
    )
    await publisher.send(
      outputs.map(({ receipt }) => receipt),
      assertOurs,
    )
    return { kind: 'done', count: outputs.length }
  }

  function screenRecord(original: IncomingRecord): ScreeningRecords {
    const startedAt = performance.now()
    const { screening, records } = written(original)
    hooks.screened(screening, { milliseconds: performance.now() - startedAt })
    return records
  }

  /** Whatever a message does, it leaves a receipt: one that cannot be carried becomes a dead letter. */
  function written(original: IncomingRecord): { screening: Screening; records: ScreeningRecords } {
    const delivery = deliveryOf(original)
    const bytes = original.value ?? new Uint8Array(0)
    const format = settings.formatOf?.(original.topic) ?? null
    const make = (screening: Screening) => ({
      screening,
      records: recordsOf({ screening, original, secret: settings.identifierKey, topics, partitionsOf }),
    })
    const refuse = (reason: 'poison' | 'too_large', problem: string) =>
      make(
        refuseMessage({
          bytes,
          delivery,
          reason,
          problem,
          format,
          rulesetVersion: 'none',
          source: null,
        }),
      )
    try {
      const made = make(settings.screen(bytes, delivery, format))
      const largest = Math.max(0, ...made.records.before.map(({ value }) => value?.length ?? 0))
      if (made.screening.held === null || largest <= eventBytesMax - recordFrameBytes) return made
      return refuse('too_large', `the attendance with its mentions has ${largest} bytes, too many to carry`)
    } catch (error) {
      const { topic, partition, offset } = original
      log.error({ err: error, topic, partition, offset }, 'a message made the screening fail')
      return refuse(
        'poison',
        'Wren failed while screening this message. This is a fault in Wren: please report it',
      )
    }
  }

  function deliveryOf(original: IncomingRecord): Delivery {
    const { topic, partition, offset } = original
    const atMs = receivedAtMs(original, clock.now().epochMilliseconds)
    const receivedAt = Temporal.Instant.fromEpochMilliseconds(atMs).toString()
    return { channel, stream: topic, partition, offset, receivedAt }
  }
}
