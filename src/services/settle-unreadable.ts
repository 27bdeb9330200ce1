import { type Actor, auditEntryOf } from './actor.ts'
import type { Clock } from './ports.ts'
import type { ProofStore } from './proof-port.ts'

/**
 * Records that a person dealt with an unreadable message another way: asked for it again, or found the child in the
 * hospital's own system. The message stays, and stays counted as unreadable; it no longer holds up the day.
 */
export async function settleUnreadable(
  { proofs, clock }: { readonly proofs: Pick<ProofStore, 'settleUnreadable'>; readonly clock: Clock },
  { actor, eventId, why }: { readonly actor: Actor; readonly eventId: string; readonly why: string },
): Promise<'saved' | 'gone'> {
  const audit = auditEntryOf(clock, { actor, did: 'dealt with an unreadable message', what: eventId, why })
  return proofs.settleUnreadable({ eventId, audit })
}
