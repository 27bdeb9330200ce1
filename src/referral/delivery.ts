import type { ReceiverReport } from './receiver-report.ts'

/**
 * What came of handing a referral over, as the connector understood it. docs/portal-api.md says what each answer of
 * a portal means; `src/services/deliver-once.ts` what Wren does with it.
 */
export type DeliveryOutcome =
  /** The transport took it and gave a receipt: not read, not accepted. */
  | { readonly kind: 'delivered'; readonly receipt: string }
  /** The receiver has it and gave its reference. */
  | { readonly kind: 'acknowledged'; readonly reference: string }
  /** The receiver does not take it, and said why. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** Will not improve by itself: a person must look. */
  | { readonly kind: 'parked'; readonly problem: string }
  /** This connector only prepares it: a nurse enters it where `problem` says, and records the reference. */
  | { readonly kind: 'by-hand'; readonly problem: string }
  /** It surely did not arrive, and may next time: not before `retryAfterMs` where the receiver named a time. */
  | { readonly kind: 'later'; readonly problem: string; readonly retryAfterMs: number | null }
  /** Nobody can tell whether it arrived. */
  | { readonly kind: 'unknown'; readonly problem: string; readonly retryAfterMs: number | null }
  /**
   * The receiver does not accept our credentials: no referral can pass until a person has mended them. It is no
   * attempt of this referral: it goes back to the queue and its attempts are not counted.
   */
  | { readonly kind: 'credentials'; readonly problem: string }
  /** As `credentials`, where our own settings or certificates are at fault. */
  | { readonly kind: 'configuration'; readonly problem: string }

/** What asking by key tells of a referral that may have been sent before. */
export type LookUp =
  | Extract<DeliveryOutcome, { kind: 'parked' | 'credentials' | 'configuration' }>
  | (Extract<DeliveryOutcome, { kind: 'delivered' | 'acknowledged' }> & {
      /** What the receiver has decided about it so far, oldest first. */
      readonly reports?: readonly ReceiverReport[]
    })
  /** The receiver has no such referral: sending it is safe. */
  | { readonly kind: 'absent' }
  /** It was asked and did not say: ask again later. */
  | { readonly kind: 'later'; readonly problem: string; readonly retryAfterMs: number | null }
  /** This receiver cannot be asked by key. */
  | { readonly kind: 'cannot-ask' }
