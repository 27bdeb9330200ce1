import { type Kysely, sql } from 'kysely'
import { flagIdOf } from '../../review/flag-id.ts'
import type { ReviewState } from '../../review/review-state.ts'
import type { Neighbour, TimelineStore } from '../../services/timeline-port.ts'
import { readPatient } from './attendance-row.ts'
import { readTimeline } from './read-timeline.ts'
import { attendancesOfChild, mergedGroup } from './same-child.ts'
import type { Tables } from './tables.ts'

export function timelineStore(database: Kysely<Tables>): TimelineStore {
  return {
    ofFlag: (flagId, limit) => readTimeline(database, { flagId, limit }),
    neighbours: query => readNeighbours(database, query),
    latestFlags: attendances => readLatestFlags(database, attendances),
  }
}

async function readNeighbours(
  database: Kysely<Tables>,
  { postcode, trust, attendanceId, limit }: Parameters<TimelineStore['neighbours']>[0],
): Promise<readonly Neighbour[]> {
  const found = await sql<NeighbourSqlRow>`
    with theirs as materialized (
      select other.trust, other.attendance_id
      from ${attendancesOfChild(sql`${trust}`, sql`${attendanceId}`)} as other
      union all select ${trust}, ${attendanceId}
    )
    select held.trust, held.attendance_id, held.attendance -> 'patient' as patient,
      (held.attendance ->> 'ageOnArrival')::int as age, held.attendance ->> 'site' as site, held.arrived_at,
      flag.id as flag_id, flag.state,
      ${mergedGroup(sql.ref('held.trust'), sql.ref('held.attendance_id'))} as merged_group
    from held
    left join flag on flag.trust = held.trust and flag.attendance_id = held.attendance_id
    -- As the index "held_postcode" has it.
    where upper(regexp_replace(held.attendance #>> '{patient,postcode}', '[^A-Za-z0-9]', '', 'g')) = ${postcode}
      and (held.trust, held.attendance_id) not in (select trust, attendance_id from theirs)
    order by held.arrived_at desc, held.trust, held.attendance_id
    limit ${limit}`.execute(database)
  return found.rows.map(({ flag_id: id, state, ...row }) => ({
    trust: row.trust,
    attendanceId: row.attendance_id,
    patient: readPatient(row.patient),
    ageOnArrival: row.age,
    site: row.site,
    arrivedAt: row.arrived_at,
    flag: id === null || state === null ? null : { id, state },
    mergedGroup: row.merged_group,
  }))
}

async function readLatestFlags(
  database: Kysely<Tables>,
  attendances: Parameters<TimelineStore['latestFlags']>[0],
): Promise<ReadonlyMap<string, string>> {
  if (attendances.length === 0) return new Map()
  const found = await sql<{ trust: string; attendanceId: string; flagId: string }>`
    select asked.trust, asked.attendance_id as "attendanceId", latest.id as "flagId"
    from unnest(
      ${attendances.map(({ trust }) => trust)}::text[], ${attendances.map(({ attendanceId }) => attendanceId)}::text[]
    ) as asked (trust, attendance_id)
    cross join lateral (
      select flag.id
      from ${attendancesOfChild(sql.ref('asked.trust'), sql.ref('asked.attendance_id'))} as other
      join flag on flag.trust = other.trust and flag.attendance_id = other.attendance_id
      order by flag.arrived_at desc, flag.id limit 1
    ) as latest`.execute(database)
  return new Map(found.rows.map(({ flagId, ...attendance }) => [flagIdOf(attendance), flagId]))
}

interface NeighbourSqlRow {
  readonly trust: string
  readonly attendance_id: string
  readonly patient: unknown
  readonly age: number | null
  readonly site: string | null
  readonly arrived_at: string | null
  readonly flag_id: string | null
  readonly state: ReviewState | null
  readonly merged_group: string | null
}
