import { type Actor, auditEntryOf } from './actor.ts'
import type { Clock } from './ports.ts'
import type { Moved, ReferralStore } from './referral-port.ts'

/** A nurse asks to send a parked or failed referral again: the same bytes under the same key. */
export async function retryReferral(
  { referrals, clock }: { referrals: ReferralStore; clock: Clock },
  { actor, referralId }: { actor: Actor; referralId: string },
): Promise<Moved> {
  const audit = auditEntryOf(clock, { actor, did: 'asked to send again', what: referralId })
  return referrals.move({ id: referralId, move: 'retry', evidence: {}, audit })
}
