import { type Kysely, sql } from 'kysely'
import type { ReferralStatus } from '../../services/referral-port.ts'
import type { Tables } from './tables.ts'

/** The referrals of these flags as nurses see them, first revision first. */
export async function readReferrals(
  database: Kysely<Tables>,
  flagIds: readonly string[],
): Promise<readonly ReferralStatus[]> {
  const rows = await statusQuery(database)
    .where(sql<boolean>`outbox.flag_id = any(${[...flagIds]})`)
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
      'referral.revision',
      'referral.destination',
      'referral.authorised_by',
      'referral.authorised_at',
      'referral.body',
      'referral.body_sha256',
      'outbox.state',
      'outbox.state_since',
      'outbox.portal_reference',
      'outbox.problem',
      'outbox.attempts',
      'outbox.next_attempt_at',
      'outbox.sent_at',
      'outbox.delivered_at',
      'outbox.acknowledged_at',
      'outbox.pathway',
      'outbox.next_review',
    ])
}

type StatusRow = Awaited<ReturnType<ReturnType<typeof statusQuery>['execute']>>[number]

export function statusOf(row: StatusRow): ReferralStatus {
  const isWaiting = row.state === 'queued' || row.state === 'sent'
  return {
    id: row.id,
    flagId: row.flag_id,
    revision: row.revision,
    destination: row.destination,
    authorisedBy: row.authorised_by,
    authorisedAt: row.authorised_at,
    state: row.state,
    stateSince: row.state_since,
    portalReference: row.portal_reference,
    problem: row.problem,
    attempts: row.attempts,
    nextAttemptAt: isWaiting ? row.next_attempt_at : null,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    acknowledgedAt: row.acknowledged_at,
    pathway: row.pathway,
    nextReview: row.next_review,
    body: row.body,
    bodySha256: row.body_sha256,
  }
}
