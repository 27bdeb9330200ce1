import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { openKafkaTopics } from '../../world/kafka-topics.ts'
import { runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()

describe.skipIf('missing' in kafka)(titleWith(kafka, 'kafkajs as mended'), () => {
  test('sets no timer for a moment long past while a scanner is idle', async () => {
    await using stream = await openKafkaTopics(brokersOf(kafka))
    await stream.makeInput()
    const timers = vi.spyOn(globalThis, 'setTimeout')
    await using _scanner = await runScanner(stream)
    await sleep(2_000)
    const delays = timers.mock.calls.map(([, delayMs]) => delayMs ?? 0)
    timers.mockRestore()
    expect(delays.length).toBeGreaterThan(0)
    expect(delays.filter(delayMs => delayMs < 0)).toEqual([])
  })
})
