import type { OffsetGap } from '../review/contiguity.ts'
import type { LedgerOutcome } from '../review/ledger.ts'
import type { HourCount } from '../review/silence.ts'
import type { DeadLetterRow } from './ledger-port.ts'
import type { AuditEntry } from './people.ts'

/** Why offsets have no receipt, as a person found out. */
export interface GapExplanation extends OffsetGap {
  readonly why: string
  readonly by: string
  readonly at: string
}

/** A hospital's own list of the attendances of a day. */
export interface KeptCensus {
  readonly attendanceIds: readonly string[]
  readonly uploadedBy: string
  readonly uploadedAt: string
}

/** An unreadable message, and who dealt with it another way; null while nobody has. */
export interface UnreadableRow extends DeadLetterRow {
  readonly settled: { readonly by: string; readonly at: string; readonly why: string } | null
}

/** One message of the ledger. */
export interface MessageRow {
  readonly receivedAt: string
  readonly attendanceId: string | null
  readonly arrivedAt: string | null
  readonly outcome: LedgerOutcome
  /** The flag that the attendance has by now. */
  readonly flagId: string | null
}

/** Which messages of a day. */
export interface MessageQuery {
  readonly day: string
  readonly source: string
  readonly site: string | null
  /** Null: all of them. */
  readonly outcome: LedgerOutcome | null
}

/** What a day's account is proved with, beside the ledger itself. */
export interface ProofStore {
  /** Of every source, for each of these days of Europe/London; hours without a message are left out. */
  hourCounts(days: readonly string[]): Promise<readonly HourCount[]>
  gapExplanations(): Promise<readonly GapExplanation[]>
  explainGap(explaining: { readonly gap: OffsetGap; readonly audit: AuditEntry }): Promise<void>
  /** The newest list of the day; null where there is none. */
  census(day: string): Promise<KeptCensus | null>
  saveCensus(saving: {
    readonly day: string
    readonly attendanceIds: readonly string[]
    readonly audit: AuditEntry
  }): Promise<void>
  /** Received on the day and unreadable still, newest first. */
  unreadableOn(day: string, limit: number): Promise<readonly UnreadableRow[]>
  /** How many of those nobody has dealt with. */
  countUnreadable(day: string): Promise<number>
  /** `gone` where it is no longer among the unreadable, or somebody was faster. */
  settleUnreadable(settling: {
    readonly eventId: string
    readonly audit: AuditEntry
  }): Promise<'saved' | 'gone'>
  /** Oldest first. */
  messages(
    query: MessageQuery,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<readonly MessageRow[]>
}
