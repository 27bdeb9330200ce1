import type { Answers, AssessmentForm } from './assessment-form.ts'
import type { Destination, Route } from './routing.ts'

/** What a nurse fills in, with all that her answers are measured by. */
export interface ReferralForm {
  readonly form: AssessmentForm
  readonly answers: Answers
  readonly route: Route
  /** Whether a knife or gun was found in the notes: police are then normally told. */
  readonly isWeaponFound: boolean
  /** A lead may authorise, with a reason, what a nurse may not. */
  readonly isLead: boolean
}

/**
 * A concern written for the partnership and authorised by a named nurse. The body is made once, when it is
 * authorised: what is sent, and sent again, are these bytes under this key.
 */
export interface Referral {
  /** UUID. It is also the idempotency key, for ever. */
  readonly id: string
  readonly flagId: string
  readonly revision: number
  readonly destination: Destination
  readonly authorisedBy: string
  readonly authorisedAt: string
  readonly body: Uint8Array
  /** SHA-256 of the body, hex. */
  readonly bodySha256: string
}
