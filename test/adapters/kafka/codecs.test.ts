import { describe, expect, test } from 'vitest'
import { decodeReceipt } from '../../../src/adapters/kafka/receipt-codec.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { openKafkaTopics } from '../../world/kafka-topics.ts'
import { attendanceMessage } from '../../world/knife-screen.ts'
import { runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()

describe.skipIf('missing' in kafka)(titleWith(kafka, 'compressed records'), () => {
  const messages = Array.from({ length: 300 }, (_, index) => ({
    partition: 0,
    value: attendanceMessage({
      attendanceId: `E${index}`,
      words: 'lac from glass, no knife, tetanus given '.repeat(20),
    }),
  }))

  test.each(['GZIP', 'Snappy', 'LZ4', 'ZSTD'] as const)('in %s from a sender are screened', async codec => {
    await using stream = await openKafkaTopics(brokersOf(kafka))
    await stream.makeInput({ partitions: 1 })
    await using _scanner = await runScanner(stream)
    await stream.send(messages, codec)
    expect(await screenedIds(stream)).toEqual(idsOf(messages.length))
  })

  // A topic with a codec of its own is compressed anew by the broker: by Java's libraries, as Java senders do.
  test.each(['gzip', 'snappy', 'lz4', 'zstd'])('in %s written by Java are screened', async codec => {
    await using stream = await openKafkaTopics(brokersOf(kafka))
    await stream.makeInput({ partitions: 1, config: { 'compression.type': codec } })
    await using _scanner = await runScanner(stream)
    await stream.send(messages)
    expect(await screenedIds(stream)).toEqual(idsOf(messages.length))
  })

  async function screenedIds(
    stream: Awaited<ReturnType<typeof openKafkaTopics>>,
  ): Promise<Set<string | null>> {
    const receipts = await stream.readUntil(stream.topics.receipts, messages.length)
    return new Set(receipts.map(({ value }) => decodeReceipt(value).attendanceId))
  }
})

function idsOf(count: number): Set<string> {
  return new Set(Array.from({ length: count }, (_, index) => `E${index}`))
}
