import type { Transaction } from 'kysely'
import { afterReferralMove, isAcknowledged, turns } from '../../referral/referral-state.ts'
import { type Moving, makeMove } from './referral-moves.ts'
import type { Tables } from './tables.ts'

/**
 * Moves a referral on by the table of its states and writes the move down, in one transaction and under a lock on
 * its row: the only place where a state changes, but for the lease. False where the table has no such move. Earlier
 * revisions of its flag are superseded as soon as they may be, so that of one flag's referrals at most one is on its
 * way.
 */
export async function moveReferral(transaction: Transaction<Tables>, moving: Moving): Promise<boolean> {
  const made = await makeMove(transaction, moving)
  if (made === null) return false
  await supersedeEarlier(transaction, made.flagId)
  return true
}

/**
 * Ends the referrals of a flag in whose place a later one stands, each once. What no receiver has ends as soon as
 * there is a revision: the two must not be sent side by side. What a receiver has ends when a revision was
 * acknowledged: until then it is the only one that anybody acts upon, and the revision may yet be cancelled. What is
 * being sent at this moment ends when its answer is written down.
 */
export async function supersedeEarlier(transaction: Transaction<Tables>, flagId: string): Promise<void> {
  const revisions = await transaction
    .selectFrom('outbox')
    .select(['referral_id', 'revision', 'state'])
    .where('flag_id', '=', flagId)
    .orderBy('revision')
    .forUpdate() // two revisions that move at once see each other
    .execute()
  for (const { referral_id: id, revision, state } of revisions) {
    if (afterReferralMove(state, 'supersede') === null) continue
    const standing = revisions.filter(
      later => later.revision > revision && later.state !== 'cancelled' && later.state !== 'superseded',
    )
    const inItsPlace =
      turns[state] === 'receiver' ? standing.find(later => isAcknowledged(later.state)) : standing.at(0)
    if (inItsPlace === undefined) continue
    const evidence = { supersededBy: inItsPlace.referral_id }
    await makeMove(transaction, { id, move: 'supersede', by: 'wren', who: 'wren', evidence })
  }
}
