import { type Selectable, sql, type Transaction } from 'kysely'
import { readAttendance, readMentions, writeAttendance, writeMentions } from './attendance-row.ts'
import { readParts, writeParts } from './held-parts.ts'
import type { HeldVersion } from './later-version.ts'
import type { HeldTable, Tables } from './tables.ts'

export interface AttendanceKey {
  readonly trust: string
  readonly attendanceId: string
}

/** What is held of each of these attendances, where something is. */
export async function findHeld(
  transaction: Transaction<Tables>,
  attendances: readonly AttendanceKey[],
): Promise<readonly HeldVersion[]> {
  if (attendances.length === 0) return []
  const found = await sql<Selectable<HeldTable>>`
    select held.* from unnest(
      ${attendances.map(({ trust }) => trust)}::text[], ${attendances.map(({ attendanceId }) => attendanceId)}::text[]
    ) as wanted (trust, attendance_id)
    join held using (trust, attendance_id)`.execute(transaction)
  return found.rows.map(readHeld)
}

/** What is to be kept of an attendance now, and when the message came that made it so. */
export interface HeldChange {
  readonly held: HeldVersion
  readonly receivedAt: string
}

/** Each attendance at most once: one statement may not write a row twice. */
export async function saveHeld(
  transaction: Transaction<Tables>,
  changes: readonly HeldChange[],
): Promise<void> {
  if (changes.length === 0) return
  await sql`
    insert into held (trust, attendance_id, attendance, mentions, vanished, parts, outcome, priority, because,
      ruleset_version, arrived_at, held_at)
    select trust, attendance_id, attendance::jsonb, mentions::jsonb, vanished::jsonb, parts::jsonb, outcome, priority, because,
      ruleset_version, arrived_at, held_at
    from json_to_recordset(${JSON.stringify(changes.map(rowOf))}::json) as row (trust text, attendance_id text,
      attendance text, mentions text, vanished text, parts text, outcome text, priority text, because text[],
      ruleset_version text, arrived_at timestamptz, held_at timestamptz)
    on conflict (trust, attendance_id) do update set
      attendance = excluded.attendance, mentions = excluded.mentions, vanished = excluded.vanished,
      parts = excluded.parts,
      outcome = excluded.outcome, priority = excluded.priority, because = excluded.because,
      ruleset_version = excluded.ruleset_version, arrived_at = excluded.arrived_at,
      held_at = excluded.held_at`.execute(transaction)
}

function rowOf({ held, receivedAt }: HeldChange) {
  const { attendance } = held
  return {
    trust: attendance.trust,
    attendance_id: attendance.attendanceId,
    attendance: writeAttendance(attendance),
    mentions: writeMentions(held.mentions),
    vanished: writeMentions(held.vanished),
    parts: writeParts(held),
    outcome: held.outcome,
    priority: held.priority,
    because: held.because,
    ruleset_version: held.rulesetVersion,
    arrived_at: attendance.arrivedAt,
    held_at: receivedAt,
  }
}

function readHeld(row: Selectable<HeldTable>): HeldVersion {
  const shown = {
    attendance: readAttendance(row.attendance),
    mentions: readMentions(row.mentions),
    outcome: row.outcome,
    priority: row.priority,
    because: row.because,
    rulesetVersion: row.ruleset_version,
  }
  return { ...shown, vanished: readMentions(row.vanished), parts: readParts(row.parts) ?? [shown] }
}
