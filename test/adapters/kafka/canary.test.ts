import { describe, expect, test } from 'vitest'
import type { ScannerSettings } from '../../../src/adapters/kafka/scanner.ts'
import { formatNhsNumber } from '../../../src/attendance/nhs-number.ts'
import type { ProjectionStore } from '../../../src/services/ports.ts'
import { makeLogger } from '../../../src/telemetry/logger.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { openKafkaTopics } from '../../world/kafka-topics.ts'
import { attendanceMessage, knifeScreen } from '../../world/knife-screen.ts'
import { makeNhsNumber } from '../../world/make-attendance.ts'
import { runProjector, takeOverAtOnce } from '../../world/run-projector.ts'
import { runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()
const name = 'Quillfeather'
const nhsNumber = makeNhsNumber(4242)
const canaries = [name, nhsNumber, formatNhsNumber(nhsNumber)]

describe.skipIf('missing' in kafka)(titleWith(kafka, "a patient's name and NHS number"), () => {
  test('stand in no log line, no Kafka key and no receipt, whatever goes wrong on the way', async () => {
    const lines: string[] = []
    const log = makeLogger({ level: 'trace', destination: { write: line => void lines.push(line) } })
    await using stream = await openKafkaTopics(brokersOf(kafka))
    await stream.makeInput({ partitions: 1 })
    const screen: ScannerSettings['screen'] = (bytes, delivery) => {
      const text = Buffer.from(bytes).toString()
      if (text.includes('trap')) throw new TypeError(`cannot read ${text}`)
      return knifeScreen(bytes, delivery)
    }
    const words = `${name}, NHS ${formatNhsNumber(nhsNumber)}, has a knife`
    const message = attendanceMessage({ attendanceId: 'E1', words, nhsNumber, family: name })
    const trap = attendanceMessage({ attendanceId: 'E2', words: `trap ${words}` })
    let refusals = 0
    const { promise: refused, resolve } = Promise.withResolvers<void>()
    const store: ProjectionStore = {
      takeOver: takeOverAtOnce,
      recordRead: async () => {
        refusals += 1
        if (refusals === 2) resolve()
        throw new Error(`Key (nhs_number)=(${nhsNumber}) of ${name} already exists`)
      },
    }
    await using _scanner = await runScanner(stream, { screen, log })
    await using projector = await runProjector(stream, { store, log })
    await stream.send([message, trap, message.slice(0, -5), words].map(value => ({ key: nhsNumber, value })))
    await stream.readUntil(stream.topics.receipts, 4)
    await refused
    await stream.sendTo(stream.topics.flags, [{ value: message }])
    await projector.failed

    const own = await Promise.all(Object.values(stream.topics).map(topic => stream.read(topic)))
    const keys = own.flat().map(({ key }) => key ?? '')
    const receipts = (await stream.read(stream.topics.receipts)).map(({ value }) => String(value))
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.some(line => line.includes('the store did not record'))).toBe(true)
    expect(lines.some(line => line.includes('a message made the screening fail'))).toBe(true)
    expect(lines.some(line => line.includes('the projector cannot go on'))).toBe(true)
    expect(linesWithCanary([...lines, ...keys, ...receipts])).toEqual([])
  })

  test('would be found by this test', () => {
    expect(linesWithCanary([`{"msg":"no ${name}"}`, 'clean', `${nhsNumber}`])).toHaveLength(2)
  })
})

function linesWithCanary(lines: readonly string[]): string[] {
  return lines.filter(line => canaries.some(canary => line.includes(canary)))
}
