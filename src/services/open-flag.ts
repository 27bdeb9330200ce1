import { type Actor, auditEntryOf } from './actor.ts'
import { lapseClaims } from './claim-flag.ts'
import type { AuditStore } from './people.ts'
import type { Clock, FlagFile, ReviewStore } from './ports.ts'
import type { ReviewWorkStore } from './review-work-port.ts'

export interface OpenPorts {
  readonly review: ReviewStore
  readonly work: ReviewWorkStore
  readonly audit: AuditStore
  readonly clock: Clock
}

/**
 * Everything held about one flag, or null where there is none. Opening is recorded before anything is shown, and is a
 * sign of life: this nurse's own claims do not lapse.
 */
export async function openFlag(
  { review, work, audit, clock }: OpenPorts,
  { actor, flagId }: { actor: Actor; flagId: string },
): Promise<FlagFile | null> {
  const entry = auditEntryOf(clock, { actor, did: 'opened flag', what: flagId })
  await audit.append(entry)
  await work.touch({ who: actor.username, at: entry.at })
  await lapseClaims({ work, clock })
  return review.flagFile(flagId)
}
