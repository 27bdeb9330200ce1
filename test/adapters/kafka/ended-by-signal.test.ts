import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { decodeReceipt } from '../../../src/adapters/kafka/receipt-codec.ts'
import type { Receipt } from '../../../src/services/screening.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { type KafkaTopics, openKafkaTopics } from '../../world/kafka-topics.ts'
import { attendanceMessage } from '../../world/knife-screen.ts'
import { runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()
const count = 6_000

describe.skipIf('missing' in kafka)(titleWith(kafka, 'a scanner process that is ended'), () => {
  test('by SIGTERM in mid-stream leaves everything it did committed: each message has one receipt', async () => {
    await using stream = await streamOfNotes()
    const child = spawnScanner(stream, null)
    await stream.readUntil(stream.topics.receipts, 1)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    await using _next = await runScanner(stream)
    const receipts = await stream.readUntil(stream.topics.receipts, count)
    expect(receipts).toHaveLength(count)
    expect(distinct(receipts.map(({ value }) => decodeReceipt(value)))).toBe(count)
  })

  test.each([
    ['in its first chunk, before anything is sent', 1],
    ['at the start of its second chunk, the first committed', 501],
    ['in mid-stream', 3_210],
  ])(
    'by kill -9 %s: the next one leaves no message without a receipt, and no second id',
    async (_when, at) => {
      await using stream = await streamOfNotes()
      const child = spawnScanner(stream, at)
      expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
      await using _next = await runScanner(stream)
      await expect
        .poll(() => receiptsOf(stream).then(distinct), { timeout: 40_000, interval: 500 })
        .toBe(count)
      const receipts = await receiptsOf(stream)
      expect(new Set(receipts.map(({ eventId }) => eventId)).size).toBe(count)
    },
  )
})

async function streamOfNotes(): Promise<KafkaTopics> {
  const stream = await openKafkaTopics(brokersOf(kafka))
  await stream.makeInput({ partitions: 2 })
  const notes = Array.from({ length: count }, (_, index) => ({
    partition: index % 2,
    value: attendanceMessage({ attendanceId: `E${index}`, words: 'Twisted ankle at netball' }),
  }))
  for (let from = 0; from < count; from += 1_000) await stream.send(notes.slice(from, from + 1_000))
  return stream
}

function spawnScanner(
  { connection, group, input, topics }: KafkaTopics,
  killAt: number | null,
): ChildProcess {
  const settings = JSON.stringify({ connection, group, input, topics, killAt })
  return spawn(process.execPath, ['test/adapters/kafka/scanner-process.ts', settings], { stdio: 'inherit' })
}

async function receiptsOf(stream: KafkaTopics): Promise<Receipt[]> {
  return (await stream.read(stream.topics.receipts)).map(({ value }) => decodeReceipt(value))
}

function distinct(receipts: readonly Receipt[]): number {
  return new Set(receipts.map(({ attendanceId }) => attendanceId)).size
}
