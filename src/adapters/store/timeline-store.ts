import { type Kysely, sql } from 'kysely'
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
