import type { ReferralStatus } from '../../services/referral-port.ts'
import { count, timeSince } from './dates.ts'

/** A referral that has not arrived, in one line for the top of the queue. */
export interface AttentionWords {
  readonly href: string
  readonly text: string
}

export interface Attention {
  readonly referrals: readonly AttentionWords[]
  /** "3 referrals are overdue"; null where none is. */
  readonly overdue: string | null
  readonly phone: string | null
}

/** Referrals that a person must look at; null where all is well. */
export function presentAttention(
  referrals: readonly ReferralStatus[],
  { now, overdue, phoneFallback }: { now: string; overdue: number; phoneFallback: string | null },
): Attention | null {
  if (referrals.length === 0 && overdue === 0) return null
  return {
    referrals: referrals.map(referral => ({
      href: `/flags/${referral.flagId}#referrals`,
      text: `${stateWords(referral)}, authorised ${timeSince(referral.authorisedAt, now)} ago`,
    })),
    overdue:
      overdue === 0 ? null : `${count(overdue, 'referral is', 'referrals are')} overdue: see whom to chase`,
    phone: phoneFallback,
  }
}

function stateWords({ state }: ReferralStatus): string {
  switch (state) {
    case 'failed':
      return 'A referral was refused by the portal'
    case 'parked':
      return 'A referral could not be sent'
    case 'by-hand':
      return 'A referral waits to be entered by hand'
    case 'declined':
      return 'A referral was declined'
    default:
      return 'A referral has not been acknowledged yet'
  }
}
