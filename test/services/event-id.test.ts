import { expect, test } from 'vitest'
import { eventIdOf, eventKinds } from '../../src/services/event-id.ts'

const delivery = { channel: 'kafka:c1', stream: 'attendances', partition: 0, offset: '12', receivedAt: '' }

test('an id of today is the id of every later version: written out once, it never changes', () => {
  expect(eventIdOf(delivery, 'receipt')).toBe(
    '3c7b0f81d74f1dd9c6e0b5f289efeb928199c01f7a7fc40ecf5df3af12d9e295',
  )
})

test('a redelivery at another time has the same id', () => {
  const later = { ...delivery, receivedAt: '2026-03-02T10:00:00Z' }
  expect(eventIdOf(later, 'flag')).toBe(eventIdOf(delivery, 'flag'))
})

test.each([
  ['the channel differs', { ...delivery, channel: 'kafka:c2' }],
  ['the stream differs', { ...delivery, stream: 'attendances-2' }],
  ['the partition differs', { ...delivery, partition: 1 }],
  ['the offset differs', { ...delivery, offset: '13' }],
  ['a letter moves from one field to the next', { ...delivery, channel: 'kafka:c', stream: '1attendances' }],
  ['a digit moves from partition to offset', { ...delivery, partition: 1, offset: '2' }],
])('when %s, the id differs', (_reason, other) => {
  expect(eventIdOf(other, 'receipt')).not.toBe(eventIdOf(delivery, 'receipt'))
})

test('the kinds of one delivery have ids of their own', () => {
  expect(new Set(eventKinds.map(kind => eventIdOf(delivery, kind))).size).toBe(eventKinds.length)
})
