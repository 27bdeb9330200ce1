import { describe, expect, test } from 'vitest'
import { openTestDatabase } from '../../world/database.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { type KafkaTopics, openKafkaTopics } from '../../world/kafka-topics.ts'
import { attendanceMessage } from '../../world/knife-screen.ts'
import { runProjector } from '../../world/run-projector.ts'
import { runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()
const openTopics = () => openKafkaTopics(brokersOf(kafka))
const message = (attendanceId: string) => ({
  key: attendanceId,
  value: attendanceMessage({ attendanceId, words: `fell ${attendanceId}` }),
})
const today = () => Temporal.Now.plainDateISO('Europe/London').toString()

describe.skipIf('missing' in kafka)(
  titleWith(kafka, 'where the projection stands is kept in the database'),
  () => {
    test('a database restored from an older backup is brought up to date, although Kafka holds newer offsets', async () => {
      await using newer = await openTestDatabase()
      await using restored = await openTestDatabase()
      await using stream = await openTopics()
      await screened(stream, ['E1', 'E2', 'E3'])
      for (const { store } of [newer, restored]) {
        await using _projector = await runProjector(stream, { store: store.projection })
        await expect.poll(() => receivedIn(store), { timeout: 20_000 }).toBe(3)
      }
    })

    test('when the topic was made anew the projector halts before it records anything', async () => {
      await using database = await openTestDatabase()
      await using stream = await openTopics()
      const { store } = database
      await screened(stream, ['E1', 'E2', 'E3'])
      {
        await using _projector = await runProjector(stream, { store: store.projection })
        await expect.poll(() => receivedIn(store), { timeout: 20_000 }).toBe(3)
      }
      const client = await database.connect()
      // What another topic under the same name looks like: the record before the next one is not the one recorded.
      await client.query(
        "update consumer_offset set last_sha256 = repeat('0', 64) where last_sha256 is not null",
      )
      await using projector = await runProjector(stream, { store: store.projection })
      const error = await projector.failed
      expect(error.message).toMatch(/was made anew, or cut off.*holds another record than the one recorded/)
      await projector.stop()
    })

    test('when events were deleted before they were read the projector halts', async () => {
      await using database = await openTestDatabase()
      await using stream = await openTopics()
      const { store } = database
      await screened(stream, ['E1'])
      {
        await using _projector = await runProjector(stream, { store: store.projection })
        await expect.poll(() => receivedIn(store), { timeout: 20_000 }).toBe(1)
      }
      await screened(stream, ['E1', 'E1', 'E1'])
      const ends = await stream.admin.fetchTopicOffsets(stream.topics.receipts)
      const { partition, high } = ends.find(end => end.high !== '0')!
      await stream.admin.deleteTopicRecords({
        topic: stream.topics.receipts,
        partitions: [{ partition, offset: String(Number(high) - 1) }],
      })
      await using projector = await runProjector(stream, { store: store.projection })
      const error = await projector.failed
      expect(error.message).toMatch(/does not hold the offset/)
      await projector.stop()
    })
  },
)

/** Screens messages with these attendance ids, until their receipts are in the topic. */
async function screened(stream: KafkaTopics, ids: readonly string[]): Promise<void> {
  const topics = await stream.admin.listTopics()
  if (!topics.includes(stream.input)) await stream.makeInput({ partitions: 1 })
  await using _scanner = await runScanner(stream)
  const before = topics.includes(stream.topics.receipts)
    ? (await stream.read(stream.topics.receipts)).length
    : 0
  await stream.send(ids.map(message))
  await stream.readUntil(stream.topics.receipts, before + ids.length)
}

async function receivedIn({
  ledger,
}: {
  ledger: { dayCounts(day: string): Promise<readonly { received: number }[]> }
}) {
  return (await ledger.dayCounts(today())).reduce((sum, { received }) => sum + received, 0)
}
