import { expect, test } from 'vitest'
import { retryDeadLetter } from '../../src/services/retry-dead-letter.ts'
import type { Delivery } from '../../src/services/screening.ts'
import { openTestDatabase, type TestDatabase } from '../world/database.ts'
import { attendanceMessage, knifeScreen } from '../world/knife-screen.ts'

const actor = { username: 'ewan.slade', name: 'Ewan Slade', role: 'ops' } as const
const clock = { now: () => Temporal.Now.instant() }
const receivedAt = '2026-11-20T09:00:00Z'
const page = { limit: 10, offset: 0 }

test('a message that a new decoder can read moves from unreadable to its outcome, on the day it came', async () => {
  await using database = await openTestDatabase()
  const eventId = await receiveUnread(
    database,
    attendanceMessage({ attendanceId: 'E1', words: 'knife shown' }),
  )
  const { ledger, review } = database.store
  expect(await totals(database)).toEqual({ unreadable: 1 })
  const retried = await retryDeadLetter({ ledger, screen: knifeScreen, clock }, { actor, eventId })
  expect(retried).toEqual({ kind: 'counted', outcome: 'flagged' })
  expect(await totals(database)).toEqual({ flagged: 1 })
  expect(await ledger.deadLetters(page)).toEqual([])
  const rows = await review.queue({ states: ['to-review'], ...page })
  expect(rows.map(({ attendance }) => attendance.attendanceId)).toEqual(['E1'])
  expect(await database.store.audit.about(eventId, 1)).toMatchObject([
    { who: 'ewan.slade', did: 'read an unreadable message again' },
  ])
})

test('what its source has sent again in the meantime is a duplicate', async () => {
  await using database = await openTestDatabase()
  const message = attendanceMessage({ attendanceId: 'E1', words: 'fell' })
  const eventId = await receiveUnread(database, message)
  const again = knifeScreen(Buffer.from(message), deliveryAt('8'))
  await database.store.screening.record({ receipts: [again.receipt], held: [], deadLetters: [] })
  const { ledger } = database.store
  const retried = await retryDeadLetter({ ledger, screen: knifeScreen, clock }, { actor, eventId })
  expect(retried).toEqual({ kind: 'counted', outcome: 'duplicate' })
  expect(await totals(database)).toEqual({ clear: 1, duplicate: 1 })
})

test('one that still cannot be read stays, and so does the ledger', async () => {
  await using database = await openTestDatabase()
  const eventId = await receiveUnread(database, 'not JSON')
  const { ledger } = database.store
  const retried = await retryDeadLetter({ ledger, screen: knifeScreen, clock }, { actor, eventId })
  expect(retried.kind).toBe('still-unreadable')
  expect(await totals(database)).toEqual({ unreadable: 1 })
  expect(await ledger.deadLetters(page)).toHaveLength(1)
})

test('two people who retry one message count it once', async () => {
  await using database = await openTestDatabase()
  const eventId = await receiveUnread(database, attendanceMessage({ attendanceId: 'E1', words: 'knife' }))
  const { ledger } = database.store
  const both = await Promise.all(
    [1, 2].map(() => retryDeadLetter({ ledger, screen: knifeScreen, clock }, { actor, eventId })),
  )
  expect(both.map(({ kind }) => kind).sort()).toEqual(['counted', 'gone'])
  expect(await totals(database)).toEqual({ flagged: 1 })
})

/** The message as a decoder of yesterday left it: cut off while it was read, whole in the dead letters. */
async function receiveUnread({ store }: TestDatabase, message: string): Promise<string> {
  const whole = Buffer.from(message)
  const { receipt, deadLetter } = knifeScreen(whole.subarray(0, 5), deliveryAt('7'))
  if (deadLetter === null) throw new Error('five bytes were read')
  const kept = { ...deadLetter, bytes: whole }
  const known = knifeScreen(whole, deliveryAt('7')).receipt
  const unread = { ...receipt, bodySha256: known.bodySha256 }
  await store.screening.record({ receipts: [unread], held: [], deadLetters: [kept] })
  return deadLetter.eventId
}

function deliveryAt(offset: string): Delivery {
  return { channel: 'kafka:one', stream: 'attendances', partition: 0, offset, receivedAt }
}

async function totals({ store }: TestDatabase): Promise<Record<string, number>> {
  const counts = await store.ledger.dayCounts('2026-11-20')
  const sums: Record<string, number> = {}
  for (const [outcome, count] of counts.flatMap(each => Object.entries(each.counts)))
    if (count > 0) sums[outcome] = (sums[outcome] ?? 0) + count
  return sums
}
