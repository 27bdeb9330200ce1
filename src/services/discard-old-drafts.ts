import type { Clock } from './ports.ts'
import type { ReferralDraftStore } from './referral-draft-port.ts'
import type { ReviewDraftStore } from './review-draft-port.ts'

/** How many drafts were discarded, by kind. */
export interface DiscardedDrafts {
  readonly reviews: number
  readonly referrals: number
}

/**
 * Discards what was typed and never saved, once nobody has touched it for so many days. A draft is words about a
 * child that nobody else sees; the flag itself stays on the queue, and what was decided or authorised is kept.
 */
export async function discardOldDrafts(
  {
    drafts,
    referralDrafts,
    clock,
  }: {
    readonly drafts: Pick<ReviewDraftStore, 'discardBefore'>
    readonly referralDrafts: Pick<ReferralDraftStore, 'discardBefore'>
    readonly clock: Clock
  },
  { days }: { readonly days: number },
): Promise<DiscardedDrafts> {
  const before = clock
    .now()
    .subtract({ hours: days * 24 })
    .toString()
  const [reviews, referrals] = await Promise.all([
    drafts.discardBefore(before),
    referralDrafts.discardBefore(before),
  ])
  return { reviews, referrals }
}
