import type { ReferralStatus } from '../../services/referral-port.ts'
import { timeSince } from './dates.ts'

/** A referral that has not arrived, in one line for the top of the queue. */
export interface AttentionWords {
  readonly href: string
  readonly text: string
}

export interface Attention {
  readonly referrals: readonly AttentionWords[]
  readonly phone: string | null
}

/** Referrals that a person must look at; null where all is well. */
export function presentAttention(
  referrals: readonly ReferralStatus[],
  { now, phoneFallback }: { now: string; phoneFallback: string | null },
): Attention | null {
  if (referrals.length === 0) return null
  return {
    referrals: referrals.map(referral => ({
      href: `/flags/${referral.flagId}#referrals`,
      text: `${stateWords(referral)}, authorised ${timeSince(referral.authorisedAt, now)} ago`,
    })),
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
