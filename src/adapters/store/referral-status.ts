import type { Kysely } from 'kysely'
import type { ReferralStatus } from '../../services/ports.ts'
import type { Tables } from './tables.ts'

/** A flag's referrals as nurses see them, first revision first. */
export async function readReferrals(
  database: Kysely<Tables>,
  flagId: string,
): Promise<readonly ReferralStatus[]> {
  const rows = await statusQuery(database)
    .where('outbox.flag_id', '=', flagId)
    .orderBy('outbox.revision')
    .execute()
  return rows.map(statusOf)
}

export function statusQuery(database: Kysely<Tables>) {
  return database
    .selectFrom('outbox')
    .innerJoin('referral', 'referral.id', 'outbox.referral_id')
    .select([
      'referral.id',
      'referral.flag_id',
      'referral.authorised_by',
      'referral.authorised_at',
      'referral.body',
      'outbox.state',
      'outbox.portal_reference',
      'outbox.problem',
      'outbox.attempts',
      'outbox.next_attempt_at',
      'outbox.delivered_at',
    ])
}

type StatusRow = Awaited<ReturnType<ReturnType<typeof statusQuery>['execute']>>[number]

export function statusOf(row: StatusRow): ReferralStatus {
  const isWaiting = row.state === 'queued' || row.state === 'sending'
  return {
    id: row.id,
    flagId: row.flag_id,
    authorisedBy: row.authorised_by,
    authorisedAt: row.authorised_at,
    state: row.state,
    portalReference: row.portal_reference,
    problem: row.problem,
    attempts: row.attempts,
    nextAttemptAt: isWaiting ? row.next_attempt_at : null,
    deliveredAt: row.delivered_at,
    body: row.body,
  }
}
