import { sql, type Transaction } from 'kysely'
import { flagIdOf } from '../../review/flag-id.ts'
import type { WithdrawnDocuments } from '../../review/join-parts.ts'
import type { WithdrawalNotice } from '../../services/screening.ts'
import type { AttendanceKey } from './held-rows.ts'
import type { Tables } from './tables.ts'

export interface Withdrawals {
  /** The documents of an attendance that were cancelled, by the id of its flag. */
  documentsOf(flagId: string): WithdrawnDocuments
}

/** Keeps each once, for ever. Answers which of them no earlier delivery brought. */
export async function saveWithdrawals(
  transaction: Transaction<Tables>,
  notices: readonly WithdrawalNotice[],
): Promise<(notice: WithdrawalNotice) => boolean> {
  if (notices.length === 0) return () => false
  const inserted = await transaction
    .insertInto('withdrawal')
    .values(
      notices.map(({ eventId, delivery, trust, attendanceId, document, source, at }) => ({
        event_id: eventId,
        trust,
        attendance_id: attendanceId,
        document,
        source,
        withdrawn_at: at,
        received_at: delivery.receivedAt,
      })),
    )
    .onConflict(conflict => conflict.column('event_id').doNothing())
    .returning('event_id')
    .execute()
  const fresh = new Set(inserted.map(row => row.event_id))
  return ({ eventId }) => fresh.delete(eventId)
}

/** What was cancelled of these attendances: also before anything of them was held. */
export async function readWithdrawals(
  transaction: Transaction<Tables>,
  attendances: readonly AttendanceKey[],
): Promise<Withdrawals> {
  const found = await sql<{ trust: string; attendance_id: string; document: string; at: string }>`
    select withdrawal.trust, withdrawal.attendance_id, document, max(withdrawn_at) as at
    from unnest(
      ${attendances.map(({ trust }) => trust)}::text[], ${attendances.map(({ attendanceId }) => attendanceId)}::text[]
    ) as wanted (trust, attendance_id)
    join withdrawal using (trust, attendance_id)
    where document is not null
    group by withdrawal.trust, withdrawal.attendance_id, document`.execute(transaction)
  const byFlag = Map.groupBy(found.rows, row =>
    flagIdOf({ trust: row.trust, attendanceId: row.attendance_id }),
  )
  return {
    documentsOf: flagId => new Map((byFlag.get(flagId) ?? []).map(({ document, at }) => [document, at])),
  }
}
