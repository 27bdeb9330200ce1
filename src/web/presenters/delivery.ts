import type { DeliveryState } from '../../referral/delivery.ts'

/** Where a referral is on its way, as a tag. */
export function deliveryTag(state: DeliveryState): { readonly text: string; readonly colour: string } {
  return deliveryTags[state]
}

const deliveryTags: Readonly<Record<DeliveryState, { text: string; colour: string }>> = {
  queued: { text: 'Referral waiting to be sent', colour: 'yellow' },
  sending: { text: 'Referral being sent', colour: 'yellow' },
  parked: { text: 'Referral not sent', colour: 'red' },
  refused: { text: 'Referral refused', colour: 'red' },
  delivered: { text: 'Referral received', colour: 'green' },
}
