import { type RawBuilder, sql } from 'kysely'

/**
 * All attendances of the child of one attendance, itself among them: those under its numbers, and those under numbers
 * that the hospital merged with them. "offset 0" keeps PostgreSQL from reading the whole table for each child, which it
 * takes for quicker as long as it has no statistics of it.
 */
export function attendancesOfChild(trust: RawBuilder<unknown>, attendanceId: RawBuilder<unknown>) {
  return sql`(
    select other.*
    from (
      select each.patient_hash from patient_attendance as each
      where each.trust = ${trust} and each.attendance_id = ${attendanceId}
      offset 0
    ) as mine
    left join patient_group as own on own.patient_hash = mine.patient_hash
    left join patient_group as merged on merged.group_hash = own.group_hash
    cross join lateral (
      select each.* from patient_attendance as each
      where each.patient_hash = coalesce(merged.patient_hash, mine.patient_hash)
      offset 0
    ) as other
  )`
}

/** What stands for all numbers that were merged with those of an attendance; null where none was. */
export function mergedGroup(trust: RawBuilder<unknown>, attendanceId: RawBuilder<unknown>) {
  return sql<string | null>`(
    select min(own.group_hash) from patient_attendance as mine
    join patient_group as own on own.patient_hash = mine.patient_hash
    where mine.trust = ${trust} and mine.attendance_id = ${attendanceId}
  )`
}

/** When an attendance was cancelled at the source; null where it was not, or was sent again later. */
export function withdrawnAt({
  trust,
  attendanceId,
  held,
}: {
  readonly trust: RawBuilder<unknown>
  readonly attendanceId: RawBuilder<unknown>
  /** The attendance as it is held; null where it is not. */
  readonly held: RawBuilder<unknown>
}) {
  return sql<string | null>`(
    select max(withdrawal.withdrawn_at) from withdrawal
    where withdrawal.trust = ${trust} and withdrawal.attendance_id = ${attendanceId}
      and withdrawal.document is null
      and withdrawal.withdrawn_at >= coalesce((${held} ->> 'recordedAt')::timestamptz, '-infinity')
  )`
}

/** The merges that the child of an attendance was part of, as JSON, oldest first; null where there is none. */
export function mergesOfChild(trust: RawBuilder<unknown>, attendanceId: RawBuilder<unknown>) {
  return sql<unknown>`(
    select jsonb_agg(each order by each.at, each.prior, each.surviving)
    from (
      select distinct merge.prior, merge.surviving, merge.merged_at as at
      from patient_attendance as mine
      join patient_group as own on own.patient_hash = mine.patient_hash
      join patient_group as same on same.group_hash = own.group_hash
      join patient_merge as merge on merge.prior_hash = same.patient_hash
      where mine.trust = ${trust} and mine.attendance_id = ${attendanceId}
    ) as each
  )`
}
