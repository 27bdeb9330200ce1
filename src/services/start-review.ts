import type { Actor } from './actor.ts'
import { claimFlag, lapseClaims } from './claim-flag.ts'
import type { Clock, ReviewStore } from './ports.ts'
import type { ReviewWorkStore } from './review-work-port.ts'

/** Flags asked for at a time. Two nurses who start together each pass over what the other has just taken. */
const lookAhead = 20
/** Readings of the queue before giving up: more claims than this between two readings is not a team of nurses. */
const readingsMax = 5

interface StartPorts {
  readonly review: ReviewStore
  readonly work: ReviewWorkStore
  readonly clock: Clock
}

/**
 * Claims the next flag for this nurse and answers its id, or null when none is left. What somebody skipped comes after
 * the others. Two nurses who start at once get two different flags: a claim on a version that has moved on is not
 * saved.
 */
export async function startReview({ review, work, clock }: StartPorts, actor: Actor): Promise<string | null> {
  await lapseClaims({ work, clock })
  for (let reading = 1; reading <= readingsMax; reading++) {
    const next = await work.next({ who: actor.username, role: actor.role, limit: lookAhead })
    for (const { flagId, version } of next) {
      if ((await claimFlag({ review, clock }, { actor, flagId, version, from: null })) === 'saved')
        return flagId
    }
    if (next.length === 0) return null
  }
  return null
}
