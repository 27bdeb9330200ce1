import type { Kysely, Transaction } from 'kysely'
import type { Decision } from '../../review/decision.ts'
import { outcomes } from '../../review/decision.ts'
import { afterMove } from '../../review/review-state.ts'
import type { ReviewStore, Saved } from '../../services/ports.ts'
import { appendAudit } from './audit-store.ts'
import { saveLines } from './checklist-rows.ts'
import { readFlagFile } from './flag-file.ts'
import { inTransaction } from './in-transaction.ts'
import { moveFlag, noWork } from './move-flag.ts'
import { putInQueue } from './put-in-queue.ts'
import { countFlagsByState, countReviewed, readOldestUnreviewed, readQueue, readSetAside } from './queue.ts'
import { countFacets } from './queue-facets.ts'
import { goBack } from './review-work-store.ts'
import { saveReferral } from './save-referral.ts'
import type { Tables } from './tables.ts'

export function reviewStore(database: Kysely<Tables>): ReviewStore {
  return {
    queue: query => readQueue(database, query),
    facets: query => countFacets(database, query),
    waiting: limit =>
      database
        .selectFrom('flag')
        .select(['id as flagId', 'version'])
        .where('state', 'in', ['to-review', 'in-review'])
        .orderBy('id')
        .limit(limit)
        .execute(),
    countByState: () => countFlagsByState(database),
    countReviewed: day => countReviewed(database, day),
    oldestUnreviewed: () => readOldestUnreviewed(database),
    flagFile: flagId => readFlagFile(database, flagId),
    setAside: query => readSetAside(database, query),
    claim: claim => {
      const becomes = { claimedBy: claim.audit.who }
      return inTransaction(database, transaction =>
        moveFlag(transaction, { ...claim, move: 'claim', becomes }),
      )
    },
    release: release =>
      inTransaction(database, transaction => moveFlag(transaction, { ...release, move: goBack })),
    reopen: reopening =>
      inTransaction(database, transaction => moveFlag(transaction, { ...reopening, move: 'reopen' })),
    decide: deciding => inTransaction(database, transaction => decide(transaction, deciding)),
    returnDeferred: today => inTransaction(database, transaction => returnDeferred(transaction, today)),
    putInQueue: putting => inTransaction(database, transaction => putInQueue(transaction, putting)),
  }
}

async function decide(
  transaction: Transaction<Tables>,
  { decision, version, referral, lines = [], audit }: Parameters<ReviewStore['decide']>[0],
): Promise<Saved> {
  return await moveFlag(transaction, {
    flagId: decision.flagId,
    version,
    at: decision.decidedAt,
    move: outcomes[decision.outcome].move,
    becomes: { ...noWork, deferredUntil: decision.deferUntil, reopened: false },
    audit,
    also: async () => {
      await saveDecision(transaction, decision)
      await saveLines(transaction, { flagId: decision.flagId, lines, by: audit.who, at: decision.decidedAt })
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
      wrong_rule: decision.wrongMatch?.rule ?? null,
      wrong_term: decision.wrongMatch?.term ?? null,
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
