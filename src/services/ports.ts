import type { Attendance } from '../attendance/attendance.ts'
import type { DeliveryState, PortalAnswer } from '../referral/delivery.ts'
import type { Referral } from '../referral/referral.ts'
import type { Decision } from '../review/decision.ts'
import type { Flag } from '../review/flag.ts'
import type { LedgerOutcome } from '../review/ledger.ts'
import type { ReviewState } from '../review/review-state.ts'
import type { Priority } from '../rules/rule.ts'
import type { Mention } from '../scan/mention.ts'
import type { AuditEntry } from './people.ts'
import type { DeadLetter, HeldEvent, Receipt } from './screening.ts'

/** The moment, as an argument: ISO instants come from here and nowhere else. */
export interface Clock {
  now(): Temporal.Instant
}

// What a screened message leaves behind ---------------------------------------------------------

export interface ScreeningStore {
  /**
   * Saves all of it in one transaction; what is already there under the same event id changes nothing.
   * Answers what each receipt was counted as, in order: a body that its source already sent is a `duplicate`.
   * An unreadable message is never a duplicate. Rejects when the store cannot answer: nothing was saved then.
   */
  record(batch: {
    readonly receipts: readonly Receipt[]
    readonly held: readonly HeldEvent[]
    readonly deadLetters: readonly DeadLetter[]
  }): Promise<readonly LedgerOutcome[]>
}

/** One partition of one of Wren's own topics, as one group reads it. */
export interface StreamPlace {
  readonly group: string
  readonly topic: string
  readonly partition: number
}

/** What one transaction takes from a partition: offsets from `from` up to, not including, `next`. */
export interface ReadRange extends StreamPlace {
  readonly epoch: number
  readonly from: string
  readonly next: string
  /** Of the last record's bytes, hex. */
  readonly lastSha256: string
}

/** Keeps what comes of screening together with how far the stream that tells of it was read. */
export interface ProjectionStore {
  /** Makes the caller the partition's one reader. A partition never read before begins at `lowest`. */
  takeOver(
    place: StreamPlace,
    lowest: string,
  ): Promise<{ readonly epoch: number; readonly next: string; readonly lastSha256: string | null }>
  /**
   * Records all of it and moves on, or changes nothing: `not-ours` when another reader has taken over, `elsewhere`
   * when the range does not begin where the partition stands.
   */
  recordRead(
    batch: Parameters<ScreeningStore['record']>[0],
    range: ReadRange,
  ): Promise<
    | { readonly kind: 'recorded'; readonly outcomes: readonly LedgerOutcome[] }
    | { readonly kind: 'not-ours' }
    | { readonly kind: 'elsewhere'; readonly next: string }
  >
}

// Review ------------------------------------------------------------------------------------------

/** A flag with what its row on the queue shows. */
export interface QueueRow {
  readonly flag: Flag
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  /** Attendances of the same child held or screened in the 90 days before, this one not counted. */
  readonly earlierAttendances: number
  /** The delivery state of its latest referral, null where there is none. */
  readonly delivery: DeliveryState | null
}

/** An earlier attendance of the same child. A clear one has no text, only that it was screened. */
export interface EarlierAttendance {
  readonly attendanceId: string
  readonly site: string | null
  readonly arrivedAt: string | null
  readonly outcome: LedgerOutcome
  /** Null where no flag was raised. */
  readonly flagId: string | null
  readonly state: ReviewState | null
}

/** A referral as nurses see it. */
export interface ReferralStatus {
  readonly id: string
  readonly flagId: string
  readonly authorisedBy: string
  readonly authorisedAt: string
  readonly state: DeliveryState
  readonly portalReference: string | null
  /** What the portal or the connection said last, in words; null when all is well. */
  readonly problem: string | null
  readonly attempts: number
  readonly nextAttemptAt: string | null
  readonly deliveredAt: string | null
  /** The bytes authorised, for a person to read. */
  readonly body: Uint8Array
}

/** All that the attendance page shows of one flag. */
export interface FlagFile {
  readonly flag: Flag
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  /** Mentions that other versions of the record had, and the text shown has not: withdrawn, and not forgotten. */
  readonly withdrawn: readonly Mention[]
  readonly rulesetVersion: string
  readonly decisions: readonly Decision[]
  readonly referrals: readonly ReferralStatus[]
  readonly earlier: readonly EarlierAttendance[]
  readonly history: readonly AuditEntry[]
}

/** How a change of a flag ended: `stale` when somebody changed it first, `refused` when its state has no such move. */
export type Saved = 'saved' | 'stale' | 'refused'

export interface ReviewStore {
  /** Flags in these states, in queue order. */
  queue(query: {
    readonly states: readonly ReviewState[]
    readonly limit: number
    readonly offset: number
  }): Promise<readonly QueueRow[]>
  countByState(): Promise<Readonly<Record<ReviewState, number>>>
  /** How many flags were decided on `day`, an ISO day of Europe/London, and do not wait for review again. */
  countReviewed(day: string): Promise<number>
  /** When the longest-waiting flag of each band in `to-review` or `in-review` was raised; null where none waits. */
  oldestUnreviewed(): Promise<Readonly<Record<Priority, string | null>>>
  flagFile(flagId: string): Promise<FlagFile | null>
  /** Attendances of which every mention was set aside, newest first. */
  setAside(query: { readonly limit: number; readonly offset: number }): Promise<readonly SetAsideRow[]>
  /** Takes the flag for a nurse, also from another nurse who holds it; the audit entry is saved with it. */
  claim(claim: {
    readonly flagId: string
    readonly version: number
    readonly at: string
    readonly audit: AuditEntry
  }): Promise<Saved>
  release(release: {
    readonly flagId: string
    readonly version: number
    readonly at: string
    readonly audit: AuditEntry
  }): Promise<Saved>
  /** Decision, state, referral with its outbox row, and audit entry: together or not at all. */
  decide(deciding: {
    readonly decision: Decision
    /** The version of the flag that the nurse saw. */
    readonly version: number
    readonly referral: Referral | null
    readonly audit: AuditEntry
  }): Promise<Saved>
  /** Puts a flag back to review, with the nurse's reason in the audit entry. */
  reopen(reopening: {
    readonly flagId: string
    readonly version: number
    readonly at: string
    readonly audit: AuditEntry
  }): Promise<Saved>
  /** Returns deferred flags whose day has come; `today` is an ISO day of Europe/London. Answers how many. */
  returnDeferred(today: string): Promise<number>
  /** Queues a set-aside attendance because a nurse wants it seen. */
  putInQueue(putting: {
    readonly trust: string
    readonly attendanceId: string
    readonly at: string
    readonly audit: AuditEntry
  }): Promise<Flag | null>
}

export interface SetAsideRow {
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  readonly rulesetVersion: string
}

// Referrals ---------------------------------------------------------------------------------------

/** A referral leased to one forwarder for a while. */
export interface LeasedReferral {
  readonly id: string
  readonly leaseToken: string
  readonly body: Uint8Array
  /** This attempt included. */
  readonly attempts: number
}

export interface OutboxStore {
  /** Takes referrals that are due, each to one caller only, for `leaseMs`. Only the database's clock decides. */
  lease(query: { readonly limit: number; readonly leaseMs: number }): Promise<readonly LeasedReferral[]>
  /**
   * Writes what came of an attempt; false when the lease was lost in between. `stopped` puts the referral back
   * and takes the attempt off its count.
   */
  settle(settling: {
    readonly id: string
    readonly leaseToken: string
    readonly answer: PortalAnswer
    /** For `later` and `stopped`: wait at least this long. */
    readonly waitMs: number
  }): Promise<boolean>
  /** Referrals that a person must look at: parked, refused, or waiting longer than `overdueMs`. */
  needingAttention(overdueMs: number): Promise<readonly ReferralStatus[]>
  /** A person asks to send a parked or refused referral again: same key, same bytes. */
  retry(retrying: { readonly id: string; readonly audit: AuditEntry }): Promise<Saved>
  countByState(): Promise<Readonly<Record<DeliveryState, number>>>
}

/** The external system that receives referrals. */
export interface Portal {
  /** Sends the bytes under the key. Never rejects: whatever happened is an answer. */
  send(referral: {
    readonly id: string
    readonly body: Uint8Array
    /** This one included. From the second on, the portal may have it already although its answer was lost. */
    readonly attempts: number
    /** Ends the attempt when Wren stops: its outcome is then not known, so `later`. */
    readonly signal?: AbortSignal | undefined
  }): Promise<PortalAnswer>
}
