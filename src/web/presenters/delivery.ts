import type { ReferralState } from '../../referral/referral-state.ts'

export interface StateTag {
  readonly text: string
  readonly colour: string
}

/** Where a referral stands, as a tag. Green, amber and red belong to pathways: a pathway is told in words only. */
export function deliveryTag(state: ReferralState): StateTag {
  return deliveryTags[state]
}

const deliveryTags: Readonly<Record<ReferralState, StateTag>> = {
  draft: { text: 'Referral not finished', colour: 'yellow' },
  authorised: { text: 'Referral authorised', colour: 'yellow' },
  queued: { text: 'Referral waiting to be sent', colour: 'yellow' },
  sent: { text: 'Referral being sent', colour: 'yellow' },
  'by-hand': { text: 'Referral to be entered by hand', colour: 'orange' },
  delivered: { text: 'Referral delivered, not acknowledged', colour: 'yellow' },
  acknowledged: { text: 'Referral received', colour: 'blue' },
  accepted: { text: 'Referral accepted', colour: 'blue' },
  declined: { text: 'Referral declined', colour: 'red' },
  outcome: { text: 'Pathway set', colour: 'blue' },
  'stepped-down': { text: 'Stepped down', colour: 'grey' },
  failed: { text: 'Referral refused', colour: 'red' },
  parked: { text: 'Referral not sent', colour: 'red' },
  cancelled: { text: 'Referral cancelled', colour: 'grey' },
  superseded: { text: 'Replaced by a later referral', colour: 'grey' },
}
