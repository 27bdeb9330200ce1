/**
 * The delivery of one referral. docs/states.md prints this table. Attempts never run out: a referral is sent
 * with the same key and the same bytes until the portal has answered, and a person handles what it refuses.
 */
export const deliveryMoves = {
  queued: { send: 'sending' },
  sending: {
    send: 'sending', // the lease of a forwarder that died ran out
    accept: 'delivered',
    refuse: 'refused',
    park: 'parked',
    tryLater: 'queued',
  },
  parked: { retry: 'queued' },
  refused: { retry: 'queued' },
  delivered: {},
} as const satisfies Record<string, Record<string, string>>

export type DeliveryState = keyof typeof deliveryMoves

/** What came of one attempt, as the portal's adapter understood the answer. */
export type PortalAnswer =
  | { readonly kind: 'accepted'; readonly reference: string }
  | { readonly kind: 'refused'; readonly problem: string }
  /** Will not improve by itself: a person must look. */
  | { readonly kind: 'parked'; readonly problem: string }
  /** May improve: the same bytes again, not before `retryAfterMs` where the portal named a time. */
  | { readonly kind: 'later'; readonly problem: string; readonly retryAfterMs: number | null }
  /**
   * Our own credentials or certificates were not accepted: no referral can pass until a person has mended them.
   * It is no attempt of this referral: it goes back to the queue and its attempts are not counted.
   */
  | { readonly kind: 'stopped'; readonly problem: string }
