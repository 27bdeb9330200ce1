import { sql, type Transaction } from 'kysely'
import type { LedgerOutcome } from '../../review/ledger.ts'
import type { RepeatRule } from '../../review/repeat-attendance.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { Reread } from '../../services/replay-port.ts'
import { batchOf, mergesOf, type Receipt, withdrawalsOf } from '../../services/screening.ts'
import { holdAttendances } from './hold-attendances.ts'
import { mergePatients } from './merge-patients.ts'
import { replaceReceipt } from './replace-receipt.ts'
import { savePatientAttendances } from './save-patient-attendances.ts'
import { recordScreenings } from './screening-store.ts'
import type { Tables } from './tables.ts'

/** Messages that can be read now leave the dead letters. */
export async function repair(
  transaction: Transaction<Tables>,
  rereads: readonly Reread[],
): Promise<readonly LedgerOutcome[]> {
  const repaired: LedgerOutcome[] = []
  for (const { screening, before } of rereads) {
    if (before.outcome !== 'unreadable' || screening.deadLetter !== null) continue
    const outcome = await replaceReceipt(transaction, screening.receipt)
    if (outcome !== null) repaired.push(outcome)
  }
  return repaired
}

/**
 * Counts messages of which the ledger has no receipt. What is held of them was folded before, without their event ids:
 * should the live stream bring them yet, it may add what its own rules found.
 */
export async function recover(
  transaction: Transaction<Tables>,
  rereads: readonly Reread[],
  rule: RepeatRule,
): Promise<number> {
  const missing = rereads.filter(({ before }) => before.outcome === 'missing')
  if (missing.length === 0) return 0
  const batch = batchOf(missing.map(({ screening }) => screening))
  await recordScreenings(transaction, { ...batch, held: [] }, rule)
  return missing.length
}

/** What messages that can be read only now say beside their text. */
export async function takeNotices(
  transaction: Transaction<Tables>,
  rereads: readonly Reread[],
): Promise<readonly AuditEntry[]> {
  const readable = rereads.filter(({ before }) => before.outcome === 'unreadable')
  const notices = readable.flatMap(({ screening }) => screening.notice ?? [])
  const withdrawn = await holdAttendances(transaction, [], withdrawalsOf(notices))
  const merged = await mergePatients(transaction, mergesOf(notices))
  return [...withdrawn, ...merged.audit]
}

/** A flag overrides a clear receipt of its message, never the reverse: the day's sum stays what it was. */
export async function countAsFlagged(
  transaction: Transaction<Tables>,
  rereads: readonly Reread[],
): Promise<number> {
  const flagged = rereads.filter(
    ({ screening, before }) =>
      screening.receipt.outcome === 'flagged' &&
      (before.outcome === 'clear' || before.outcome === 'out-of-scope'),
  )
  const receipts = new Map(flagged.map(({ screening: { receipt } }) => [receipt.eventId, receipt]))
  if (receipts.size === 0) return 0
  const ids = [...receipts.keys()].sort()
  const moved = await sql<{ event_id: string }>`
    update receipt set outcome = 'flagged', ruleset_version = ${rulesetOf(receipts)}
    where event_id = any(${ids}) and outcome in ('clear', 'out-of-scope') returning event_id`.execute(
    transaction,
  )
  const moving = moved.rows.flatMap(({ event_id }) => receipts.get(event_id) ?? [])
  await savePatientAttendances(transaction, moving)
  return moving.length
}

function rulesetOf(receipts: ReadonlyMap<string, Receipt>): string {
  const [first] = receipts.values()
  if (first === undefined) throw new Error('no receipt says which rules were used')
  return first.rulesetVersion
}
