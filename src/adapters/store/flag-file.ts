import { type Kysely, sql } from 'kysely'
import type { LedgerOutcome } from '../../review/ledger.ts'
import type { ReviewState } from '../../review/review-state.ts'
import type { EarlierAttendance, FlagFile } from '../../services/ports.ts'
import { readAttendance, readMentions } from './attendance-row.ts'
import { auditStore } from './audit-store.ts'
import { readChecklists } from './checklist-rows.ts'
import { readDecisions } from './decision-rows.ts'
import { readFlag, readWork } from './flag-row.ts'
import { readMerges } from './merge-patients.ts'
import { readReferrals } from './referral-status.ts'
import { attendancesOfChild, mergesOfChild, withdrawnAt } from './same-child.ts'
import type { Tables } from './tables.ts'

/** A child's attendances of one year are shown, and of a flag's history the latest entries. */
const earlierDays = 365
const earlierMax = 100
const historyMax = 500

/** All that is known of one flag, or null where there is none. */
export async function readFlagFile(database: Kysely<Tables>, flagId: string): Promise<FlagFile | null> {
  const [trust, attendanceId] = [sql.ref('flag.trust'), sql.ref('flag.attendance_id')]
  const place = { trust, attendanceId, held: sql.ref('held.attendance') }
  const clearSince = sql<string | null>`(
    select max(receipt.received_at) from receipt
    where receipt.attendance_id = flag.attendance_id and receipt.trust = flag.trust
      and receipt.outcome = 'clear' and receipt.received_at > held.held_at
  )`
  const row = await database
    .selectFrom('flag')
    .innerJoin('held', join =>
      join.onRef('held.trust', '=', 'flag.trust').onRef('held.attendance_id', '=', 'flag.attendance_id'),
    )
    .selectAll('flag')
    .select([mergesOfChild(trust, attendanceId).as('merges'), withdrawnAt(place).as('withdrawn_at')])
    .select(clearSince.as('clear_since'))
    .select(['held.attendance as held_attendance', 'held.mentions', 'held.vanished', 'held.ruleset_version'])
    .where('flag.id', '=', flagId)
    .executeTakeFirst()
  if (row === undefined) return null
  const [decisions, checklists, referrals, earlier, history] = await Promise.all([
    readDecisions(database, [flagId]),
    readChecklists(database, [flagId]),
    readReferrals(database, [flagId]),
    readEarlier(database, { trust: row.trust, attendanceId: row.attendance_id, until: row.arrived_at }),
    auditStore(database).about(flagId, historyMax),
  ])
  return {
    flag: readFlag(row),
    attendance: readAttendance(row.held_attendance),
    mentions: readMentions(row.mentions),
    withdrawn: readMentions(row.vanished),
    withdrawnAt: row.withdrawn_at,
    merges: readMerges(row.merges),
    clearSince: row.clear_since,
    rulesetVersion: row.ruleset_version,
    decisions,
    checklist: checklists.get(flagId) ?? [],
    ...readWork(row),
    referrals,
    earlier,
    history,
  }
}

/** Newest first. Numbers and merges of them join the child's attendances, never names. */
async function readEarlier(
  database: Kysely<Tables>,
  attendance: { trust: string; attendanceId: string; until: string },
): Promise<readonly EarlierAttendance[]> {
  const { trust, attendanceId, until } = attendance
  const found = await sql<EarlierSqlRow>`
    select distinct on (other.at, other.trust, other.attendance_id)
      other.attendance_id, other.site, other.arrived_at, other.outcome, flag.id as flag_id, flag.state,
      held.trust is not null as is_held
    from ${attendancesOfChild(sql`${trust}`, sql`${attendanceId}`)} as other
    left join held on held.trust = other.trust and held.attendance_id = other.attendance_id
    left join flag on flag.trust = other.trust and flag.attendance_id = other.attendance_id
    where (other.trust, other.attendance_id) <> (${trust}, ${attendanceId})
      and other.at <= ${until}::timestamptz
      and other.at >= ${until}::timestamptz - ${earlierDays} * interval '1 day'
    order by other.at desc, other.trust, other.attendance_id
    limit ${earlierMax}`.execute(database)
  return found.rows.map(row => ({
    attendanceId: row.attendance_id,
    site: row.site,
    arrivedAt: row.arrived_at,
    outcome: row.flag_id === null ? row.outcome : 'flagged',
    isHeld: row.is_held,
    flagId: row.flag_id,
    state: row.state,
  }))
}

interface EarlierSqlRow {
  attendance_id: string
  site: string | null
  arrived_at: string | null
  outcome: LedgerOutcome
  is_held: boolean
  flag_id: string | null
  state: ReviewState | null
}
