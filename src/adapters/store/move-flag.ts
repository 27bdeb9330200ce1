import type { Selectable, Transaction } from 'kysely'
import type { Flag } from '../../review/flag.ts'
import { afterMove, type ReviewMove } from '../../review/review-state.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { Saved } from '../../services/ports.ts'
import { appendAudit } from './audit-store.ts'
import { readFlag } from './flag-row.ts'
import type { FlagTable } from './review-tables.ts'
import type { Tables } from './tables.ts'

export interface Move {
  readonly flagId: string
  /** The version of the flag that the nurse saw. */
  readonly version: number
  readonly at: string
  readonly move: ReviewMove | ((row: Selectable<FlagTable>) => ReviewMove)
  readonly audit: AuditEntry
  /** What changes beside the state. A claim is given up unless it says otherwise. */
  readonly becomes?: Partial<Pick<Flag, 'deferredUntil' | 'reopened'>> & Partial<WorkColumns>
  /** What else is saved with it, before the audit entry. */
  readonly also?: () => Promise<void>
}

type WorkColumns = Pick<
  Selectable<FlagTable>,
  'skipped_by' | 'skipped_at' | 'handed_to' | 'handed_by' | 'handed_at' | 'handed_note'
> & { readonly claimedBy: string }

/** Moves a flag on by the table of review states, under a lock on its row; nothing is saved otherwise. */
export async function moveFlag(transaction: Transaction<Tables>, moving: Move): Promise<Saved> {
  const row = await transaction
    .selectFrom('flag')
    .selectAll()
    .where('id', '=', moving.flagId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return 'refused'
  const flag = readFlag(row)
  if (flag.version !== moving.version) return 'stale'
  const state = afterMove(flag.state, typeof moving.move === 'function' ? moving.move(row) : moving.move)
  if (state === null) return 'refused'
  const {
    claimedBy,
    deferredUntil = flag.deferredUntil,
    reopened = flag.reopened,
    ...work
  } = moving.becomes ?? {}
  const holds = claimedBy !== undefined
  await transaction
    .updateTable('flag')
    .set({
      ...work,
      state,
      claimed_by: claimedBy ?? null,
      claimed_at: holds ? moving.at : null,
      active_at: holds ? moving.at : null,
      claimed_from: holds ? (flag.state === 'in-review' ? row.claimed_from : flag.state) : null,
      deferred_until: deferredUntil,
      // A flag that fell due keeps its place at the head until somebody decides or it is deferred again.
      fell_due: row.fell_due && state !== 'deferred' && state !== 'done' && state !== 'actions-open',
      reopened,
      updated_at: moving.at,
      version: flag.version + 1,
    })
    .where('id', '=', flag.id)
    .execute()
  await moving.also?.()
  await appendAudit(transaction, [moving.audit])
  return 'saved'
}

/** Nobody put it off and nobody gave it to anybody: what a decision leaves behind. */
export const noWork = {
  skipped_by: null,
  skipped_at: null,
  handed_to: null,
  handed_by: null,
  handed_at: null,
  handed_note: null,
} as const
