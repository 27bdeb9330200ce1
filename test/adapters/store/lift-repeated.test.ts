import { expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import { openTestDatabase } from '../../world/database.ts'
import {
  batchOf,
  makeAttendance,
  makeHeld,
  makeNhsNumber,
  makeReceipt,
  makeScreening,
} from '../../world/make-attendance.ts'

const patient = { nhsNumber: makeNhsNumber(88), localId: 'W88' }
const waiting = { states: ['to-review', 'in-review'] as const, limit: 50, offset: 0 }

function attend(store: Store, day: string) {
  const attendance = makeAttendance({ patient, arrivedAt: `${day}T10:00:00Z` })
  return store.screening.record({ receipts: [makeReceipt({ attendance })], held: [], deadLetters: [] })
}

test('the fourth attendance in six months lifts the flag, says so, and is not told twice', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  for (const day of ['2026-04-01', '2026-06-10', '2026-09-01']) await attend(store, day)
  const attendance = makeAttendance({ patient, arrivedAt: '2026-11-20T10:00:00Z' })
  const batch = batchOf(makeScreening({ held: makeHeld({ attendance, priority: 'medium' }) }))
  await store.screening.record(batch)
  const flag = async () => (await store.review.flagFile(flagIdOf(attendance)))?.flag
  expect(await flag()).toMatchObject({ priority: 'medium', repeated: null })

  await attend(store, '2026-10-05')
  const repeated = 'Fourth attendance in 6 months. Lifted from medium to high.'
  expect(await flag()).toMatchObject({ priority: 'high', repeated, version: 1 })

  await store.screening.record(batch)
  await attend(store, '2026-10-06')
  expect(await flag()).toMatchObject({ priority: 'high', repeated, version: 1 })
  const [row] = await store.review.queue(waiting)
  expect(row?.flag).toMatchObject({ priority: 'high', repeated })
})

test('a later version of the record keeps what repeated attendance made of the flag', async () => {
  await using database = await openTestDatabase()
  const { store } = database
  for (const day of ['2026-09-01', '2026-10-01', '2026-11-01']) await attend(store, day)
  const attendance = makeAttendance({ patient, arrivedAt: '2026-11-20T10:00:00Z' })
  const screening = () => makeScreening({ held: makeHeld({ attendance, priority: 'medium' }) })
  await store.screening.record(batchOf(screening()))
  await store.screening.record(batchOf(screening()))
  const file = await store.review.flagFile(flagIdOf(attendance))
  expect(file?.flag).toMatchObject({
    priority: 'high',
    repeated: expect.stringMatching(/^Fourth attendance/),
  })
})
