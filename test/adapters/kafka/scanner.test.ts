import { describe, expect, test } from 'vitest'
import { decodeHeld } from '../../../src/adapters/kafka/held-codec.ts'
import { decodeReceipt } from '../../../src/adapters/kafka/receipt-codec.ts'
import type { ScannerSettings } from '../../../src/adapters/kafka/scanner.ts'
import { eventIdOf } from '../../../src/services/event-id.ts'
import type { ProjectionStore } from '../../../src/services/ports.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { openKafkaTopics } from '../../world/kafka-topics.ts'
import { attendanceMessage, knifeScreen } from '../../world/knife-screen.ts'
import { runProjector, takeOverAtOnce } from '../../world/run-projector.ts'
import { noHooks, runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()
const openTopics = () => openKafkaTopics(brokersOf(kafka))

describe.skipIf('missing' in kafka)(titleWith(kafka, 'the scanner'), () => {
  test('a note with a mention leaves a held attendance with its words, and a receipt, under one key', async () => {
    await using stream = await openTopics()
    await stream.makeInput()
    await using _scanner = await runScanner(stream)
    const words = 'Lac L hand, knife pulled on him by older lads at bus stop'
    await stream.send([{ value: attendanceMessage({ attendanceId: 'E1', words }) }])

    const [receipt] = await stream.readUntil(stream.topics.receipts, 1)
    const [held] = await stream.read(stream.topics.flags)
    expect(decodeReceipt(receipt!.value)).toMatchObject({ attendanceId: 'E1', outcome: 'flagged' })
    expect(decodeHeld(held!.value).held.attendance.notes[0]?.words).toBe(words)
    expect(held!.key).toBe(receipt!.key)
    expect(held!.partition).toBe(receipt!.partition)
    expect(receipt!.value!.toString()).not.toContain('bus stop')
    expect(await stream.read(stream.topics.deadLetters)).toEqual([])
  })

  test('event ids are made of cluster, topic, partition and offset', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await using _scanner = await runScanner(stream)
    await stream.send([{ value: attendanceMessage({ attendanceId: 'E1', words: 'knife' }) }])
    const [record] = await stream.readUntil(stream.topics.receipts, 1)
    const { clusterId } = await stream.admin.describeCluster()
    const place = { channel: `kafka:${clusterId}`, stream: stream.input, partition: 0, offset: '0' }
    expect(decodeReceipt(record!.value).eventId).toBe(eventIdOf(place, 'receipt'))
    const [held] = await stream.read(stream.topics.flags)
    expect(decodeHeld(held!.value).eventId).toBe(eventIdOf(place, 'flag'))
  })

  test('a message that cannot be read goes to the dead letters as it came, with its place and reason', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await using _scanner = await runScanner(stream)
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x00])
    await stream.send([{ key: '9990000018', value: bytes }])
    const [receipt] = await stream.readUntil(stream.topics.receipts, 1)
    const [letter] = await stream.read(stream.topics.deadLetters)
    expect(decodeReceipt(receipt!.value).outcome).toBe('unreadable')
    expect(letter!.value).toEqual(bytes)
    expect(letter!.headers).toMatchObject({
      topic: stream.input,
      partition: '0',
      offset: '0',
      reason: 'decode',
      'original-key': '9990000018',
    })
    expect(letter!.key).toMatch(/^[0-9a-f]{64}$/)
    expect(letter!.key).toBe(receipt!.key)
  })

  test('a scanner that crashed before its commit leaves the same event ids again, and no others', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    await stream.send(
      ['E1', 'E2', 'E3'].map(attendanceId => ({
        value: attendanceMessage({ attendanceId, words: 'knife' }),
      })),
    )
    {
      await using _scanner = await runScanner(stream)
      await stream.readUntil(stream.topics.receipts, 3)
    }
    // As after a kill between the sends and the commit: the group stands where it stood before.
    await stream.admin.setOffsets({
      groupId: stream.group,
      topic: stream.input,
      partitions: [{ partition: 0, offset: '0' }],
    })
    await using _again = await runScanner(stream)
    const receipts = await stream.readUntil(stream.topics.receipts, 6)
    expect(receipts).toHaveLength(6)
    expect(new Set(receipts.map(({ value }) => decodeReceipt(value).eventId)).size).toBe(3)
    const held = await stream.readUntil(stream.topics.flags, 6)
    expect(new Set(held.map(({ value }) => decodeHeld(value).eventId)).size).toBe(3)
  })

  test('a screening that throws makes a dead letter of that one message, and the next is screened', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    const screen: ScannerSettings['screen'] = (bytes, delivery) => {
      if (Buffer.from(bytes).includes('trap')) return JSON.parse('{"knife in bag')
      return knifeScreen(bytes, delivery)
    }
    await using _scanner = await runScanner(stream, { screen })
    await stream.send([
      { value: attendanceMessage({ attendanceId: 'E1', words: 'a trap' }) },
      { value: attendanceMessage({ attendanceId: 'E2', words: 'knife' }) },
    ])
    const receipts = await stream.readUntil(stream.topics.receipts, 2)
    const outcomes = receipts.map(({ value }) => decodeReceipt(value)).toSorted(byOffset)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unreadable', 'flagged'])
    const [letter] = await stream.read(stream.topics.deadLetters)
    expect(letter!.headers.reason).toBe('poison')
    expect(JSON.stringify(letter!.headers)).not.toContain('knife')
  })

  test('a stop in mid-stream commits what was done: the next scanner repeats nothing and misses nothing', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 2 })
    const count = 4_000
    const messages = Array.from({ length: count }, (_, index) => ({
      value: attendanceMessage({ attendanceId: `E${index}`, words: 'fell off trampoline' }),
    }))
    for (let from = 0; from < count; from += 500) await stream.send(messages.slice(from, from + 500))
    let screened = 0
    const { promise: thousandth, resolve: reached } = Promise.withResolvers<void>()
    const hooks = {
      ...noHooks,
      screened() {
        screened += 1
        if (screened === 1_000) reached()
      },
    }
    const first = await runScanner(stream, { hooks })
    await thousandth
    await first.stop()
    const afterStop = (await stream.read(stream.topics.receipts)).length
    expect(afterStop).toBe(screened)
    expect(afterStop).toBeLessThan(count)
    await using _second = await runScanner(stream)
    const receipts = (await stream.readUntil(stream.topics.receipts, count)).map(({ value }) =>
      decodeReceipt(value),
    )
    expect(receipts).toHaveLength(count)
    expect(new Set(receipts.map(({ attendanceId }) => attendanceId)).size).toBe(count)
  })

  test('two scanners share the partitions, and a stopped one leaves its own to the other', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 4 })
    let rebalances = 0
    const left: number[] = []
    const hooks = {
      ...noHooks,
      rebalanced() {
        rebalances += 1
      },
      left({ partition }: { partition: number }) {
        left.push(partition)
      },
    }
    await using first = await runScanner(stream, { hooks })
    const second = await runScanner(stream)
    const send = async (from: number) =>
      stream.send(
        Array.from({ length: 40 }, (_, index) => ({
          partition: index % 4,
          value: attendanceMessage({ attendanceId: `E${from + index}`, words: 'fell' }),
        })),
      )
    await send(0)
    await stream.readUntil(stream.topics.receipts, 40)
    const kept = (await first.lag()).map(({ partition }) => partition)
    expect(left).toHaveLength(2)
    expect([...left, ...kept].toSorted()).toEqual([0, 1, 2, 3])
    await second.stop()
    await send(40)
    const receipts = await stream.readUntil(stream.topics.receipts, 80)
    expect(new Set(receipts.map(({ value }) => decodeReceipt(value).attendanceId)).size).toBe(80)
    expect(rebalances).toBeGreaterThan(0)
  })

  test('the lag counts messages that are not committed, with the time the oldest may have waited', async () => {
    await using stream = await openTopics()
    await stream.makeInput({ partitions: 1 })
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const store: ProjectionStore = {
      takeOver: takeOverAtOnce,
      recordRead: () => released.then(() => ({ kind: 'recorded', outcomes: [] })),
    }
    await using scanner = await runScanner(stream)
    await stream.send([{ value: attendanceMessage({ attendanceId: 'E1', words: 'fell' }) }])
    await stream.readUntil(stream.topics.receipts, 1)
    const done = { topic: stream.input, partition: 0, messages: 0, seconds: 0 }
    await expect.poll(() => scanner.lag(), { timeout: 10_000 }).toEqual([done])

    await using projector = await runProjector(stream, { store })
    const waiting = () =>
      projector
        .lag()
        .then(lag => lag.filter(({ topic, messages }) => topic === stream.topics.receipts && messages > 0))
    await expect.poll(waiting, { timeout: 10_000 }).toMatchObject([{ messages: 1 }])
    expect((await waiting())[0]!.seconds).toBeGreaterThan(0)
    release()
    await expect.poll(waiting, { timeout: 10_000 }).toEqual([])
  })
})

function byOffset(one: { delivery: { offset: string } }, other: { delivery: { offset: string } }): number {
  return Number(one.delivery.offset) - Number(other.delivery.offset)
}
