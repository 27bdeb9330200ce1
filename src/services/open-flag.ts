import { type Actor, auditEntryOf } from './actor.ts'
import type { AuditStore } from './people.ts'
import type { Clock, FlagFile, ReviewStore } from './ports.ts'

/** Everything held about one flag, or null where there is none. Opening is recorded before anything is shown. */
export async function openFlag(
  { review, audit, clock }: { review: ReviewStore; audit: AuditStore; clock: Clock },
  { actor, flagId }: { actor: Actor; flagId: string },
): Promise<FlagFile | null> {
  await audit.append(auditEntryOf(clock, { actor, did: 'opened flag', what: flagId }))
  return review.flagFile(flagId)
}
