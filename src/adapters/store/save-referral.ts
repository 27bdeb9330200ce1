import type { Transaction } from 'kysely'
import type { Referral } from '../../referral/referral.ts'
import { supersedeEarlier } from './move-referral.ts'
import { recordMove } from './referral-moves.ts'
import type { Tables } from './tables.ts'

/**
 * Saves what a nurse authorised, queued to be sent. Called in the transaction of her decision, and nowhere else.
 * Earlier referrals of the flag that no receiver has are superseded; those it has, when it has acknowledged this one.
 */
export async function saveReferral(transaction: Transaction<Tables>, referral: Referral): Promise<void> {
  const { id, flagId, revision, authorisedBy, authorisedAt, bodySha256 } = referral
  await transaction
    .insertInto('referral')
    .values({
      id,
      flag_id: flagId,
      revision,
      destination: referral.destination,
      authorised_by: authorisedBy,
      authorised_at: authorisedAt,
      body: Buffer.from(referral.body),
      body_sha256: bodySha256,
    })
    .execute()
  await transaction
    .insertInto('outbox')
    .values({ referral_id: id, flag_id: flagId, revision, state: 'queued', state_since: authorisedAt })
    .execute()
  const nurse = { id, by: 'nurse', who: authorisedBy, at: authorisedAt } as const
  const wren = { id, by: 'wren', who: 'wren', at: authorisedAt } as const
  await recordMove(transaction, {
    ...{ ...nurse, move: 'authorise', evidence: { bodySha256 } },
    ...{ from: 'draft', to: 'authorised' },
  })
  await recordMove(transaction, {
    ...{ ...wren, move: 'queue', evidence: {} },
    ...{ from: 'authorised', to: 'queued' },
  })
  await supersedeEarlier(transaction, flagId)
}
