import type { Transaction } from 'kysely'
import type { LedgerOutcome } from '../../review/ledger.ts'
import { eventIdOf } from '../../services/event-id.ts'
import type { Receipt } from '../../services/screening.ts'
import { saveReceipts } from './save-receipts.ts'
import type { Tables } from './tables.ts'

/**
 * Counts a message that can be read now by its outcome, and takes it out of the dead letters. Null where it is no
 * longer among them: somebody else was faster.
 */
export async function replaceReceipt(
  transaction: Transaction<Tables>,
  receipt: Receipt,
): Promise<LedgerOutcome | null> {
  const removed = await transaction
    .deleteFrom('dead_letter')
    .where('event_id', '=', eventIdOf(receipt.delivery, 'dead-letter'))
    .returning('event_id')
    .executeTakeFirst()
  if (removed === undefined) return null
  await transaction
    .deleteFrom('receipt')
    .where('event_id', '=', receipt.eventId)
    .where('outcome', '=', 'unreadable')
    .execute()
  const [outcome] = await saveReceipts(transaction, [receipt])
  return outcome ?? null
}
