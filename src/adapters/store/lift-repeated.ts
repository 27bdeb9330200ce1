import { sql, type Transaction } from 'kysely'
import { type RepeatRule, rankRepeated } from '../../review/repeat-attendance.ts'
import { type Priority, priorities } from '../../rules/rule.ts'
import type { HeldEvent, Receipt } from '../../services/screening.ts'
import { readMentions } from './attendance-row.ts'
import type { AttendanceKey } from './held-rows.ts'
import { attendancesOfChild } from './same-child.ts'
import type { Tables } from './tables.ts'

/**
 * Lifts the open flags of children who attend repeatedly: those of this batch, and flags of the same children that an
 * earlier arrival, told late, makes repeated. A flag is lifted once; one that was decided stays as it was decided.
 */
export async function liftRepeated(
  transaction: Transaction<Tables>,
  batch: Touching,
  rule: RepeatRule,
): Promise<void> {
  const touched = touchedBy(batch)
  if (touched.length === 0) return
  const found = await sql<RepeatedRow>`
    with touched as materialized (
      select distinct theirs.trust, theirs.attendance_id
      from jsonb_to_recordset(${JSON.stringify(touched)}::jsonb) as touched (trust text, attendance_id text)
      cross join lateral ${attendancesOfChild(sql.ref('touched.trust'), sql.ref('touched.attendance_id'))} as theirs
    )
    select flag.id, flag.priority, flag.because, held.mentions, window_of.attendances
    from touched
    join flag on flag.trust = touched.trust and flag.attendance_id = touched.attendance_id
    join held on held.trust = flag.trust and held.attendance_id = flag.attendance_id
    cross join lateral (
      select count(distinct (other.trust, other.attendance_id)) as attendances
      from ${attendancesOfChild(sql.ref('flag.trust'), sql.ref('flag.attendance_id'))} as other
      where other.at <= flag.arrived_at
        and other.at > flag.arrived_at - ${rule.months} * interval '1 month'
      offset 0
    ) as window_of
    where flag.repeated is null and flag.state <> 'done' and window_of.attendances > ${rule.moreThan}
    order by flag.id
    for update of flag`.execute(transaction)
  for (const { id, priority, because, mentions, attendances } of found.rows) {
    const ranked = rankRepeated({ priority, because, attendances, mentions: readMentions(mentions) }, rule)
    if (ranked === null) continue
    await transaction
      .updateTable('flag')
      .set({
        priority: ranked.priority,
        band: priorities.indexOf(ranked.priority),
        repeated: ranked.because,
      })
      .where('id', '=', id)
      .execute()
  }
}

interface RepeatedRow {
  id: string
  priority: Priority
  because: string[]
  mentions: unknown
  attendances: number
}

interface Touching {
  readonly receipts: readonly Receipt[]
  readonly held: readonly HeldEvent[]
  /** Attendances under numbers that the hospital merged into others. */
  readonly merged: readonly AttendanceKey[]
}

function touchedBy(batch: Touching): readonly { readonly trust: string; readonly attendance_id: string }[] {
  return [
    ...batch.receipts.map(({ trust, attendanceId }) => ({ trust, attendanceId })),
    ...batch.held.map(({ held }) => held.attendance),
    ...batch.merged,
  ].flatMap(({ trust, attendanceId }) =>
    trust === null || attendanceId === null ? [] : [{ trust, attendance_id: attendanceId }],
  )
}
