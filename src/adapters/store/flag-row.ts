import type { Insertable, Selectable } from 'kysely'
import type { Flag } from '../../review/flag.ts'
import { priorities } from '../../rules/rule.ts'
import type { FlagTable } from './tables.ts'

export function readFlag(row: Selectable<FlagTable>): Flag {
  return {
    id: row.id,
    trust: row.trust,
    attendanceId: row.attendance_id,
    priority: row.priority,
    because: row.because,
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

/** `arrivedAt` puts it in its place on the queue; without an arrival it is when the flag was raised. */
export function writeFlag(flag: Flag, { arrivedAt }: { arrivedAt: string | null }): Insertable<FlagTable> {
  return {
    id: flag.id,
    trust: flag.trust,
    attendance_id: flag.attendanceId,
    priority: flag.priority,
    band: priorities.indexOf(flag.priority),
    because: [...flag.because],
    state: flag.state,
    claimed_by: flag.claimedBy,
    claimed_at: flag.claimedAt,
    deferred_until: flag.deferredUntil,
    fell_due: false,
    arrived_at: arrivedAt ?? flag.raisedAt,
    raised_at: flag.raisedAt,
    updated_at: flag.updatedAt,
    reopened: flag.reopened,
    version: flag.version,
  }
}
