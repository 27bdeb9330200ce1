import type { Kysely, Transaction } from 'kysely'
import { defaultRepeatRule, type RepeatRule } from '../../review/repeat-attendance.ts'
import type { ScreeningStore } from '../../services/ports.ts'
import { type DeadLetter, mergesOf, type ScreeningBatch, withdrawalsOf } from '../../services/screening.ts'
import { appendAudit } from './audit-store.ts'
import { holdAttendances } from './hold-attendances.ts'
import { inTransaction } from './in-transaction.ts'
import { liftRepeated } from './lift-repeated.ts'
import { mergePatients } from './merge-patients.ts'
import { saveReceipts } from './save-receipts.ts'
import type { Tables } from './tables.ts'

/**
 * Keeps what comes of screening. A second delivery changes nothing: every table here has the event id, or the
 * attendance, as its key.
 */
export function screeningStore(
  database: Kysely<Tables>,
  rule: RepeatRule = defaultRepeatRule,
): ScreeningStore {
  return {
    record: batch => inTransaction(database, transaction => recordScreenings(transaction, batch, rule)),
  }
}

/** Answers what each receipt was counted as, in order. */
export async function recordScreenings(
  transaction: Transaction<Tables>,
  { receipts, held, notices = [], deadLetters }: ScreeningBatch,
  rule: RepeatRule,
): ReturnType<ScreeningStore['record']> {
  await saveDeadLetters(transaction, deadLetters)
  const audit = await holdAttendances(transaction, held, withdrawalsOf(notices))
  const outcomes = await saveReceipts(transaction, receipts)
  const merged = await mergePatients(transaction, mergesOf(notices)) // by the receipts it knows whose flags they are
  await liftRepeated(transaction, { receipts, held, merged: merged.attendances }, rule)
  await appendAudit(transaction, [...audit, ...merged.audit])
  return outcomes
}

async function saveDeadLetters(
  transaction: Transaction<Tables>,
  letters: readonly DeadLetter[],
): Promise<void> {
  for (const { eventId, delivery, reason, problem, bytes } of letters)
    await transaction
      .insertInto('dead_letter')
      .values({
        event_id: eventId,
        channel: delivery.channel,
        stream: delivery.stream,
        partition: delivery.partition,
        position: delivery.offset,
        received_at: delivery.receivedAt,
        reason,
        problem,
        bytes,
      })
      .onConflict(conflict => conflict.column('event_id').doNothing())
      .execute()
}
