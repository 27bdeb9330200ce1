import { expect, test } from 'vitest'
import type { LedgerOutcome } from '../../../src/review/ledger.ts'
import { openTestDatabase } from '../../world/database.ts'
import { makeScreening } from '../../world/make-attendance.ts'

test('a flagged attendance is on the queue as it was sent', async () => {
  await using database = await openTestDatabase()
  const screening = makeScreening()
  const outcomes = await database.store.screening.record({
    receipts: [screening.receipt],
    held: [screening.held],
    deadLetters: [],
  })
  expect(outcomes).toEqual<LedgerOutcome[]>(['flagged'])
  const [row] = await database.store.review.queue({ states: ['to-review'], limit: 10, offset: 0 })
  expect(row?.attendance).toEqual(screening.held.held.attendance)
  expect(row?.attendance.notes[0]?.words).toBe(screening.held.held.attendance.notes[0]?.words)
  expect(row?.mentions).toEqual(screening.held.held.mentions)
})
