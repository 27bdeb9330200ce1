import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assertCovers } from '../../../src/adapters/kafka/publisher.ts'
import { recordKeyOf } from '../../../src/adapters/kafka/record-key.ts'
import { chunkFrom } from '../../../src/adapters/kafka/records.ts'
import { makeDelivery, makeReceipt } from '../../world/make-attendance.ts'

const secret = 'invented for tests: thirty-two characters or more'

test('chunks take every record once, in order, and only a single record is larger than the limit', () => {
  const sizes = fc.array(fc.nat(40), { maxLength: 60 })
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 9 }), fc.nat(50), (lengths, countMax, bytesMax) => {
      const records = lengths.map((length, index) => ({ index, value: new Uint8Array(length) }))
      const taken: typeof records = []
      while (taken.length < records.length) {
        const chunk = chunkFrom(records, taken.length, { countMax, bytesMax })
        const bytes = chunk.reduce((sum, { value }) => sum + value.length, 0)
        expect(chunk.length).toBeGreaterThan(0)
        expect(chunk.length).toBeLessThanOrEqual(countMax)
        if (chunk.length > 1) expect(bytes).toBeLessThanOrEqual(bytesMax)
        taken.push(...chunk)
      }
      expect(taken).toEqual(records)
    }),
  )
})

test('all messages of one attendance have one key, whoever sent them and wherever they stood', () => {
  const receipt = makeReceipt()
  const later = { ...receipt, source: 'other', delivery: makeDelivery() }
  expect(recordKeyOf(later, secret)).toEqual(recordKeyOf(receipt, secret))
})

test.each([
  ['another attendance', { attendanceId: 'E2' }],
  ['another trust', { trust: 'RXX' }],
  ['an unreadable message', { trust: null, attendanceId: null }],
])('%s has another key', (_what, other) => {
  const receipt = makeReceipt({ trust: 'RWP' })
  expect(recordKeyOf({ ...receipt, ...other }, secret)).not.toEqual(recordKeyOf(receipt, secret))
})

test('another secret gives another key: nobody finds an attendance by trying', () => {
  const receipt = makeReceipt()
  expect(recordKeyOf(receipt, 'another secret').key).not.toBe(recordKeyOf(receipt, secret).key)
})

test.each([
  ['names another partition', [{ topicName: 'flags', partition: 1, errorCode: 0 }]],
  ['names another topic', [{ topicName: 'receipts', partition: 0, errorCode: 0 }]],
  ['names an error', [{ topicName: 'flags', partition: 0, errorCode: 6 }]],
  ['names nothing', []],
])('a send of which the answer %s has not been written', (_what, written) => {
  expect(() => assertCovers(written, { topic: 'flags', partition: 0 })).toThrow('did not confirm')
})

test('a send of which the answer names its partition has been written', () => {
  const written = [{ topicName: 'flags', partition: 0, errorCode: 0, baseOffset: '7' }]
  expect(() => assertCovers(written, { topic: 'flags', partition: 0 })).not.toThrow()
})
