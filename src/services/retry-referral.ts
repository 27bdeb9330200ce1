import { type Actor, auditEntryOf } from './actor.ts'
import type { Clock, OutboxStore, Saved } from './ports.ts'

/** A nurse asks to send a parked or refused referral again: the same bytes under the same key. */
export async function retryReferral(
  { outbox, clock }: { outbox: OutboxStore; clock: Clock },
  { actor, referralId }: { actor: Actor; referralId: string },
): Promise<Saved> {
  const audit = auditEntryOf(clock, { actor, did: 'asked to send again', what: referralId })
  return outbox.retry({ id: referralId, audit })
}
