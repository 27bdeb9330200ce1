import type { Actor } from './actor.ts'
import { claimFlag } from './claim-flag.ts'
import type { Clock, ReviewStore } from './ports.ts'

/** Flags asked for at a time. Two nurses who start together each pass over what the other has just taken. */
const lookAhead = 20
/** Readings of the queue before giving up: more claims than this between two readings is not a team of nurses. */
const readingsMax = 5

/**
 * Claims the first flag of the queue that nobody is reviewing and answers its id, or null when none is left.
 * Two nurses who start at once get two different flags: a claim on a version that has moved on is not saved.
 */
export async function startReview(
  { review, clock }: { review: ReviewStore; clock: Clock },
  actor: Actor,
): Promise<string | null> {
  for (let reading = 1; reading <= readingsMax; reading++) {
    const rows = await review.queue({ states: ['to-review'], limit: lookAhead, offset: 0 })
    for (const { flag } of rows) {
      const claim = { actor, flagId: flag.id, version: flag.version, from: null }
      if ((await claimFlag({ review, clock }, claim)) === 'saved') return flag.id
    }
    if (rows.length === 0) return null
  }
  return null
}
