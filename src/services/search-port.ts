import type { Attendance } from '../attendance/attendance.ts'
import type { LedgerOutcome } from '../review/ledger.ts'
import type { PatientMerge } from '../review/patient-merge.ts'
import type { ReviewState } from '../review/review-state.ts'

/** An attendance that a search found. Of one in which no word was found, Wren has no name and no text. */
export interface FoundAttendance {
  readonly trust: string
  readonly attendanceId: string
  readonly site: string | null
  readonly arrivedAt: string | null
  /** Of its newest message: when it was read, by which rules, and what came of it. */
  readonly receivedAt: string
  readonly rulesetVersion: string
  readonly outcome: LedgerOutcome
  /** Null where nothing is held. */
  readonly attendance: Attendance | null
  /** When the hospital cancelled it; null where it stands. */
  readonly withdrawnAt: string | null
  /** The hospital's merges of this patient's numbers, oldest first. */
  readonly merges: readonly PatientMerge[]
  /** Null where it was never flagged. */
  readonly flag: { readonly id: string; readonly state: ReviewState } | null
}

/** Each is looked up by itself; what any of them finds is found. */
export interface SearchKeys {
  readonly patientHashes: readonly string[]
  readonly number: string | null
  readonly birthDate: string | null
  readonly name: { readonly first: string; readonly last: string } | null
}

export interface SearchStore {
  /** Newest arrival first. */
  find(keys: SearchKeys, limit: number): Promise<readonly FoundAttendance[]>
  /** The trusts of which attendances came: a hospital's own number means something within its trust only. */
  trusts(): Promise<readonly string[]>
  /** Keeps what was typed, so that its answer has an address without it. Those older than `before` are forgotten. */
  saveSearch(search: {
    readonly id: string
    readonly who: string
    readonly at: string
    readonly text: string
    readonly before: string
  }): Promise<void>
  /** What this person typed, null where it was somebody else or is forgotten. */
  searchText(search: {
    readonly id: string
    readonly who: string
    readonly since: string
  }): Promise<string | null>
}
