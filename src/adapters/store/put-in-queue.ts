import type { Transaction } from 'kysely'
import type { Flag } from '../../review/flag.ts'
import { flagIdOf } from '../../review/flag-id.ts'
import type { ReviewStore } from '../../services/ports.ts'
import { appendAudit } from './audit-store.ts'
import { readFlag } from './flag-row.ts'
import { findHeld } from './held-rows.ts'
import { lockAttendances, saveFlags } from './hold-attendances.ts'
import type { Tables } from './tables.ts'

/**
 * Raises a flag on a held attendance because a nurse wants it seen. Where it has one, answers that one unchanged;
 * null where nothing is held. The audit entry is about the flag, whose id the caller cannot know yet.
 */
export async function putInQueue(
  transaction: Transaction<Tables>,
  { trust, attendanceId, at, audit }: Parameters<ReviewStore['putInQueue']>[0],
): Promise<Flag | null> {
  const id = flagIdOf({ trust, attendanceId })
  await lockAttendances(transaction, [id])
  const [held] = await findHeld(transaction, [{ trust, attendanceId }])
  if (held === undefined) return null
  const row = await transaction.selectFrom('flag').selectAll().where('id', '=', id).executeTakeFirst()
  if (row !== undefined) return readFlag(row)
  const flag: Flag = {
    id,
    trust,
    attendanceId,
    priority: 'low',
    because: ['Put in the queue by a nurse'],
    state: 'to-review',
    claimedBy: null,
    claimedAt: null,
    deferredUntil: null,
    raisedAt: at,
    updatedAt: at,
    repeated: null,
    reopened: false,
    version: 1,
  }
  await saveFlags(transaction, [{ flag, held }])
  await appendAudit(transaction, [{ ...audit, what: id }])
  return flag
}
