import { createHash } from 'node:crypto'
import type { ProjectionStore } from '../../services/ports.ts'
import { connectKafka, type KafkaConnection, type KafkaLog } from './connection.ts'
import type { IncomingRecord } from './records.ts'
import type { Start } from './starts.ts'
import type { Place } from './stream-hooks.ts'

/** What this reader knows of a partition that it took over. */
interface Claim {
  readonly epoch: number
  next: bigint
  /** Of the record before `next`, until that record was seen again. */
  unchecked: string | null
}

/** The part of a chunk that is new, and the range to record it under. */
export interface FreshRecords {
  readonly records: readonly IncomingRecord[]
  readonly range: Parameters<ProjectionStore['recordRead']>[1]
}

export interface StoredOffsets extends AsyncDisposable {
  /** Takes the partition over, and answers where to read on. Rejects when the store or Kafka does not answer. */
  takeOver(place: Place): Promise<Start>
  /** What is new in the records; null where all of it was recorded before. Throws where one is missing. */
  fresh(place: Place, records: readonly IncomingRecord[]): FreshRecords | null
  recorded(range: FreshRecords['range']): void
}

/**
 * Where the projection stands is kept in the database, with what it read. Kafka's own commits serve only to show the
 * lag. Reading begins one record early: when that record is another than the one recorded, the topic was made anew.
 */
export function openStoredOffsets({
  connection,
  groupId,
  store,
  log,
}: {
  readonly connection: KafkaConnection
  readonly groupId: string
  readonly store: ProjectionStore
  readonly log: KafkaLog
}): StoredOffsets {
  const admin = connectKafka({ connection, log }).admin()
  let connected: Promise<void> | null = null
  const claims = new Map<string, Claim>()

  async function endsOf({ topic, partition }: Place): Promise<{ low: bigint; high: bigint }> {
    connected ??= admin.connect().catch((error: unknown) => {
      connected = null // the next one tries again
      throw error
    })
    await connected
    const ends = await admin.fetchTopicOffsets(topic)
    const found = ends.find(each => each.partition === partition)
    if (found === undefined) throw new Error(`${topic} has no partition ${partition}`)
    return { low: BigInt(found.low), high: BigInt(found.high) }
  }

  return {
    async takeOver(place) {
      const { low, high } = await endsOf(place)
      const kept = await store.takeOver({ group: groupId, ...place }, String(low))
      const next = BigInt(kept.next)
      if (next > high)
        return { kind: 'halt', error: madeAnew(place, `it ends at ${high}, and ${next} is next`) }
      if (next < low) return { kind: 'halt', error: missing(place, { from: next, to: low }) }
      const isCheckable = kept.lastSha256 !== null && next > low
      claims.set(nameOf(place), {
        epoch: kept.epoch,
        next,
        unchecked: isCheckable ? kept.lastSha256 : null,
      })
      return { kind: 'from', offset: String(isCheckable ? next - 1n : next) }
    },
    fresh(place, all) {
      const claim = claims.get(nameOf(place))
      if (claim === undefined) throw new Error(`${place.topic} was read before it was taken over`)
      checkLast(place, claim, all)
      const records = all.filter(({ offset }) => BigInt(offset) >= claim.next)
      const last = records.at(-1)
      if (last === undefined) return null
      for (const [index, { offset }] of records.entries()) {
        const expected = claim.next + BigInt(index)
        // No transactions and no compaction here: between two records there is nothing that Kafka would leave out.
        if (BigInt(offset) !== expected) throw missing(place, { from: expected, to: BigInt(offset) })
      }
      return {
        records,
        range: {
          group: groupId,
          ...place,
          epoch: claim.epoch,
          from: String(claim.next),
          next: String(BigInt(last.offset) + 1n),
          lastSha256: hashOf(last),
        },
      }
    },
    recorded({ topic, partition, next }) {
      const claim = claims.get(nameOf({ topic, partition }))
      if (claim !== undefined) claim.next = BigInt(next)
    },
    async [Symbol.asyncDispose]() {
      if (connected !== null) await admin.disconnect()
    },
  }
}

function checkLast(place: Place, claim: Claim, [first]: readonly IncomingRecord[]): void {
  if (claim.unchecked === null || first === undefined) return
  if (BigInt(first.offset) !== claim.next - 1n || hashOf(first) !== claim.unchecked) {
    throw madeAnew(place, `offset ${claim.next - 1n} holds another record than the one recorded`)
  }
  claim.unchecked = null
}

/** Key and value: a dead letter's value may be empty. */
function hashOf({ key, value }: IncomingRecord): string {
  const hash = createHash('sha256').update(key ?? '')
  return hash
    .update('\0')
    .update(value ?? '')
    .digest('hex')
}

function madeAnew({ topic, partition }: Place, how: string): Error {
  return new Error(
    `${topic} partition ${partition} was made anew, or cut off, since it was last read: ${how}. Nothing was passed ` +
      'over. Give Wren another KAFKA_PREFIX, so that it begins with topics of its own',
  )
}

function missing({ topic, partition }: Place, { from, to }: { from: bigint; to: bigint }): Error {
  return new Error(
    `${topic} partition ${partition} does not hold the offsets ${from} to ${to - 1n}, which are to be read next: they ` +
      'were deleted before they were read. Read the attendances again with wren replay, and then move the offset in ' +
      'the table consumer_offset',
  )
}

function nameOf({ topic, partition }: Place): string {
  return `${topic}/${partition}`
}
