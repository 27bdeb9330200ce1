import type { Attendance } from '../attendance/attendance.ts'
import type { Referral } from '../referral/referral.ts'
import type { ReferralState } from '../referral/referral-state.ts'
import type { ChecklistAnswer, ChecklistLine } from '../review/checklist.ts'
import type { Decision, KeptDecision } from '../review/decision.ts'
import type { Flag } from '../review/flag.ts'
import type { LedgerOutcome } from '../review/ledger.ts'
import type { PatientMerge } from '../review/patient-merge.ts'
import type { FacetGroup, QueueFilter } from '../review/queue-facets.ts'
import type { ReviewState } from '../review/review-state.ts'
import type { Priority } from '../rules/rule.ts'
import type { Mention } from '../scan/mention.ts'
import type { AuditEntry } from './people.ts'
import type { QueueView } from './queue-view-port.ts'
import type { ReferralStatus } from './referral-port.ts'
import type { HandOver, HeldFlag, Skip } from './review-work-port.ts'
import type { ScreeningBatch } from './screening.ts'

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
  record(batch: ScreeningBatch): Promise<readonly LedgerOutcome[]>
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
  /** The state of its latest referral, null where there is none. */
  readonly delivery: ReferralState | null
  /** What is still to be done for the child, what is due first before the others. */
  readonly toDo: readonly ChecklistLine[]
  /** The same for all numbers of a child that the hospital merged; null where it merged none. */
  readonly mergedGroup: string | null
  /** When the hospital cancelled the attendance; null where it stands. */
  readonly withdrawnAt: string | null
  readonly skipped: Skip | null
  readonly handOver: HandOver | null
}

/** An earlier attendance of the same child. A clear one has no text, only that it was screened. */
export interface EarlierAttendance {
  readonly attendanceId: string
  readonly site: string | null
  readonly arrivedAt: string | null
  readonly outcome: LedgerOutcome
  /** A word was found in it: with no flag, every mention was set aside. */
  readonly isHeld: boolean
  /** Null where no flag was raised. */
  readonly flagId: string | null
  readonly state: ReviewState | null
}

/** All that the attendance page shows of one flag. */
export interface FlagFile {
  readonly flag: Flag
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  /** Mentions that other versions of the record had, and the text shown has not: withdrawn, and not forgotten. */
  readonly withdrawn: readonly Mention[]
  /** When the hospital cancelled the attendance; null where it stands. */
  readonly withdrawnAt: string | null
  /** The hospital's merges of this patient's numbers, oldest first. */
  readonly merges: readonly PatientMerge[]
  /** When the last message came, after the text shown, in which no word was found: of such a text nothing is kept. */
  readonly clearSince: string | null
  readonly rulesetVersion: string
  readonly decisions: readonly KeptDecision[]
  /** The lines of the checklist that were answered, each as it stands now. */
  readonly checklist: readonly ChecklistAnswer[]
  readonly skipped: Skip | null
  readonly handOver: HandOver | null
  readonly referrals: readonly ReferralStatus[]
  readonly earlier: readonly EarlierAttendance[]
  readonly history: readonly AuditEntry[]
}

/** How a change of a flag ended: `stale` when somebody changed it first, `refused` when its state has no such move. */
export type Saved = 'saved' | 'stale' | 'refused'

export interface ReviewStore {
  /** Flags in these states, in queue order; where `shown` is given, those that its filter shows. */
  queue(query: {
    readonly states: readonly ReviewState[]
    readonly limit: number
    readonly offset: number
    readonly shown?: QueueView & { readonly filter: QueueFilter }
  }): Promise<readonly QueueRow[]>
  /** The flags of these states by what the queue can be narrowed by. */
  facets(query: {
    readonly states: readonly ReviewState[]
    readonly view: QueueView
  }): Promise<readonly FacetGroup[]>
  /** What waits for review, each as its id and version: for a page to tell what came since it was drawn. */
  waiting(limit: number): Promise<readonly HeldFlag[]>
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
    /** What the nurse answered on the checklist since it was saved last. */
    readonly lines?: readonly ChecklistLine[]
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
