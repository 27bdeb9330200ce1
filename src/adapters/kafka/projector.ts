import type { LedgerOutcome } from '../../review/ledger.ts'
import type { Clock, ProjectionStore } from '../../services/ports.ts'
import type { DeadLetter, HeldEvent, Receipt, SourceNotice } from '../../services/screening.ts'
import type { KafkaConnection, KafkaLog } from './connection.ts'
import { type Chunk, type ConsumerTimings, type Handled, openConsumer, usualTimings } from './consumer.ts'
import { decodeDeadLetter } from './dead-letter-codec.ts'
import { UnknownEvent } from './event-fields.ts'
import { makeFailure } from './failure.ts'
import { decodeFlagEvent } from './flag-event.ts'
import { openLagGauge } from './lag.ts'
import { decodeReceipt } from './receipt-codec.ts'
import type { IncomingRecord } from './records.ts'
import { type Running, runUntilStopped } from './running.ts'
import { openStoredOffsets, type StoredOffsets } from './stored-offsets.ts'
import type { StreamHooks } from './stream-hooks.ts'
import { ensureTopics, type WrenTopics, wrenTopics } from './topics.ts'

export interface ProjectorSettings {
  readonly connection: KafkaConnection
  readonly groupId: string
  readonly topics?: WrenTopics
  readonly partitions: number
  readonly replication: number
  readonly partitionsAtOnce?: number
  readonly timings?: ConsumerTimings
  readonly store: ProjectionStore
  readonly clock: Clock
  readonly hooks: StreamHooks & {
    /** What each receipt was counted as, now that the store has them. A redelivery is told again. */
    recorded(receipts: readonly Receipt[], outcomes: readonly LedgerOutcome[]): void
    /** The store did not answer; the partition is paused and read again. */
    storeFailed(): void
  }
  readonly log: KafkaLog
}

type Batch = Parameters<ProjectionStore['recordRead']>[0]

/** A database that restarts is back in seconds; waiting longer would only add to the time to the queue. */
const storeWaitMs = 2_000

/**
 * Brings Wren's own topics into the store, a chunk a transaction together with how far it has read. While
 * the store does not answer the partition is paused; an event that cannot be read stops the projection, because
 * whoever passed it over would lose a child.
 */
export async function openProjector(settings: ProjectorSettings): Promise<Running> {
  const { connection, groupId, store, clock, hooks, log, topics = wrenTopics } = settings
  const failure = makeFailure(error => log.error({ err: error, groupId }, 'the projector cannot go on'))
  await ensureTopics({ ...settings, topics, inputs: [], createInputs: false })
  const own = Object.values(topics)
  return runUntilStopped({ failure, log }, async open => {
    const gauge = open(openLagGauge({ connection, groupId, clock, log }))
    const offsets = open(openStoredOffsets({ connection, groupId, store, log }))
    open(
      await openConsumer({
        connection,
        groupId,
        topics: own,
        failure,
        hooks,
        log,
        timings: settings.timings ?? usualTimings,
        partitionsAtOnce: settings.partitionsAtOnce ?? 3,
        startOf: offsets.takeOver,
        handle: chunk => record(chunk, offsets),
        progress: gauge,
      }),
    )
    return gauge
  })

  async function record({ topic, partition, records }: Chunk, offsets: StoredOffsets): Promise<Handled> {
    const done = { kind: 'done', count: records.length } as const
    const fresh = offsets.fresh({ topic, partition }, records)
    if (fresh === null) return done
    const batch = batchOf(fresh.records)
    const answer = await store.recordRead(batch, fresh.range).catch((error: unknown) => {
      hooks.storeFailed()
      log.error({ err: error, topic, partition }, 'the store did not record; it is tried again')
      return null
    })
    switch (answer?.kind) {
      case undefined:
        return { kind: 'later', waitMs: storeWaitMs }
      case 'recorded':
        offsets.recorded(fresh.range)
        hooks.recorded(batch.receipts, answer.outcomes)
        return done
      case 'elsewhere': // the answer to an earlier transaction was lost
      case 'not-ours':
        log.warn(
          { topic, partition, because: answer.kind },
          'nothing was recorded: the partition stands elsewhere',
        )
        return { kind: 'elsewhere' }
      default:
        throw new Error(`no move for the answer ${answer satisfies undefined}`)
    }
  }

  function batchOf(records: readonly IncomingRecord[]): Batch {
    const receipts: Receipt[] = []
    const held: HeldEvent[] = []
    const notices: SourceNotice[] = []
    const deadLetters: DeadLetter[] = []
    for (const each of records) {
      switch (each.topic) {
        case topics.receipts:
          receipts.push(decodeReceipt(each.value))
          break
        case topics.flags: {
          const event = decodeFlagEvent(each.value)
          if (event.kind === 'held') held.push(event.held)
          else notices.push(event.notice)
          break
        }
        case topics.deadLetters:
          deadLetters.push(decodeDeadLetter(each))
          break
        default:
          throw new UnknownEvent('record', `nothing is expected in ${each.topic}`)
      }
    }
    return { receipts, held, notices, deadLetters }
  }
}
