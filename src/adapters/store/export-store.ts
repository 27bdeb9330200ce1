import { type Kysely, type Selectable, sql } from 'kysely'
import type { ReferralState } from '../../referral/referral-state.ts'
import type { LedgerOutcome } from '../../review/ledger.ts'
import { type ReviewState, reviewStates } from '../../review/review-state.ts'
import type {
  DaySheetRow,
  ExportRecord,
  ExportStore,
  MeetingAttendance,
  MeetingRow,
} from '../../services/export-port.ts'
import { readAttendance, readMentions } from './attendance-row.ts'
import { appendAudit } from './audit-store.ts'
import { openLinesOf, readToDo } from './checklist-rows.ts'
import { readDecisions } from './decision-rows.ts'
import type { ExportTable } from './export-table.ts'
import { readFlag } from './flag-row.ts'
import { inTransaction } from './in-transaction.ts'
import { statusOf, statusQuery } from './referral-status.ts'
import type { FlagTable } from './review-tables.ts'
import { attendancesOfChild, withdrawnAt } from './same-child.ts'
import type { Tables } from './tables.ts'

const notDone = reviewStates.filter(state => state !== 'done')

export function exportStore(database: Kysely<Tables>): ExportStore {
  return {
    keep: ({ record, audits }) =>
      inTransaction(database, async transaction => {
        await transaction
          .insertInto('export')
          .values(writeRecord(record))
          .onConflict(conflict => conflict.column('id').doNothing())
          .execute()
        await appendAudit(transaction, audits)
      }),
    find: async ({ id, who, since }) => {
      const row = await database
        .selectFrom('export')
        .selectAll()
        .where('id', '=', id)
        .where('who', '=', who)
        .where('at', '>=', since)
        .executeTakeFirst()
      return row === undefined ? null : readRecord(row)
    },
    daySheet: query => readDaySheet(database, query),
    meetingRows: query => readMeetingRows(database, query),
  }
}

async function readDaySheet(
  database: Kysely<Tables>,
  { day, carriedOver }: Parameters<ExportStore['daySheet']>[0],
): Promise<readonly DaySheetRow[]> {
  const begins = sql`${day}::date::timestamp at time zone 'Europe/London'`
  const { rows } = await sql<DaySheetSqlRow>`
    with listed as (
      select flag.id, false as carried_over from flag
      where raised_at >= ${begins} and raised_at < (${day}::date + 1)::timestamp at time zone 'Europe/London'
      union all
      select flag.id, true from flag
      where ${carriedOver} and state = any(${notDone}) and raised_at < ${begins}
    )
    select flag.*, listed.carried_over, held.attendance as held_attendance, held.mentions, latest.delivery,
      (${openLinesOf(sql.ref('flag.id'))}) as to_do,
      ${withdrawnAt({
        trust: sql.ref('flag.trust'),
        attendanceId: sql.ref('flag.attendance_id'),
        held: sql.ref('held.attendance'),
      })} as withdrawn_at
    from listed
    join flag on flag.id = listed.id
    join held on held.trust = flag.trust and held.attendance_id = flag.attendance_id
    left join lateral (
      select outbox.state as delivery from outbox
      where outbox.flag_id = flag.id
      order by outbox.revision desc limit 1
    ) as latest on true
    order by listed.carried_over, flag.band, flag.arrived_at, flag.id`.execute(database)
  const decisions = await readDecisions(
    database,
    rows.map(({ id }) => id),
  )
  const standing = new Map(
    decisions.filter(({ takenBack }) => takenBack === null).map(decision => [decision.flagId, decision]),
  )
  return rows.map(row => ({
    isCarriedOver: row.carried_over,
    flag: readFlag(row),
    attendance: readAttendance(row.held_attendance),
    mentions: readMentions(row.mentions),
    decision: standing.get(row.id) ?? null,
    toDo: readToDo(row.to_do),
    delivery: row.delivery,
    withdrawnAt: row.withdrawn_at,
  }))
}

async function readMeetingRows(
  database: Kysely<Tables>,
  { referralIds, attendancesMax }: Parameters<ExportStore['meetingRows']>[0],
): Promise<readonly MeetingRow[]> {
  const [statuses, attended] = await Promise.all([
    statusQuery(database)
      .where(sql<boolean>`referral.id = any(${[...referralIds]})`)
      .execute(),
    sql<AttendedSqlRow>`
      select referral.id as referral_id, recent.*
      from referral
      join flag as referred on referred.id = referral.flag_id
      cross join lateral (
        select distinct on (other.at, other.trust, other.attendance_id)
          other.at, other.site, other.arrived_at, other.outcome, flag.state
        from ${attendancesOfChild(sql.ref('referred.trust'), sql.ref('referred.attendance_id'))} as other
        left join flag on flag.trust = other.trust and flag.attendance_id = other.attendance_id
        order by other.at desc, other.trust, other.attendance_id
        limit ${attendancesMax}
      ) as recent
      where referral.id = any(${[...referralIds]})
      order by recent.at desc`.execute(database),
  ])
  const byReferral = Map.groupBy(attended.rows, row => row.referral_id)
  return [...new Set(referralIds)].flatMap(id => {
    const status = statuses.find(row => row.id === id)
    if (status === undefined) return []
    return [{ referral: statusOf(status), attendances: (byReferral.get(id) ?? []).map(readAttended) }]
  })
}

function readAttended({ site, arrived_at, outcome, state }: AttendedSqlRow): MeetingAttendance {
  return { site, arrivedAt: arrived_at, outcome, state }
}

function writeRecord({ referralIds, ...record }: ExportRecord): Selectable<ExportTable> {
  return { ...record, referral_ids: [...referralIds] }
}

function readRecord({ referral_ids, ...row }: Selectable<ExportTable>): ExportRecord {
  return { ...row, referralIds: referral_ids }
}

interface DaySheetSqlRow extends Selectable<FlagTable> {
  carried_over: boolean
  held_attendance: unknown
  mentions: unknown
  to_do: unknown
  withdrawn_at: string | null
  delivery: ReferralState | null
}

interface AttendedSqlRow {
  referral_id: string
  site: string | null
  arrived_at: string | null
  outcome: LedgerOutcome
  state: ReviewState | null
}
