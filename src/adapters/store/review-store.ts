import type { Kysely, Transaction } from 'kysely'
import type { Decision } from '../../review/decision.ts'
import { outcomes } from '../../review/decision.ts'
import type { Flag } from '../../review/flag.ts'
import { afterMove, type ReviewMove } from '../../review/review-state.ts'
import type { AuditEntry } from '../../services/people.ts'
import type { ReviewStore, Saved } from '../../services/ports.ts'
import { appendAudit } from './audit-store.ts'
import { readFlagFile } from './flag-file.ts'
import { readFlag } from './flag-row.ts'
import { inTransaction } from './in-transaction.ts'
import { putInQueue } from './put-in-queue.ts'
import { countFlagsByState, countReviewed, readOldestUnreviewed, readQueue, readSetAside } from './queue.ts'
import { saveReferral } from './save-referral.ts'
import type { Tables } from './tables.ts'

export function reviewStore(database: Kysely<Tables>): ReviewStore {
  return {
    queue: query => readQueue(database, query),
    countByState: () => countFlagsByState(database),
    countReviewed: day => countReviewed(database, day),
    oldestUnreviewed: () => readOldestUnreviewed(database),
    flagFile: flagId => readFlagFile(database, flagId),
    setAside: query => readSetAside(database, query),
    claim: claim => {
      const becomes = { claimedBy: claim.audit.who, claimedAt: claim.at }
      return inTransaction(database, transaction => move(transaction, { ...claim, move: 'claim', becomes }))
    },
    release: release =>
      inTransaction(database, transaction => move(transaction, { ...release, move: 'release' })),
    reopen: reopening =>
      inTransaction(database, transaction => move(transaction, { ...reopening, move: 'reopen' })),
    decide: deciding => inTransaction(database, transaction => decide(transaction, deciding)),
    returnDeferred: today => inTransaction(database, transaction => returnDeferred(transaction, today)),
    putInQueue: putting => inTransaction(database, transaction => putInQueue(transaction, putting)),
  }
}

interface Move {
  readonly flagId: string
  /** The version of the flag that the nurse saw. */
  readonly version: number
  readonly at: string
  readonly move: ReviewMove
  readonly audit: AuditEntry
  readonly becomes?: Partial<Pick<Flag, 'claimedBy' | 'claimedAt' | 'deferredUntil' | 'reopened'>>
  /** What else is saved with it, before the audit entry. */
  readonly also?: () => Promise<void>
}

/** Moves a flag on by the table of review states, under a lock on its row; nothing is saved otherwise. */
async function move(transaction: Transaction<Tables>, moving: Move): Promise<Saved> {
  const row = await transaction
    .selectFrom('flag')
    .selectAll()
    .where('id', '=', moving.flagId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return 'refused'
  const flag = readFlag(row)
  if (flag.version !== moving.version) return 'stale'
  const state = afterMove(flag.state, moving.move)
  if (state === null) return 'refused'
  const {
    claimedBy = null,
    claimedAt = null,
    deferredUntil = null,
    reopened = flag.reopened,
  } = moving.becomes ?? {}
  await transaction
    .updateTable('flag')
    .set({
      state,
      claimed_by: claimedBy,
      claimed_at: claimedAt,
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

async function decide(
  transaction: Transaction<Tables>,
  { decision, version, referral, audit }: Parameters<ReviewStore['decide']>[0],
): Promise<Saved> {
  return await move(transaction, {
    flagId: decision.flagId,
    version,
    at: decision.decidedAt,
    move: outcomes[decision.outcome].move,
    becomes: { deferredUntil: decision.deferUntil, reopened: false },
    audit,
    also: async () => {
      await saveDecision(transaction, decision)
      if (referral !== null) await saveReferral(transaction, referral)
    },
  })
}

async function saveDecision(transaction: Transaction<Tables>, decision: Decision): Promise<void> {
  await transaction
    .insertInto('decision')
    .values({
      id: decision.id,
      flag_id: decision.flagId,
      outcome: decision.outcome,
      reason: decision.reason,
      no_action: decision.noAction,
      defer_until: decision.deferUntil,
      decided_by: decision.decidedBy,
      decided_at: decision.decidedAt,
    })
    .execute()
}

async function returnDeferred(transaction: Transaction<Tables>, today: string): Promise<number> {
  const state = afterMove('deferred', 'fallDue')
  if (state === null) throw new Error('a deferred flag can no longer fall due')
  const returned = await transaction
    .updateTable('flag')
    .set(({ fn, eb }) => ({
      state,
      fell_due: true,
      updated_at: fn<string>('now'),
      version: eb('version', '+', 1),
    }))
    .where('state', '=', 'deferred')
    .where('deferred_until', '<=', today)
    .returning(['id', 'updated_at'])
    .execute()
  const audit = returned.map(({ id, updated_at }) => ({
    at: updated_at,
    who: 'wren',
    role: 'system' as const,
    did: 'returned flag to the queue: its day came',
    what: id,
    why: null,
  }))
  await appendAudit(transaction, audit)
  return returned.length
}
