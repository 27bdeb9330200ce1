import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeReceipt } from '../../../src/adapters/kafka/receipt-codec.ts'
import type { Running } from '../../../src/adapters/kafka/running.ts'
import type { Receipt } from '../../../src/services/screening.ts'
import { brokersOf, kafkaForTests, titleWith } from '../../world/kafka.ts'
import { type KafkaTopics, openKafkaTopics, type ReadRecord } from '../../world/kafka-topics.ts'
import { attendanceMessage } from '../../world/knife-screen.ts'
import { runScanner } from '../../world/run-scanner.ts'

const kafka = await kafkaForTests()
const good = (words: string) => attendanceMessage({ attendanceId: 'E1', words })
const withField = (field: string) => good('fell').replace('{', `{${field},`)

interface Bad {
  readonly why: string
  readonly value: string | Buffer | null
  readonly headers?: Record<string, string>
  readonly outcome: Receipt['outcome']
  readonly reason?: string
}

/** Each is one message, between two good ones. A row without a reason is readable after all, and says as what. */
const rows: readonly Bad[] = [
  { why: 'it is empty', value: '', outcome: 'unreadable', reason: 'decode' },
  { why: 'it is a null value', value: null, outcome: 'unreadable', reason: 'decode' },
  { why: 'it is not JSON', value: 'ED attendance, 12:04', outcome: 'unreadable', reason: 'decode' },
  { why: 'it is cut off', value: good('knife').slice(0, -20), outcome: 'unreadable', reason: 'decode' },
  { why: 'it is a list', value: `[${good('knife')}]`, outcome: 'unreadable', reason: 'schema' },
  {
    why: 'it is of a version not known',
    value: withField('"wren":9'),
    outcome: 'unreadable',
    reason: 'schema',
  },
  {
    why: 'it is not UTF-8',
    value: Buffer.from(good('knif\u00e9'), 'latin1'),
    outcome: 'unreadable',
    reason: 'decode',
  },
  { why: 'a byte-order mark stands before it', value: `\ufeff${good('knife')}`, outcome: 'flagged' },
  { why: 'a NUL stands in a note', value: good('kni\u0000fe'), outcome: 'unreadable', reason: 'decode' },
  {
    why: 'half a surrogate pair stands in a note',
    value: good('knife HALF').replace('HALF', '\\ud83d'),
    outcome: 'unreadable',
    reason: 'decode',
  },
  { why: 'its note is 10 MB long', value: good(`knife ${'x'.repeat(10_000_000)}`), outcome: 'flagged' },
  {
    why: 'it is longer than is read',
    value: good('x'.repeat(10 * 1024 * 1024)),
    outcome: 'unreadable',
    reason: 'too_large',
  },
  { why: 'it is 100,000 lists deep', value: '['.repeat(100_000), outcome: 'unreadable', reason: 'decode' },
  {
    why: 'it is 5 million lists deep',
    value: '['.repeat(5_000_000),
    outcome: 'unreadable',
    reason: 'decode',
  },
  {
    why: 'a key stands twice',
    value: withField('"source":"other"'),
    outcome: 'unreadable',
    reason: 'decode',
  },
  {
    why: 'it reaches for the prototype',
    value: withField('"__proto__":{"outcome":"clear"}'),
    outcome: 'unreadable',
    reason: 'schema',
  },
  { why: 'a number is infinite', value: withField('"wren":1e400'), outcome: 'unreadable', reason: 'schema' },
  {
    why: 'an id is a number that loses a digit',
    value: good('fell').replace('"E1"', '9007199254740993'),
    outcome: 'unreadable',
    reason: 'schema',
  },
  { why: 'the id is missing', value: '{"source":"ed-worcester"}', outcome: 'unreadable', reason: 'schema' },
  {
    why: 'it arrives in the year 9999',
    value: good('fell').replace('2026-03-01', '9999-03-01'),
    outcome: 'unreadable',
    reason: 'schema',
  },
  {
    why: 'the child was born in 1800',
    value: good('fell').replace('2011-05-30', '1800-05-30'),
    outcome: 'unreadable',
    reason: 'schema',
  },
  { why: 'the note is a script', value: good('<script>alert("knife")</script>'), outcome: 'flagged' },
  { why: 'the note is bait for slow patterns', value: good(`${'a '.repeat(50_000)}!`), outcome: 'clear' },
  {
    why: 'its headers are 500 kB',
    value: good('knife'),
    headers: { giant: 'x'.repeat(500_000) },
    outcome: 'flagged',
  },
]

describe.skipIf('missing' in kafka)(titleWith(kafka, 'a bad message'), () => {
  let stream: KafkaTopics
  let scanner: Running
  let letters: readonly ReadRecord[]
  /** By offset in the input, of which each bad message has an odd one. */
  let receipts: Map<string, Receipt[]>

  beforeAll(async () => {
    stream = await openKafkaTopics(brokersOf(kafka))
    await stream.makeInput({ partitions: 1 })
    scanner = await runScanner(stream)
    await stream.send([{ value: good('fell') }])
    for (const { value, headers = {} } of rows) {
      await stream.send([{ value, headers }])
      await stream.send([{ value: good('fell') }])
    }
    const records = await stream.readUntil(stream.topics.receipts, 2 * rows.length + 1)
    receipts = Map.groupBy(
      records.map(({ value }) => decodeReceipt(value)),
      ({ delivery }) => delivery.offset,
    )
    letters = await stream.read(stream.topics.deadLetters)
  })

  afterAll(async () => {
    await scanner?.stop()
    await stream?.[Symbol.asyncDispose]()
  })

  test.each(rows.map((row, index) => [row.why, row, String(2 * index + 1)] as const))(
    'when %s, leaves one receipt, and its bytes where it is unreadable',
    (_why, { value, outcome, reason }, offset) => {
      expect(receipts.get(offset)).toHaveLength(1)
      expect(receipts.get(offset)).toMatchObject([{ outcome }])
      const own = letters.filter(({ headers }) => headers.offset === offset)
      if (reason === undefined) return expect(own).toEqual([])
      expect(own).toHaveLength(1)
      expect(own[0]!.headers.reason).toBe(reason)
      const original = value === null ? null : Buffer.from(value)
      expect(original === null ? own[0]!.value : own[0]!.value!.equals(original)).toBe(
        original === null ? null : true,
      )
    },
  )

  test('stops nothing: every good message around it was screened, once', () => {
    const around = Array.from({ length: rows.length + 1 }, (_, index) => receipts.get(String(2 * index)))
    expect(around.map(each => each?.map(({ outcome }) => outcome))).toEqual(around.map(() => ['clear']))
  })
})
