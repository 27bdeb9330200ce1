import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { Store } from '../../../src/adapters/store/store.ts'
import { Note } from '../../../src/attendance/note.ts'
import type { QueueRow } from '../../../src/services/ports.ts'
import { openTestDatabase } from '../../world/database.ts'
import {
  batchOf,
  makeAttendance,
  makeDelivery,
  makeHeld,
  makeMention,
  makeReceipt,
  makeScreening,
  makeUnreadable,
} from '../../world/make-attendance.ts'

const page = { limit: 50, offset: 0 }

function queued(store: Store): Promise<readonly QueueRow[]> {
  return store.review.queue({ states: ['to-review', 'in-review', 'actions-open', 'done'], ...page })
}

test('a flagged attendance stands on the queue with its notes and mentions as they were sent', async () => {
  await using database = await openTestDatabase()
  const attendance = makeAttendance({
    words: 'Lac L hand. States knife pulled on him.\n\tMum: “he’s scared” 😟',
    codes: [{ system: 'icd10', code: 'X99', display: 'Assault by sharp object' }],
    alerts: ['looked-after'],
    patient: { nhsNumber: null, nhsNumberRefused: '999 000 0000', postcode: null },
  })
  const screening = makeScreening({ held: makeHeld({ attendance }) })
  expect(await database.store.screening.record(batchOf(screening))).toEqual(['flagged'])
  const [row] = await queued(database.store)
  expect(row?.attendance).toEqual(attendance)
  expect(row?.attendance.notes[0]).toBeInstanceOf(Note)
  expect(row?.attendance.notes[0]?.words).toBe(attendance.notes[0]?.words)
  expect(row?.mentions).toEqual(screening.held.held.mentions)
  expect(row?.flag).toMatchObject({ state: 'to-review', priority: 'high', version: 1, reopened: false })
})

test('a message delivered twice leaves one receipt and one flag, and is counted as it was', async () => {
  await using database = await openTestDatabase()
  const batch = batchOf(makeScreening(), makeUnreadable())
  const first = await database.store.screening.record(batch)
  expect(await database.store.screening.record(batch)).toEqual(first)
  expect(first).toEqual(['flagged', 'unreadable'])
  const rows = await queued(database.store)
  expect(rows.map(row => row.flag.version)).toEqual([1])
  expect(await database.store.ledger.deadLetters(page)).toHaveLength(1)
  const counts = await database.store.ledger.dayCounts('2026-11-20')
  expect(counts.reduce((sum, count) => sum + count.received, 0)).toBe(2)
})

test('of one body sent twenty times at once, one is counted and nineteen are duplicates', async () => {
  await using database = await openTestDatabase()
  const held = makeHeld()
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => database.store.screening.record(batchOf(makeScreening({ held })))),
  )
  expect(outcomes.flat().filter(outcome => outcome === 'flagged')).toHaveLength(1)
  expect(outcomes.flat().filter(outcome => outcome === 'duplicate')).toHaveLength(19)
  expect(await queued(database.store)).toHaveLength(1)
})

test('batches with the same bodies in opposite order all end, each body counted once', async () => {
  await using database = await openTestDatabase()
  const many = Array.from({ length: 40 }, () => makeHeld())
  const again = (helds: typeof many) => batchOf(...helds.map(held => makeScreening({ held })))
  const outcomes = await Promise.all(
    [many, many.toReversed(), many, many.toReversed()].map(helds =>
      database.store.screening.record(again(helds)),
    ),
  )
  expect(outcomes.flat().filter(outcome => outcome === 'flagged')).toHaveLength(40)
  expect(outcomes.flat().filter(outcome => outcome === 'duplicate')).toHaveLength(120)
})

test('a body that comes twice in one batch is counted once', async () => {
  await using database = await openTestDatabase()
  const held = makeHeld()
  const outcomes = await database.store.screening.record(
    batchOf(makeScreening({ held }), makeScreening({ held })),
  )
  expect(outcomes.toSorted()).toEqual(['duplicate', 'flagged'])
})

test('the same unreadable bytes sent twice are unreadable twice', async () => {
  await using database = await openTestDatabase()
  const outcomes = await database.store.screening.record(batchOf(makeUnreadable(), makeUnreadable()))
  expect(outcomes).toEqual(['unreadable', 'unreadable'])
  expect(await database.store.ledger.deadLetters(page)).toHaveLength(2)
})

test('the same body from another source is no duplicate', async () => {
  await using database = await openTestDatabase()
  const attendance = makeAttendance()
  const receipts = ['ed-worcester', 'miu-malvern'].map(source =>
    makeReceipt({ attendance, delivery: makeDelivery(), source, bodySha256: 'ab'.repeat(32) }),
  )
  const outcomes = await database.store.screening.record({ receipts, held: [], deadLetters: [] })
  expect(outcomes).toEqual(['clear', 'clear'])
})

test('other bytes at a position read before are an alarm, and nothing of the batch is saved', async () => {
  await using database = await openTestDatabase()
  const delivery = makeDelivery({ channel: 'kafka:c1', stream: 'attendances', partition: 3, offset: '41' })
  await database.store.screening.record(batchOf(makeScreening({ delivery })))
  const recreated = database.store.screening.record(batchOf(makeScreening(), makeScreening({ delivery })))
  await expect(recreated).rejects.toThrow(/Offset 41 of attendances partition 3.*made again/s)
  expect(await queued(database.store)).toHaveLength(1)
})

test('a replay under other rules that flags a clear message makes its receipt flagged; never the reverse', async () => {
  await using database = await openTestDatabase()
  const screening = makeScreening()
  const clear = { ...screening.receipt, outcome: 'clear' as const }
  const record = (receipt: typeof screening.receipt) =>
    database.store.screening.record({ receipts: [receipt], held: [], deadLetters: [] })
  expect(await record(clear)).toEqual(['clear'])
  expect(await record(screening.receipt)).toEqual(['flagged'])
  expect(await record(clear)).toEqual(['flagged'])
})

test('a held attendance whose mentions are all set aside raises no flag and is listed as set aside', async () => {
  await using database = await openTestDatabase()
  const held = makeHeld({ mentions: [makeMention({ standing: 'set-aside', assertion: 'negated' })] })
  await database.store.screening.record(batchOf(makeScreening({ held })))
  expect(await queued(database.store)).toEqual([])
  const [row] = await database.store.review.setAside(page)
  expect(row?.mentions).toEqual(held.mentions)
})

test.each([
  ['words that PostgreSQL cannot hold', { words: 'CANARYWORDS knife \u0000 seen' }],
  ['an arrival that is no time', { words: 'CANARYWORDS knife', arrivedAt: 'CANARYTIME' }],
])('an error about %s quotes none of them', async (_what, wishes) => {
  await using database = await openTestDatabase()
  const attendance = makeAttendance({
    ...wishes,
    patient: { family: 'CANARYNAME', nhsNumberRefused: 'CANARYNUMBER' },
  })
  const batch = batchOf(makeScreening({ held: makeHeld({ attendance }) }))
  const error: unknown = await database.store.screening.record(batch).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Error)
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/CANARY/)
  expect(await queued(database.store)).toEqual([])
})
