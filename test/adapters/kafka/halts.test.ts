import kafkajs from 'kafkajs'
import { describe, expect, test } from 'vitest'
import { ensureTopics } from '../../../src/adapters/kafka/topics.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { type KafkaTopics, openKafkaTopics } from '../../world/kafka-topics.ts'
import { attendanceMessage } from '../../world/knife-screen.ts'
import { noHooks, quiet, runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()
const openTopics = () => openKafkaTopics(brokersOf(kafka))
const fell = (attendanceId: string) => ({ value: attendanceMessage({ attendanceId, words: 'fell' }) })

describe.skipIf('missing' in kafka)(titleWith(kafka, 'the scanner halts, and passes over nothing'), () => {
  test('when messages were deleted before they were read', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await stream.send(['E1', 'E2', 'E3', 'E4'].map(fell))
    await moveGroup(stream, '1')
    await stream.admin.deleteTopicRecords({
      topic: stream.input,
      partitions: [{ partition: 0, offset: '3' }],
    })
    await using scanner = await runScanner(stream)
    expect((await scanner.failed).message).toContain('does not hold the offset to read next')
    await scanner.stop()
    expect(await committed(stream)).toBe('1')
    expect(await stream.read(stream.topics.receipts)).toEqual([])
  })

  test('when the group stands beyond the end, as after the topic was made anew', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await stream.send([fell('E1')])
    await moveGroup(stream, '40')
    await using scanner = await runScanner(stream)
    expect((await scanner.failed).message).toContain('does not hold the offset to read next')
    await scanner.stop()
    expect(await committed(stream)).toBe('40')
  })

  test('when a dead letter is refused: its message stays uncommitted', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await using scanner = await runScanner(stream)
    await setBytesMax(stream, stream.topics.deadLetters, 1_000)
    await stream.send([{ value: 'not JSON '.repeat(1_000) }])
    expect((await scanner.failed).message).toContain(`${stream.topics.deadLetters} partition`)
    await scanner.stop()
    expect(await committed(stream)).toBe('-1')
    expect(await stream.read(stream.topics.receipts)).toEqual([])
  })

  test('when the topic to read is not there, in words that name the setting', async () => {
    await using stream = await openTopics()
    await expect(runScanner(stream)).rejects.toThrow(
      `there is no topic ${stream.input}: make it, or correct KAFKA_ATTENDANCE_TOPICS`,
    )
  })

  test('when a message could be larger than the dead letters take', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ config: { 'max.message.bytes': '30000000' } })
    await expect(runScanner(stream)).rejects.toThrow(
      /takes messages of 30000000 bytes and dead-letters-.* of \d+: raise max.message.bytes/,
    )
  })

  test('a topic to read is made where that is asked for', async () => {
    await using stream = await openTopics()
    await using _scanner = await runScanner(stream, { createInputs: true, hooks: noHooks })
    await stream.send([fell('E1')])
    expect(await stream.readUntil(stream.topics.receipts, 1)).toHaveLength(1)
  })

  test('processes that start together on an empty broker make the topics once, and all run', async () => {
    await using stream = await openTopics()
    const settings = { ...stream, inputs: [stream.input], createInputs: true, replication: 1, log: quiet }
    const found = await Promise.all([3, 3, 3, 3].map(partitions => ensureTopics({ ...settings, partitions })))
    expect(found.map(({ partitionsOf }) => partitionsOf(stream.topics.flags))).toEqual([3, 3, 3, 3])
  })

  test('topics that are there are left as they are', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 4 })
    const settings = { ...stream, inputs: [stream.input], createInputs: true, replication: 1, log: quiet }
    await ensureTopics({ ...settings, partitions: 2 })
    const { partitionsOf } = await ensureTopics({ ...settings, partitions: 7 })
    expect(partitionsOf(stream.input)).toBe(4)
    expect(partitionsOf(stream.topics.flags)).toBe(2)
  })
})

function moveGroup(stream: KafkaTopics, offset: string): Promise<void> {
  const partitions = [{ partition: 0, offset }]
  return stream.admin.setOffsets({ groupId: stream.group, topic: stream.input, partitions })
}

async function committed(stream: KafkaTopics): Promise<string | undefined> {
  const [offsets] = await stream.admin.fetchOffsets({ groupId: stream.group, topics: [stream.input] })
  return offsets?.partitions.find(({ partition }) => partition === 0)?.offset
}

async function setBytesMax(stream: KafkaTopics, name: string, bytes: number): Promise<void> {
  await stream.admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name,
        configEntries: [{ name: 'max.message.bytes', value: String(bytes) }],
      },
    ],
  })
}
