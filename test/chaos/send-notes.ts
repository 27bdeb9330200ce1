import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { connectKafka } from '../../src/adapters/kafka/connection.ts'
import type { LedgerLine, PlannedNote } from './notes.ts'

const batchMax = 200

/**
 * Sends the notes in order, each written to the side ledger on disk before it leaves. What a broker did not
 * acknowledge is sent again, as hospitals do: the repeat is a duplicate for Wren to find.
 */
export async function sendNotes({
  notes,
  brokers,
  topic,
  partitions,
  ledgerFile,
  onSent,
}: {
  readonly notes: Iterable<PlannedNote>
  readonly brokers: readonly string[]
  readonly topic: string
  readonly partitions: number
  readonly ledgerFile: string
  /** Told how many were sent so far; the next wait for it. */
  readonly onSent: (count: number) => Promise<void>
}): Promise<readonly LedgerLine[]> {
  const sender = openSender(brokers)
  const ledger: LedgerLine[] = []
  let batch: PlannedNote[] = []
  const flush = async (): Promise<void> => {
    appendFileSync(ledgerFile, batch.map(({ line }) => `${JSON.stringify(line)}\n`).join(''))
    for (const line of batch.map(note => note.line)) ledger.push(line)
    const byPartition = Map.groupBy(batch, ({ line }) => Number.parseInt(hashPart(line.key), 36) % partitions)
    for (const [partition, part] of byPartition)
      await sender.send({
        topic,
        partition,
        messages: part.map(({ line, body }) => ({ key: line.key, value: body })),
      })
    batch = []
    await onSent(ledger.length)
  }
  for (const note of notes) {
    batch.push(note)
    if (batch.length === batchMax) await flush()
  }
  await flush()
  await sender.close()
  return ledger
}

interface Batch {
  readonly topic: string
  readonly partition: number
  readonly messages: readonly { readonly key: string; readonly value: string }[]
}

/** A producer that is thrown away after each failure, and asked again until the broker has answered. */
function openSender(brokers: readonly string[]) {
  const connection = { brokers, clientId: 'chaos-hospital' }
  const connect = async () => {
    const producer = connectKafka({ connection, log: pino({ level: 'silent' }) }).producer({
      allowAutoTopicCreation: false,
      retry: { retries: 1 },
    })
    await producer.connect()
    return producer
  }
  let producer: Awaited<ReturnType<typeof connect>> | null = null
  return {
    async send({ topic, partition, messages }: Batch): Promise<void> {
      for (;;) {
        try {
          producer ??= await connect()
          await producer.send({ topic, acks: -1, messages: messages.map(each => ({ ...each, partition })) })
          return
        } catch {
          await producer?.disconnect().catch(() => undefined)
          producer = null
          await sleep(300)
        }
      }
    },
    close: async () => {
      await producer?.disconnect()
    },
  }
}

/** The serial of an attendance, so that its versions keep their order. */
function hashPart(key: string): string {
  return key.split('-')[1] ?? '0'
}
