import type { Insertable, Selectable } from 'kysely'
import type { Flag, HeldAttendance } from '../../review/flag.ts'
import { priorities, type Theme } from '../../rules/rule.ts'
import type { HandOver, Skip } from '../../services/review-work-port.ts'
import type { FlagTable } from './review-tables.ts'

export function readFlag(row: Selectable<FlagTable>): Flag {
  return {
    id: row.id,
    trust: row.trust,
    attendanceId: row.attendance_id,
    priority: row.priority,
    because: row.because,
    repeated: row.repeated,
    state: row.state,
    claimedBy: row.claimed_by,
    claimedAt: row.claimed_at,
    deferredUntil: row.deferred_until,
    raisedAt: row.raised_at,
    updatedAt: row.updated_at,
    reopened: row.reopened,
    version: row.version,
  }
}

/** Who put it off, and who gave it to whom. */
export function readWork(row: Selectable<FlagTable>): { skipped: Skip | null; handOver: HandOver | null } {
  const { skipped_by, skipped_at, handed_to, handed_by, handed_at, handed_note } = row
  return {
    skipped: skipped_by === null || skipped_at === null ? null : { by: skipped_by, at: skipped_at },
    handOver:
      handed_to === null || handed_by === null || handed_at === null
        ? null
        : { to: handed_to, by: handed_by, at: handed_at, note: handed_note ?? '' },
  }
}

/** The arrival puts it in its place on the queue; without an arrival it is when the flag was raised. */
export function writeFlag(
  flag: Flag,
  { attendance, mentions }: Pick<HeldAttendance, 'attendance' | 'mentions'>,
): Insertable<FlagTable> {
  return {
    id: flag.id,
    trust: flag.trust,
    attendance_id: flag.attendanceId,
    priority: flag.priority,
    band: priorities.indexOf(flag.priority),
    because: [...flag.because],
    repeated: flag.repeated,
    state: flag.state,
    claimed_by: flag.claimedBy,
    claimed_at: flag.claimedAt,
    deferred_until: flag.deferredUntil,
    fell_due: false,
    arrived_at: attendance.arrivedAt ?? flag.raisedAt,
    raised_at: flag.raisedAt,
    updated_at: flag.updatedAt,
    reopened: flag.reopened,
    version: flag.version,
    site: attendance.site,
    age: attendance.ageOnArrival,
    themes: themesOf(mentions),
  }
}

/** Of what raised it: what was set aside, or is of a rule on trial, did not. */
function themesOf(mentions: HeldAttendance['mentions']): Theme[] {
  const counted = mentions.filter(mention => mention.standing !== 'set-aside' && !mention.trial)
  return [...new Set(counted.map(({ theme }) => theme))]
}
