import { expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import type { Attendance } from '../../../src/attendance/attendance.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import { makePatientHash } from '../../../src/services/patient-hash.ts'
import { batchOf, type MergeNotice } from '../../../src/services/screening.ts'
import { openTestDatabase, type TestDatabase } from '../../world/database.ts'
import { makeAttendance, makeDelivery, makeHeld, makeScreening } from '../../world/make-attendance.ts'

const patientHash = makePatientHash('identifier key of a test')
const hashOf = (localId: string) => patientHash.ofLocalId({ trust: 'RWP', localId })

/** Of a child who is known by the hospital's own number alone. */
function attend(localId: string, day: number): Attendance {
  return makeAttendance({
    patient: { localId, nhsNumber: null },
    arrivedAt: `2026-11-${String(day).padStart(2, '0')}T21:35:00Z`,
    recordedAt: `2026-11-${String(day).padStart(2, '0')}T21:40:00Z`,
  })
}

/** The hospital merges one number into another, at a minute past nine. */
function merge(prior: string, surviving: string, minute: number): MergeNotice {
  const delivery = makeDelivery()
  return {
    kind: 'merge',
    eventId: `merge ${delivery.offset}`,
    delivery,
    source: 'pas-worcester',
    trust: 'RWP',
    at: `2026-11-20T21:${String(minute).padStart(2, '0')}:00Z`,
    merges: [{ prior, surviving, priorHash: hashOf(prior), survivingHash: hashOf(surviving) }],
  }
}

async function send(store: Store, told: Attendance | MergeNotice): Promise<void> {
  if ('merges' in told) {
    await store.screening.record({ ...batchOf([]), notices: [told] })
    return
  }
  const screening = makeScreening({ held: makeHeld({ attendance: told }) })
  const receipt = { ...screening.receipt, patientHashes: patientHash.ofAttendance(told) }
  await store.screening.record(batchOf([{ ...screening, receipt }]))
}

/** What a nurse sees on the page of an attendance, and what a search for a number finds. */
async function seen({ store }: TestDatabase, attendance: Attendance, numbers: readonly string[]) {
  const file = await store.review.flagFile(flagIdOf(attendance))
  const found = await Promise.all(
    numbers.map(async number => {
      const keys = { patientHashes: [hashOf(number)], number: null, birthDate: null, name: null }
      const rows = await store.searches.find(keys, 10)
      return rows.map(({ attendanceId, merges }) => [attendanceId, merges.length])
    }),
  )
  return {
    earlier: file?.earlier.map(each => each.attendanceId),
    merges: file?.merges.map(({ prior, surviving, at }) => [prior, surviving, at.slice(11, 16)]),
    flag: file?.flag.state,
    found,
  }
}

function ordersOf<Each>(list: readonly Each[]): readonly (readonly Each[])[] {
  if (list.length <= 1) return [list]
  return list.flatMap((each, index) => ordersOf(list.toSpliced(index, 1)).map(rest => [each, ...rest]))
}

test('a merge brings the attendances of both numbers together, in whatever order they come', async () => {
  await using database = await openTestDatabase()
  for (const [index, order] of ordersOf([0, 1, 2]).entries()) {
    // Other numbers for each order, so that none finds what an earlier one left.
    const [prior, surviving] = [`W1${index}`, `W2${index}`]
    const [first, second] = [attend(prior, 10), attend(surviving, 12)]
    const told = [first, second, merge(prior, surviving, 5)]
    for (const place of order)
      for (const each of told.slice(place, place + 1)) await send(database.store, each)
    const both = [
      [second.attendanceId, 1],
      [first.attendanceId, 1],
    ]
    expect(await seen(database, second, [prior, surviving])).toEqual({
      earlier: [first.attendanceId],
      merges: [[prior, surviving, '21:05']],
      flag: 'to-review',
      found: [both, both],
    })
  }
})

test.each([
  [
    'a chain',
    [merge('W1', 'W2', 5), merge('W2', 'W3', 6)],
    [
      ['W1', 'W2', '21:05'],
      ['W2', 'W3', '21:06'],
    ],
  ],
  [
    'a chain told backwards',
    [merge('W2', 'W3', 6), merge('W1', 'W2', 5)],
    [
      ['W1', 'W2', '21:05'],
      ['W2', 'W3', '21:06'],
    ],
  ],
  ['a merge told twice', [merge('W1', 'W3', 5), merge('W1', 'W3', 5)], [['W1', 'W3', '21:05']]],
  [
    'a merge back',
    [merge('W1', 'W3', 5), merge('W3', 'W1', 6)],
    [
      ['W1', 'W3', '21:05'],
      ['W3', 'W1', '21:06'],
    ],
  ],
  [
    'a merge of two into one',
    [merge('W1', 'W3', 5), merge('W2', 'W3', 5)],
    [
      ['W1', 'W3', '21:05'],
      ['W2', 'W3', '21:05'],
    ],
  ],
])('%s makes one child of all', async (_reason, merges, shown) => {
  await using database = await openTestDatabase()
  const [first, last, stranger] = [attend('W1', 10), attend('W3', 12), attend('W9', 11)]
  for (const told of [first, ...merges, last, stranger]) await send(database.store, told)
  const { found, ...page } = await seen(database, last, ['W1', 'W9'])
  expect(page).toEqual({ earlier: [first.attendanceId], merges: shown, flag: 'to-review' })
  expect(found.map(rows => rows.map(([id]) => id))).toEqual([
    [last.attendanceId, first.attendanceId],
    [stranger.attendanceId],
  ])
})

test('merges told at once by many leave one group', async () => {
  await using database = await openTestDatabase()
  const [first, last] = [attend('W0', 10), attend('W20', 12)]
  const merges = Array.from({ length: 20 }, (_, number) => merge(`W${number}`, `W${number + 1}`, number))
  await Promise.all([first, last, ...merges].map(told => send(database.store, told)))
  expect((await seen(database, last, [])).earlier).toEqual([first.attendanceId])
})

test('a merge is told in the history of the flags under the number that was given up, once', async () => {
  await using database = await openTestDatabase()
  const [attendance, notice] = [attend('W1', 10), merge('W1', 'W2', 5)]
  for (const told of [attendance, notice, notice]) await send(database.store, told)
  const file = await database.store.review.flagFile(flagIdOf(attendance))
  expect(file?.history.filter(({ did }) => did === 'merged patients')).toHaveLength(1)
  expect(JSON.stringify(file?.history)).not.toMatch(/W1|W2/)
})

test('a merge that makes a child’s attendance the fourth in six months lifts its flag', async () => {
  await using database = await openTestDatabase()
  const last = attend('W2', 20)
  for (const told of [attend('W1', 1), attend('W1', 2), attend('W1', 3)]) await send(database.store, told)
  const screening = makeScreening({ held: makeHeld({ attendance: last, priority: 'medium' }) })
  const receipt = { ...screening.receipt, patientHashes: patientHash.ofAttendance(last) }
  await database.store.screening.record(batchOf([{ ...screening, receipt }]))
  const flag = async () => (await database.store.review.flagFile(flagIdOf(last)))?.flag
  expect(await flag()).toMatchObject({ priority: 'medium', repeated: null })
  await send(database.store, merge('W1', 'W2', 5))
  expect(await flag()).toMatchObject({ priority: 'high', repeated: expect.stringMatching(/^Fourth/) })
})
