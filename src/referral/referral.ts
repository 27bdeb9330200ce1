import type { Consent, RiskAssessment } from './risk-assessment.ts'

/** What a nurse fills in. */
export interface ReferralForm {
  readonly concerns: string
  readonly assessment: RiskAssessment
  readonly consent: Consent
  /** Required where consent was refused or not asked: why it is shared all the same. */
  readonly consentReason: string
  readonly parentsInformed: boolean
  /** Required where they were not. */
  readonly parentsReason: string
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
  readonly authorisedBy: string
  readonly authorisedAt: string
  readonly body: Uint8Array
  /** SHA-256 of the body, hex. */
  readonly bodySha256: string
}
