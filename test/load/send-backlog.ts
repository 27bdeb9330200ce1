import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Producer } from 'kafkajs'
import type { WardNote } from './ward-notes.ts'

const batchMax = 1_000

/** Sends notes in order, the versions of an attendance to one partition, no faster than so many a second. */
export async function sendBacklog({
  notes,
  producer,
  topic,
  partitions,
  perSecond = Number.POSITIVE_INFINITY,
}: {
  readonly notes: Iterable<WardNote>
  readonly producer: Producer
  readonly topic: string
  readonly partitions: number
  readonly perSecond?: number
}): Promise<void> {
  const startedAt = performance.now()
  const size = Math.min(batchMax, Math.max(1, Math.floor(perSecond / 10)))
  let sent = 0
  for (const batch of batchesOf(notes, size)) {
    const messages = batch.map(({ attendanceId, body }) => ({
      key: attendanceId,
      value: body,
      partition: partitionOf(attendanceId, partitions),
    }))
    for (const part of Map.groupBy(messages, ({ partition }) => partition).values())
      await producer.send({ topic, acks: -1, messages: part })
    sent += batch.length
    const dueMs = (sent / perSecond) * 1_000 - (performance.now() - startedAt)
    if (dueMs > 0) await sleep(dueMs)
  }
}

function* batchesOf(notes: Iterable<WardNote>, size: number): Generator<readonly WardNote[]> {
  let batch: WardNote[] = []
  for (const note of notes) {
    batch.push(note)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function partitionOf(attendanceId: string, partitions: number): number {
  return createHash('sha256').update(attendanceId).digest().readUInt32BE() % partitions
}
