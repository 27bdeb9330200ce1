import { expect, test } from 'vitest'
import { openStore } from '../../../src/adapters/store/store.ts'
import { flagIdOf } from '../../../src/review/flag-id.ts'
import { openTestDatabase } from '../../world/database.ts'
import { batchOf, makeAttendance, makeHeld, makeScreening } from '../../world/make-attendance.ts'

const page = { limit: 20, offset: 0 }
const day = '2024-03-01'

/** Years in small: 30,000 receipts over ten months, a flag for every second, all of them done. */
const history = `
  create temp view moment as
    select i, timestamptz '2024-02-10' + i * interval '15 minutes' as at from generate_series(1, 30000) as i;
  insert into receipt
    select 'event ' || i, 'http', 'attendances', 0, i::text, at, at::date, 'ed', 'json', 'RWP', 'B' || i, 'RWP01', at, '13 to 15',
      case when i % 50 = 0 then 'unreadable' else 'clear' end, 'v1', 'body ' || i, i % 997 = 0,
      case when i % 991 = 0 then 1 else 0 end from moment;
  insert into patient_attendance
    select 'child ' || i % 9000, 'RWP', 'B' || i, 'RWP01', at, at, 'clear' from moment;
  insert into held
    select 'RWP', 'B' || i, attendance, mentions, '[]', case when i % 40 = 0 then 'clear' else 'flagged' end, 'high',
      '{}', 'v1', at, at from moment, (select attendance, mentions from held limit 1) as told where i % 2 = 0;
  insert into flag
    select 'flag ' || i, 'RWP', 'B' || i, 'high', 0, '{}', 'done', null, null, null, false, at, at, at, false, 3
      from moment where i % 2 = 0 and i % 40 <> 0;
  insert into decision (id, flag_id, outcome, reason, decided_by, decided_at)
    select 'decision ' || i, 'flag ' || i, 'no-action', 'seen', 'amara', at from moment
      where i % 2 = 0 and i % 40 <> 0;
  insert into dead_letter select 'letter ' || i, 'http', 'attendances', 0, i::text, at, 'schema', 'no date', 'x'
    from moment where i % 50 = 0;
  insert into audit_entry
    select 10 + i, at, 'amara', 'nurse', 'opened flag', 'flag ' || i, null, '', 'hash ' || i from moment;
  insert into held_event select 'held ' || i from moment;
  analyze`

const settled = { at: `${day}T09:00:00Z`, who: 'amara', role: 'lead', did: 'x', what: 'y', why: 'z' } as const

test('no page, and no message, reads the history from one end to the other', async () => {
  await using database = await openTestDatabase()
  const attendance = makeAttendance()
  await database.store.screening.record(batchOf(makeScreening({ held: makeHeld({ attendance }) })))
  const client = await database.connect()
  await client.query(history)
  /** Rows read from end to end, a table each, once every other connection has ended and so reported its own. */
  const rowsReadThrough = async (): Promise<Record<string, number>> => {
    const others = `select from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`
    await expect.poll(async () => (await client.query(others)).rowCount, { timeout: 10_000 }).toBe(0)
    const read = await client.query('select relname, seq_tup_read::int as rows from pg_stat_user_tables')
    return Object.fromEntries(read.rows.map(({ relname, rows }) => [relname, rows]))
  }
  await database.store.close()
  const before = await rowsReadThrough()

  const store = await openStore(database)
  await store.review.queue({ states: ['to-review', 'in-review', 'done'], ...page })
  await store.review.queue({ states: ['done'], limit: 20, offset: 400 })
  const overdueBefore = { high: `${day}T07:00:00Z`, others: `${day}T07:00:00Z` }
  await store.review.facets({ states: ['to-review'], view: { who: 'amara', role: 'nurse', overdueBefore } })
  await store.review.waiting(500)
  await store.review.flagFile(flagIdOf(attendance))
  await store.review.setAside(page)
  await store.review.countReviewed(day)
  await store.review.oldestUnreviewed()
  await store.review.returnDeferred(day)
  await store.ledger.dayCounts(day)
  await store.ledger.deadLetters(page)
  await store.ledger.feed(day)
  await store.ledger.withoutText(day)
  await store.ledger.partsUnread(day)
  await store.ledger.offsetRanges(day)
  await store.ledger.findAttendances({ ids: ['B4000', 'B0'], day })
  await store.proofs.hourCounts([day, '2024-02-23'])
  await store.proofs.unreadableOn(day, 100)
  await store.proofs.countUnreadable(day)
  const of = { day, source: 'ed', site: 'RWP01', outcome: 'clear' } as const
  await store.proofs.messages(of, { limit: 51, offset: 0 })
  await store.proofs.settleUnreadable({ eventId: 'letter 50', audit: settled })
  await store.replays.countFoundLate({ day, since: '2024-03-02T09:00:00Z' })
  await store.replays.foundLate(['flag 400'])
  await store.audit.about('flag 400', 20)
  await store.signOffs.flagsByState(day)
  await store.signOffs.days({ from: '2024-02-16', to: day })
  await store.signOffs.lateArrivals({ day, signedAt: '2024-03-02T09:00:00Z', limit: 100 })
  await store.secondReadings.countUnread({ day, size: 5 })
  await store.searches.trusts()
  const keys = { number: null, birthDate: null, name: null, patientHashes: [] }
  await store.searches.find({ ...keys, patientHashes: ['child 12'] }, 50)
  await store.searches.find({ ...keys, number: 'B4000' }, 50)
  await store.searches.find({ ...keys, birthDate: '1999-01-01' }, 50)
  await store.searches.find({ ...keys, name: { first: 'zeb', last: 'oddy' } }, 50)
  await store.searches.find({ ...keys, name: { first: 'zeb', last: 'zeb' } }, 50)
  await store.timelines.ofFlag(flagIdOf(attendance), 200)
  await store.timelines.ofFlag('flag 400', 200)
  await store.timelines.latestFlags([attendance, { trust: 'RWP', attendanceId: 'B4000' }])
  await store.timelines.neighbours({ ...attendance, postcode: 'WR12AB', limit: 200 })
  await store.screening.record(batchOf(makeScreening(), makeScreening()))
  await store.close()

  const after = await rowsReadThrough()
  const tables = [
    'receipt',
    'patient_attendance',
    'held',
    'held_event',
    'flag',
    'decision',
    'dead_letter',
    'audit_entry',
  ]
  const readThrough = tables.filter(table => after[table] !== before[table])
  expect(readThrough).toEqual([])
})
