import type { ReferralStatus } from '../../services/ports.ts'
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
    case 'refused':
      return 'A referral was refused by the portal'
    case 'parked':
      return 'A referral could not be sent'
    case 'queued':
    case 'sending':
      return 'A referral has not been acknowledged yet'
    case 'delivered':
      return 'A referral was received'
    default:
      throw new Error(`no words for delivery ${state satisfies never}`)
  }
}
