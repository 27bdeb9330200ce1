import type { Generated } from 'kysely'
import type { Mover, Pathway } from '../../referral/referral-evidence.ts'
import type { ReferralMove, ReferralState } from '../../referral/referral-state.ts'
import type { Destination } from '../../referral/routing.ts'
import type { Day, Instant, Json } from './columns.ts'

export interface ReferralTable {
  id: string
  flag_id: string
  revision: number
  destination: Destination
  authorised_by: string
  authorised_at: Instant
  body: Uint8Array
  body_sha256: string
}

/** The delivery of one referral. Times here are the database's own, never a caller's. */
export interface OutboxTable {
  referral_id: string
  flag_id: string
  revision: number
  state: ReferralState
  lease_token: string | null
  locked_until: Instant | null
  next_attempt_at: Generated<Instant>
  attempts: Generated<number>
  portal_reference: string | null
  problem: string | null
  queued_at: Generated<Instant>
  delivered_at: Instant | null
  state_since: Generated<Instant>
  /** When it was first handed to a connector. */
  sent_at: Instant | null
  acknowledged_at: Instant | null
  /** What the meeting said last. */
  pathway: Pathway | null
  next_review: Day | null
  /** When the receiver is asked again what became of it; null: soon after it came into its state. */
  next_look_at: Instant | null
}

/** One row a move of a referral, for ever. */
export interface ReferralMoveTable {
  sequence: Generated<number>
  referral_id: string
  move: ReferralMove
  from_state: ReferralState
  to_state: ReferralState
  by_kind: Mover
  who: string
  at: Generated<Instant>
  evidence: Json
  /** What the receiver calls its report: the same one twice changes nothing. */
  report_id: string | null
}

/** A referral that somebody has begun. Nothing of it is sent; it goes when the referral is authorised. */
export interface ReferralDraftTable {
  flag_id: string
  username: string
  form_version: string
  answers: Json
  saved_at: Instant
}

/** Every wording of the risk assessment that was ever in use. */
export interface AssessmentFormTable {
  version: string
  form: Json
  kept_at: Generated<Instant>
}
