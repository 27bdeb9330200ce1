import { type Actor, auditEntryOf } from './actor.ts'
import type { Clock, Saved } from './ports.ts'
import type { ReviewWorkStore } from './review-work-port.ts'

/** Puts a flag off for now, without a reason: it is offered again after the others, and sign-off waits for it. */
export async function skipFlag(
  { work, clock }: { work: ReviewWorkStore; clock: Clock },
  { actor, flagId, version }: { actor: Actor; flagId: string; version: number },
): Promise<Saved> {
  const audit = auditEntryOf(clock, { actor, did: 'skipped flag', what: flagId })
  return work.skip({ flagId, version, at: audit.at, audit })
}
