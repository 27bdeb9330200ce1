import { expect, test } from 'vitest'
import { ledgerOutcomes, unaccounted } from '../../../src/review/ledger.ts'
import { openTestDatabase } from '../../world/database.ts'
import {
  batchOf,
  makeAttendance,
  makeDelivery,
  makeReceipt,
  makeScreening,
  makeUnreadable,
} from '../../world/make-attendance.ts'

const page = { limit: 10, offset: 0 }

test.each([
  ['the last second of a summer day', '2026-06-30T22:59:59Z', '2026-06-30'],
  ['midnight in summer time', '2026-06-30T23:00:00Z', '2026-07-01'],
  ['midnight in winter time', '2026-12-01T00:00:00Z', '2026-12-01'],
  ['the hour that comes twice', '2026-10-25T00:30:00Z', '2026-10-25'],
])('%s counts on its day in London', async (_reason, receivedAt, day) => {
  await using database = await openTestDatabase()
  const receipt = makeReceipt({ delivery: makeDelivery({ receivedAt }) })
  await database.store.screening.record({ receipts: [receipt], held: [], deadLetters: [] })
  expect(await database.store.ledger.dayCounts(day)).toMatchObject([{ received: 1 }])
  expect((await database.store.ledger.feed(day)).receivedToday).toBe(1)
})

test('a day balances by source and site: what was received is the sum of its outcomes', async () => {
  await using database = await openTestDatabase()
  const repeated = makeScreening()
  const receipts = ledgerOutcomes
    .filter(outcome => outcome !== 'duplicate')
    .map(outcome => makeReceipt({ outcome, attendance: makeAttendance({ source: 'miu', site: 'M1' }) }))
  await database.store.screening.record({ receipts, held: [], deadLetters: [] })
  await database.store.screening.record(batchOf(repeated))
  await database.store.screening.record(batchOf(makeScreening({ held: repeated.held.held })))
  const counts = await database.store.ledger.dayCounts('2026-11-20')
  expect(counts).toEqual([
    {
      source: 'ed-worcester',
      site: 'RWP01',
      formats: ['json'],
      received: 2,
      counts: { flagged: 1, clear: 0, 'out-of-scope': 0, duplicate: 1, unreadable: 0 },
    },
    {
      source: 'miu',
      site: 'M1',
      formats: ['json'],
      received: 4,
      counts: { flagged: 1, clear: 1, 'out-of-scope': 1, duplicate: 0, unreadable: 1 },
    },
  ])
  expect(counts.map(unaccounted)).toEqual([0, 0])
})

test('received is counted apart from the outcomes, so that a message without one shows', async () => {
  await using database = await openTestDatabase()
  await database.store.screening.record({ receipts: [makeReceipt()], held: [], deadLetters: [] })
  const client = await database.connect()
  await client.query(
    "alter table receipt drop constraint receipt_outcome_check; update receipt set outcome = 'lost'",
  )
  const counts = await database.store.ledger.dayCounts('2026-11-20')
  expect(counts.map(unaccounted)).toEqual([1])
})

test('dead letters come newest first, with source, size and the problem, and never their bytes', async () => {
  await using database = await openTestDatabase()
  const older = makeUnreadable({ delivery: makeDelivery({ receivedAt: '2026-11-20T08:00:00Z' }) })
  const newer = makeUnreadable({
    delivery: makeDelivery({ receivedAt: '2026-11-20T09:00:00Z' }),
    bytes: new Uint8Array([0, 255, 10]),
  })
  await database.store.screening.record(batchOf(newer, older))
  const rows = await database.store.ledger.deadLetters(page)
  expect(rows.map(row => [row.eventId, row.size])).toEqual([
    [newer.deadLetter.eventId, 3],
    [older.deadLetter.eventId, older.deadLetter.bytes.length],
  ])
  expect(rows[0]).toMatchObject({ source: 'http', reason: 'schema', receivedAt: '2026-11-20T09:00:00Z' })
  expect(rows[0]).not.toHaveProperty('bytes')
})

test('the bytes of a dead letter are kept exactly as they came', async () => {
  await using database = await openTestDatabase()
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  await database.store.screening.record(batchOf(makeUnreadable({ bytes })))
  const client = await database.connect()
  const kept = await client.query('select bytes from dead_letter')
  expect(new Uint8Array(kept.rows[0].bytes)).toEqual(bytes)
})

test('the feed knows the newest message of each source and of all', async () => {
  await using database = await openTestDatabase()
  const receipts = [
    ['miu', '2026-11-20T09:00:00Z'],
    ['ed', '2026-11-20T10:00:00Z'],
    ['ed', '2026-11-19T10:00:00Z'],
  ].map(([source, receivedAt]) =>
    makeReceipt({ source: source!, delivery: makeDelivery({ receivedAt: receivedAt! }) }),
  )
  expect(await database.store.ledger.feed('2026-11-20')).toEqual({ lastReceivedAt: null, receivedToday: 0 })
  await database.store.screening.record({ receipts, held: [], deadLetters: [] })
  expect(await database.store.ledger.lastReceivedBySource()).toEqual([
    { source: 'ed', at: '2026-11-20T10:00:00Z' },
    { source: 'miu', at: '2026-11-20T09:00:00Z' },
  ])
  const feed = await database.store.ledger.feed('2026-11-20')
  expect(feed).toEqual({ lastReceivedAt: '2026-11-20T10:00:00Z', receivedToday: 2 })
})

test('attendances without a note are listed, a repeat of one only once', async () => {
  await using database = await openTestDatabase()
  const attendance = makeAttendance({ notes: [] })
  const receipts = [makeReceipt({ attendance }), makeReceipt({ attendance }), makeReceipt()]
  await database.store.screening.record({ receipts, held: [], deadLetters: [] })
  const { source, attendanceId, arrivedAt } = attendance
  expect(await database.store.ledger.withoutText('2026-11-20')).toEqual([{ source, attendanceId, arrivedAt }])
})

test('attendances with parts that were not read are listed with how many', async () => {
  await using database = await openTestDatabase()
  const attendance = makeAttendance({ partsUnread: ['1 PDF document not read', '1 picture not read'] })
  const receipts = [makeReceipt({ attendance }), makeReceipt({ attendance }), makeReceipt()]
  await database.store.screening.record({ receipts, held: [], deadLetters: [] })
  const { source, attendanceId, arrivedAt } = attendance
  expect(await database.store.ledger.partsUnread('2026-11-20')).toEqual([
    { source, attendanceId, arrivedAt, parts: 2 },
  ])
})
