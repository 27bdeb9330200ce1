import type { Evidence, Mover, Pathway } from '../referral/referral-evidence.ts'
import type { ReferralMove, ReferralState } from '../referral/referral-state.ts'
import type { Destination } from '../referral/routing.ts'
import type { SettledOutcome } from './deliver-once.ts'
import type { AuditEntry } from './people.ts'

/** A referral as nurses see it. */
export interface ReferralStatus {
  readonly id: string
  readonly flagId: string
  /** 1 for the flag's first. */
  readonly revision: number
  readonly destination: Destination
  readonly authorisedBy: string
  readonly authorisedAt: string
  readonly state: ReferralState
  /** When it came into this state. */
  readonly stateSince: string
  /** The receiver's reference. */
  readonly portalReference: string | null
  /** What went wrong last, or what a person must do, in words; null when all is well. */
  readonly problem: string | null
  readonly attempts: number
  readonly nextAttemptAt: string | null
  /** When it was first handed to a connector: the clock of the acknowledgement starts. */
  readonly sentAt: string | null
  readonly deliveredAt: string | null
  readonly acknowledgedAt: string | null
  /** What the meeting said last. */
  readonly pathway: Pathway | null
  readonly nextReview: string | null
  /** The bytes authorised, for a person to read. */
  readonly body: Uint8Array
  readonly bodySha256: string
}

/** One move, as it was made. Moves are only ever added. */
export interface RecordedMove {
  readonly move: ReferralMove
  readonly from: ReferralState
  readonly to: ReferralState
  readonly by: Mover
  /** A user name, a connector's name, or who the receiver is. */
  readonly who: string
  readonly at: string
  readonly evidence: Evidence
}

/** How a person's move ended: `refused` where the table has no such move from the state as it is now. */
export type Moved = 'saved' | 'refused'

/** A referral leased to one forwarder for a while. */
export interface LeasedReferral {
  readonly id: string
  readonly leaseToken: string
  readonly destination: Destination
  readonly body: Uint8Array
  readonly bodySha256: string
  /** This attempt included. */
  readonly attempts: number
  /** The lease before ran out: nobody wrote down what came of that attempt. */
  readonly wasInterrupted: boolean
}

export interface OutboxStore {
  /** Takes referrals that are due, each to one caller only, for `leaseMs`. Only the database's clock decides. */
  lease(query: { readonly limit: number; readonly leaseMs: number }): Promise<readonly LeasedReferral[]>
  /**
   * Writes what came of an attempt; false when the lease was lost, or a person moved it on, in between.
   * `credentials` and `configuration` put the referral back and take the attempt off its count.
   */
  settle(settling: {
    readonly id: string
    readonly leaseToken: string
    readonly outcome: SettledOutcome
    /** The connector's name. */
    readonly connector: string
    /** SHA-256 of the message that the connector makes of the body, hex; without it the body itself travels. */
    readonly messageSha256?: string | undefined
    /** Where it goes back to the queue: wait at least this long. */
    readonly waitMs: number
  }): Promise<boolean>
  /** Referrals that wait for a nurse, or for Wren longer than `overdueMs`; oldest first. */
  needingAttention(overdueMs: number): Promise<readonly ReferralStatus[]>
  countByState(): Promise<Readonly<Record<ReferralState, number>>>
}

/** Moves made by people, and by what the receiver reports of its own accord. */
export interface ReferralStore {
  status(id: string): Promise<ReferralStatus | null>
  /** Every referral that is somebody's turn, longest in its state first. */
  open(limit: number): Promise<readonly ReferralStatus[]>
  /** Oldest first. */
  moves(id: string): Promise<readonly RecordedMove[]>
  /** A nurse's move with its audit entry. Throws where the evidence is lacking: the service has checked it. */
  move(moving: {
    readonly id: string
    readonly move: ReferralMove
    readonly evidence: Evidence
    readonly audit: AuditEntry
  }): Promise<Moved>
  /**
   * What the receiver reports later, by a call back or when asked: one move after another, as far as the table has
   * them. The same `reportId` a second time changes nothing.
   */
  report(report: {
    readonly id: string
    readonly reportId: string
    readonly who: string
    readonly moves: readonly { readonly move: ReferralMove; readonly evidence: Evidence }[]
  }): Promise<'saved' | 'known' | 'refused' | 'not-found'>
}
