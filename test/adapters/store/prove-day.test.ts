import { expect, test } from 'vitest'
import { openTestDatabase } from '../../world/database.ts'
import {
  batchOf,
  makeAttendance,
  makeDelivery,
  makeReceipt,
  makeUnreadable,
} from '../../world/make-attendance.ts'

const channel = 'kafka:one'
const at = (offset: number, receivedAt: string, partition = 0) =>
  makeReceipt({ delivery: makeDelivery({ channel, partition, offset: String(offset), receivedAt }) })

test('offsets without a receipt show as a break between ranges, also at midnight', async () => {
  await using database = await openTestDatabase()
  const { screening, ledger } = database.store
  const receipts = [
    ...[at(3, '2026-11-19T23:59:59Z'), at(5, '2026-11-20T00:00:00Z'), at(6, '2026-11-20T09:00:00Z')],
    ...[at(9, '2026-11-20T10:00:00Z'), at(10, '2026-11-20T11:00:00Z'), at(40, '2026-11-21T00:00:00Z')],
    at(100, '2026-11-20T11:00:00Z', 1),
  ]
  await screening.record({ receipts, held: [], deadLetters: [] })
  const ranges = await ledger.offsetRanges('2026-11-20')
  expect(ranges.map(({ partition, from, to }) => [partition, from, to])).toEqual([
    [0, '3', '3'],
    [0, '5', '6'],
    [0, '9', '10'],
    [1, '100', '100'],
  ])
})

test('messages over HTTP have no offsets, and no gaps', async () => {
  await using database = await openTestDatabase()
  const { screening, ledger } = database.store
  const delivery = makeDelivery({ channel: 'http', offset: '7f3e-1', receivedAt: '2026-11-20T09:00:00Z' })
  await screening.record({ receipts: [makeReceipt({ delivery })], held: [], deadLetters: [] })
  expect(await ledger.offsetRanges('2026-11-20')).toEqual([])
})

test('an attendance on the list is received, in an unreadable message, or neither', async () => {
  await using database = await openTestDatabase()
  const { screening, ledger } = database.store
  const attendance = makeAttendance({ attendanceId: 'E100' })
  const broken = makeUnreadable({
    bytes: new TextEncoder().encode('{"attendanceId":"E200","notes":['),
    delivery: makeDelivery({ receivedAt: '2026-11-20T09:00:00Z' }),
  })
  await screening.record({ receipts: [makeReceipt({ attendance })], held: [], deadLetters: [] })
  await screening.record(batchOf(broken))
  const ids = ['E100', 'E200', 'E20', '200', 'E300']
  expect(await ledger.findAttendances({ ids, day: '2026-11-20' })).toEqual({
    received: ['E100'],
    inUnreadable: ['E200'],
  })
})

test.each([
  ['the night the clocks go back has 25 hours', '2026-10-25', 25],
  ['the night the clocks go forward has 23 hours', '2026-03-29', 23],
])('%s, and every message of them is counted on that day', async (_reason, day, hours) => {
  await using database = await openTestDatabase()
  const { screening, ledger } = database.store
  const start = Temporal.PlainDate.from(day).toZonedDateTime('Europe/London').toInstant()
  // One message each half hour, from the last of the day before to the first of the day after.
  const instants = Array.from({ length: 2 * hours + 2 }, (_, index) =>
    start.add({ minutes: 30 * (index - 1) }),
  )
  const receipts = instants.map((instant, offset) => at(offset, instant.toString()))
  await screening.record({ receipts, held: [], deadLetters: [] })
  const plain = Temporal.PlainDate.from(day)
  const countOn = async (date: Temporal.PlainDate) =>
    (await ledger.dayCounts(date.toString())).reduce((sum, { received }) => sum + received, 0)
  expect(await countOn(plain)).toBe(2 * hours)
  expect(await countOn(plain.subtract({ days: 1 }))).toBe(1)
  expect(await countOn(plain.add({ days: 1 }))).toBe(1)
})
