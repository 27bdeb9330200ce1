import type { LedgerOutcome } from '../review/ledger.ts'
import type { ReviewState } from '../review/review-state.ts'
import type { DayCheck } from '../review/sign-off.ts'
import type { AuditEntry } from './people.ts'

/** The closing of a day by a lead. It is never changed: it can only be reopened, and the day signed off anew. */
export interface SignOff {
  readonly reference: string
  /** ISO day of Europe/London. */
  readonly day: string
  /** 1 for the first of its day. */
  readonly revision: number
  readonly signedBy: string
  readonly signedAt: string
  /** Why it was signed off with gaps; null where there was none. */
  readonly why: string | null
  /** What the lead saw. */
  readonly check: DayCheck
  readonly reopened: { readonly by: string; readonly at: string; readonly why: string } | null
}

/** An attendance that arrived on the day and that Wren was first told of after the day was signed off. */
export interface LateArrival {
  readonly attendanceId: string
  readonly site: string | null
  readonly arrivedAt: string
  readonly receivedAt: string
  readonly outcome: LedgerOutcome
  /** Null where no flag was raised. */
  readonly flagId: string | null
}

export interface DayState {
  readonly day: string
  /** The latest sign-off of the day, also one that was reopened. */
  readonly signOff: SignOff | null
  /** Flags of the day that wait for review. */
  readonly unreviewed: number
  /** Wren has received messages since that day, or since before it. */
  readonly hasBegun: boolean
}

export interface SignOffStore {
  /** The flags that were raised on the day, by the state they are in now. */
  flagsByState(day: string): Promise<Readonly<Record<ReviewState, number>>>
  /** The sign-offs of the day, newest first. */
  history(day: string): Promise<readonly SignOff[]>
  /** Every day of the range, newest first. */
  days(range: { readonly from: string; readonly to: string }): Promise<readonly DayState[]>
  /** Saves it with its audit entry; `stale` when the day was signed off in between. */
  save(signing: { readonly signOff: SignOff; readonly audit: AuditEntry }): Promise<'saved' | 'stale'>
  /** Reopens the day with the reason of the audit entry; `stale` when that sign-off no longer stands. */
  reopen(reopening: { readonly reference: string; readonly audit: AuditEntry }): Promise<'saved' | 'stale'>
  /** In order of arrival. */
  lateArrivals(query: {
    readonly day: string
    readonly signedAt: string
    readonly limit: number
  }): Promise<readonly LateArrival[]>
  /** When a day was last signed off; null where none ever was. A sign-off that was reopened counts no more. */
  lastSignedAt(): Promise<string | null>
}
