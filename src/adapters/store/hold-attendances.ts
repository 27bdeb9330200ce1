import { type Selectable, sql, type Transaction } from 'kysely'
import type { Flag } from '../../review/flag.ts'
import { flagIdOf } from '../../review/flag-id.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { HeldEvent } from '../../services/screening.ts'
import { readAttendance, readMentions, writeAttendance, writeMentions } from './attendance-row.ts'
import { readFlag, writeFlag } from './flag-row.ts'
import { foldVersion, type HeldVersion } from './later-version.ts'
import type { HeldTable, Tables } from './tables.ts'

/**
 * Takes each event into what is held of its attendance, and raises, updates or reopens its flag. Answers what the
 * audit trail must say of it, for the caller to append last.
 */
export async function holdAttendances(
  transaction: Transaction<Tables>,
  events: readonly HeldEvent[],
): Promise<readonly AuditEntry[]> {
  const fresh = await keepNew(transaction, events)
  const audit: AuditEntry[] = []
  // In order of flags, as every batch does: two batches wait for each other, and never in a circle.
  for (const event of fresh.toSorted((one, other) =>
    flagOf(one) < flagOf(other) ? -1 : Number(flagOf(one) > flagOf(other)),
  ))
    audit.push(...(await holdAttendance(transaction, event)))
  return audit
}

async function holdAttendance(
  transaction: Transaction<Tables>,
  event: HeldEvent,
): Promise<readonly AuditEntry[]> {
  const { trust, attendanceId } = event.held.attendance
  const id = flagOf(event)
  await lockAttendance(transaction, id)
  const before = await findHeld(transaction, { trust, attendanceId })
  const flagRow = await transaction
    .selectFrom('flag')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const flag = flagRow === undefined ? null : readFlag(flagRow)
  const receivedAt = event.delivery.receivedAt
  const after = foldVersion({ before, flag, version: event.held, receivedAt })
  await saveHeld(transaction, { held: after.held, receivedAt })
  if (after.flag !== null && after.flag !== flag) await saveFlag(transaction, after.flag, after.held)
  return after.did === null
    ? []
    : [{ at: receivedAt, who: 'wren', role: 'system', did: after.did, what: id, why: null }]
}

/** One writer an attendance at a time, also before there is a row to lock. */
export async function lockAttendance(transaction: Transaction<Tables>, flagId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`attendance ${flagId}`}, 0))`.execute(transaction)
}

export async function saveFlag(
  transaction: Transaction<Tables>,
  flag: Flag,
  { attendance }: HeldVersion,
): Promise<void> {
  const { fell_due, ...row } = writeFlag(flag, attendance)
  await transaction
    .insertInto('flag')
    .values({ ...row, fell_due })
    .onConflict(conflict => conflict.column('id').doUpdateSet(row))
    .execute()
}

export async function findHeld(
  transaction: Transaction<Tables>,
  { trust, attendanceId }: { trust: string; attendanceId: string },
): Promise<HeldVersion | null> {
  const row = await transaction
    .selectFrom('held')
    .selectAll()
    .where('trust', '=', trust)
    .where('attendance_id', '=', attendanceId)
    .executeTakeFirst()
  return row === undefined ? null : readHeld(row)
}

/** Events that no earlier delivery brought. */
async function keepNew(
  transaction: Transaction<Tables>,
  events: readonly HeldEvent[],
): Promise<readonly HeldEvent[]> {
  if (events.length === 0) return []
  const ids = [...new Set(events.map(event => event.eventId))].sort()
  const inserted = await transaction
    .insertInto('held_event')
    .values(ids.map(event_id => ({ event_id })))
    .onConflict(conflict => conflict.column('event_id').doNothing())
    .returning('event_id')
    .execute()
  const fresh = new Set(inserted.map(row => row.event_id))
  return events.filter(event => fresh.delete(event.eventId))
}

async function saveHeld(
  transaction: Transaction<Tables>,
  { held, receivedAt }: { held: HeldVersion; receivedAt: string },
): Promise<void> {
  const { attendance } = held
  const content = {
    attendance: writeAttendance(attendance),
    mentions: writeMentions(held.mentions),
    vanished: writeMentions(held.vanished),
    outcome: held.outcome,
    priority: held.priority,
    because: [...held.because],
    ruleset_version: held.rulesetVersion,
    arrived_at: attendance.arrivedAt,
    held_at: receivedAt,
  }
  await transaction
    .insertInto('held')
    .values({ trust: attendance.trust, attendance_id: attendance.attendanceId, ...content })
    .onConflict(conflict => conflict.columns(['trust', 'attendance_id']).doUpdateSet(content))
    .execute()
}

function readHeld(row: Selectable<HeldTable>): HeldVersion {
  return {
    attendance: readAttendance(row.attendance),
    mentions: readMentions(row.mentions),
    vanished: readMentions(row.vanished),
    outcome: row.outcome,
    priority: row.priority,
    because: row.because,
    rulesetVersion: row.ruleset_version,
  }
}

function flagOf({ held: { attendance } }: HeldEvent): string {
  return flagIdOf(attendance)
}
