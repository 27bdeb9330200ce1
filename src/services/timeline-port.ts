import type { Attendance } from '../attendance/attendance.ts'
import type { Patient } from '../attendance/patient.ts'
import type { ChecklistAnswer } from '../review/checklist.ts'
import type { KeptDecision } from '../review/decision.ts'
import type { Flag } from '../review/flag.ts'
import type { LedgerOutcome } from '../review/ledger.ts'
import type { PatientMerge } from '../review/patient-merge.ts'
import type { ReviewState } from '../review/review-state.ts'
import type { Mention } from '../scan/mention.ts'
import type { AuditEntry } from './people.ts'
import type { ReferralStatus } from './referral-port.ts'

/** What was done about one flag, for whoever reads the child's story later. */
export interface FlagStory {
  readonly flag: Flag
  /** Oldest first, as they were made. */
  readonly decisions: readonly KeptDecision[]
  readonly checklist: readonly ChecklistAnswer[]
  readonly referrals: readonly ReferralStatus[]
  /** Who looked at it, the latest time of each person, and why it was reopened. */
  readonly history: readonly AuditEntry[]
}

/** One attendance of a child. Of a clear one there is no text, only when it was read and by which rules. */
export interface TimelineEntry {
  readonly trust: string
  readonly attendanceId: string
  readonly site: string | null
  readonly arrivedAt: string | null
  readonly outcome: LedgerOutcome
  /** Of its newest message; null where none is kept. */
  readonly screenedAt: string | null
  readonly rulesetVersion: string | null
  /** When the hospital cancelled it; null where it stands. */
  readonly withdrawnAt: string | null
  /** Null where no word was found. */
  readonly held: { readonly attendance: Attendance; readonly mentions: readonly Mention[] } | null
  /** Null where no flag was raised. */
  readonly story: FlagStory | null
}

export interface Timeline {
  /** The attendance that was asked from. */
  readonly attendance: Attendance
  /** Newest first. */
  readonly entries: readonly TimelineEntry[]
  /** The child has older ones that are not listed. */
  readonly hasMore: boolean
  /** The hospital's merges of this patient's numbers, oldest first. */
  readonly merges: readonly PatientMerge[]
}

/** A held attendance of somebody else at the same postcode. */
export interface Neighbour {
  readonly trust: string
  readonly attendanceId: string
  readonly patient: Patient
  readonly ageOnArrival: number | null
  readonly site: string | null
  readonly arrivedAt: string | null
  /** Null where every mention was set aside. */
  readonly flag: { readonly id: string; readonly state: ReviewState } | null
  /** What stands for all numbers that the hospital merged; null where it merged none. */
  readonly mergedGroup: string | null
}

export interface TimelineStore {
  /** The attendances of the child of this flag. Null where there is no such flag. */
  ofFlag(flagId: string, limit: number): Promise<Timeline | null>
  /** Held attendances with this postcode that are not known to be this child's, the latest arrival first. */
  neighbours(query: {
    /** As `homePostcode` writes it. */
    readonly postcode: string
    readonly trust: string
    readonly attendanceId: string
    readonly limit: number
  }): Promise<readonly Neighbour[]>
  /** The child's latest flag by attendance, under the id that the attendance's own flag has or would have. */
  latestFlags(
    attendances: readonly { readonly trust: string; readonly attendanceId: string }[],
  ): Promise<ReadonlyMap<string, string>>
}
