import { sql, type Transaction } from 'kysely'
import type { Flag } from '../../review/flag.ts'
import { flagIdOf } from '../../review/flag-id.ts'
import type { HeldEvent } from '../../services/screening.ts'
import { readFlag } from './flag-row.ts'
import type { LateKnown } from './fold-late.ts'
import { findHeld } from './held-rows.ts'
import { lockAttendances } from './hold-attendances.ts'
import type { Tables } from './tables.ts'
import { readWithdrawals } from './withdrawals.ts'

/** What stands of an attendance before a message of the past is taken into it. */
export interface LateStanding {
  readonly known: LateKnown | null
  readonly flag: Flag | null
}

/** By the id of the flag, which the events are in order of. Nobody else changes it until the transaction ends. */
export async function lockLateStanding(
  transaction: Transaction<Tables>,
  held: readonly { readonly id: string; readonly event: HeldEvent }[],
): Promise<Map<string, LateStanding>> {
  const attendances = [...new Map(held.map(({ id, event }) => [id, event.held.attendance]))]
  const ids = attendances.map(([id]) => id)
  if (ids.length === 0) return new Map()
  await lockAttendances(transaction, ids)
  const keys = attendances.map(([, attendance]) => attendance)
  const versions = await findHeld(transaction, keys)
  const withdrawals = await readWithdrawals(transaction, keys)
  const times = await sql<{ trust: string; attendanceId: string; heldAt: string }>`
    select held.trust, held.attendance_id as "attendanceId", held.held_at as "heldAt"
    from unnest(${keys.map(({ trust }) => trust)}::text[], ${keys.map(({ attendanceId }) => attendanceId)}::text[])
      as wanted (trust, attendance_id)
    join held using (trust, attendance_id)`.execute(transaction)
  const rows = await transaction
    .selectFrom('flag')
    .selectAll()
    .where(sql<boolean>`id = any(${ids})`)
    .orderBy('id')
    .forUpdate()
    .execute()
  const heldAt = new Map(times.rows.map(row => [flagIdOf(row), row.heldAt]))
  const flags = new Map(rows.map(row => [row.id, readFlag(row)]))
  const known = new Map(
    versions.map(version => {
      const id = flagIdOf(version.attendance)
      const withdrawn = withdrawals.documentsOf(id)
      return [id, { held: version, heldAt: heldAt.get(id) ?? '', withdrawn }]
    }),
  )
  return new Map(ids.map(id => [id, { known: known.get(id) ?? null, flag: flags.get(id) ?? null }]))
}
