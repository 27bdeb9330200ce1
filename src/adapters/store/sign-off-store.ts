import { type Kysely, type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { ReviewState } from '../../review/review-state.ts'
import type { DayCheck } from '../../review/sign-off.ts'
import type { DayState, LateArrival, SignOff, SignOffStore } from '../../services/sign-off-port.ts'
import { appendAudit } from './audit-store.ts'
import { inTransaction } from './in-transaction.ts'
import type { SignOffTable, Tables } from './tables.ts'

export function signOffStore(database: Kysely<Tables>): SignOffStore {
  return {
    flagsByState: day => flagsByState(database, day),
    history: async day => {
      const rows = await database
        .selectFrom('sign_off')
        .selectAll()
        .where('day', '=', day)
        .orderBy('revision', 'desc')
        .execute()
      return rows.map(readSignOff)
    },
    days: range => readDays(database, range),
    save: ({ signOff, audit }) =>
      inTransaction(database, async transaction => {
        const saved = await transaction
          .insertInto('sign_off')
          .values(writeSignOff(signOff))
          .onConflict(conflict => conflict.doNothing())
          .returning('reference')
          .executeTakeFirst()
        if (saved === undefined) return 'stale'
        await appendAudit(transaction, [audit])
        return 'saved'
      }),
    reopen: ({ reference, audit }) =>
      inTransaction(database, async transaction => {
        const reopened = await transaction
          .updateTable('sign_off')
          .set({ reopened_by: audit.who, reopened_at: audit.at, reopened_why: audit.why })
          .where('reference', '=', reference)
          .where('reopened_at', 'is', null)
          .returning('reference')
          .executeTakeFirst()
        if (reopened === undefined) return 'stale'
        await appendAudit(transaction, [audit])
        return 'saved'
      }),
    lateArrivals: query => readLateArrivals(database, query),
    lastSignedAt: async () => {
      const row = await database
        .selectFrom('sign_off')
        .select(({ fn }) => fn.max('signed_at').as('at'))
        .where('reopened_at', 'is', null)
        .executeTakeFirst()
      return row?.at ?? null
    },
  }
}

async function flagsByState(database: Kysely<Tables>, day: string): Promise<Record<ReviewState, number>> {
  const found = await sql<{ state: ReviewState; flags: number }>`
    select state, count(*) as flags from flag
    where raised_at >= ${day}::date::timestamp at time zone 'Europe/London'
      and raised_at < (${day}::date + 1)::timestamp at time zone 'Europe/London'
    group by state`.execute(database)
  const counts = { 'to-review': 0, 'in-review': 0, 'actions-open': 0, deferred: 0, done: 0 }
  for (const { state, flags } of found.rows) counts[state] = flags
  return counts
}

async function readDays(
  database: Kysely<Tables>,
  { from, to }: { from: string; to: string },
): Promise<readonly DayState[]> {
  const found = await sql<{ day: string; unreviewed: number; hasBegun: boolean }>`
    select day::date as day,
      coalesce(day::date >= (select min(receipt.day) from receipt), false) as "hasBegun", (
      select count(*) from flag
      where raised_at >= day::date::timestamp at time zone 'Europe/London'
        and raised_at < (day::date + 1)::timestamp at time zone 'Europe/London'
        and state in ('to-review', 'in-review')
    ) as unreviewed
    from generate_series(${from}::date::timestamp, ${to}::date::timestamp, interval '1 day') as day
    order by day desc`.execute(database)
  const signed = await database
    .selectFrom('sign_off')
    .selectAll()
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('revision', 'desc')
    .execute()
  return found.rows.map(({ day, unreviewed, hasBegun }) => {
    const latest = signed.find(row => row.day === day)
    return { day, unreviewed, hasBegun, signOff: latest === undefined ? null : readSignOff(latest) }
  })
}

/** An attendance that was known when the day was signed off is none, however often it is sent again. */
async function readLateArrivals(
  database: Kysely<Tables>,
  { day, signedAt, limit }: Parameters<SignOffStore['lateArrivals']>[0],
): Promise<readonly LateArrival[]> {
  const found = await sql<LateArrival>`
    with late as (
      select distinct on (receipt.trust, receipt.attendance_id) receipt.*
      from receipt
      where receipt.arrived_at >= ${day}::date::timestamp at time zone 'Europe/London'
        and receipt.arrived_at < (${day}::date + 1)::timestamp at time zone 'Europe/London'
        and receipt.received_at > ${signedAt}::timestamptz
        and receipt.attendance_id is not null
        and receipt.outcome not in ('duplicate', 'unreadable')
        and not exists (
          select from receipt as before
          where before.attendance_id = receipt.attendance_id and before.trust = receipt.trust
            and before.received_at <= ${signedAt}::timestamptz and before.outcome <> 'unreadable'
        )
      order by receipt.trust, receipt.attendance_id, receipt.received_at
    )
    select late.attendance_id as "attendanceId", late.site, late.arrived_at as "arrivedAt",
      late.received_at as "receivedAt", late.outcome, flag.id as "flagId"
    from late
    left join flag on flag.trust = late.trust and flag.attendance_id = late.attendance_id
    order by late.arrived_at, late.attendance_id
    limit ${limit}`.execute(database)
  return found.rows
}

function writeSignOff(signOff: SignOff): {
  [Column in keyof Selectable<SignOffTable>]: Column extends 'found'
    ? string
    : Selectable<SignOffTable>[Column]
} {
  const { reference, day, revision, why, check, reopened } = signOff
  return {
    ...{ reference, day, revision, why },
    signed_by: signOff.signedBy,
    signed_at: signOff.signedAt,
    found: JSON.stringify(check),
    reopened_by: reopened?.by ?? null,
    reopened_at: reopened?.at ?? null,
    reopened_why: reopened?.why ?? null,
  }
}

function readSignOff(row: Selectable<SignOffTable>): SignOff {
  const { reference, day, revision, why, reopened_by: by, reopened_at: at, reopened_why: reopenedWhy } = row
  return {
    ...{ reference, day, revision, why },
    signedBy: row.signed_by,
    signedAt: row.signed_at,
    check: Found.parse(row.found),
    reopened: by === null || at === null || reopenedWhy === null ? null : { by, at, why: reopenedWhy },
  }
}

/** Days that were signed off by an earlier version looked at less. */
const Found: z.ZodType<DayCheck> = z
  .object({
    received: z.int(),
    counts: z.object({
      flagged: z.int(),
      clear: z.int(),
      'out-of-scope': z.int(),
      duplicate: z.int(),
      unreadable: z.int(),
    }),
    difference: z.int(),
    flags: z.object({
      'to-review': z.int(),
      'in-review': z.int(),
      'actions-open': z.int(),
      deferred: z.int(),
      done: z.int(),
    }),
    withoutText: z.int(),
    partsUnread: z.int(),
    sampleUnread: z.int(),
    unreadableOpen: z.int().optional(),
    offsetsMissing: z.int().default(0),
    census: z.object({ listed: z.int(), neverReceived: z.int() }).nullable().default(null),
    silences: z.int().default(0),
    feedsLate: z.int().default(0),
  })
  .transform(found => ({ ...found, unreadableOpen: found.unreadableOpen ?? found.counts.unreadable }))
