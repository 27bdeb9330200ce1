import type { Format } from '../attendance/attendance.ts'
import type { OffsetRange } from '../review/contiguity.ts'
import type { DayCount, LedgerOutcome } from '../review/ledger.ts'
import type { AuditEntry } from './people.ts'
import type { Delivery, Screening } from './screening.ts'

export interface LedgerStore {
  /** `day` is an ISO day of Europe/London, by time of receipt. */
  dayCounts(day: string): Promise<readonly DayCount[]>
  /** Newest first. */
  deadLetters(query: { readonly limit: number; readonly offset: number }): Promise<readonly DeadLetterRow[]>
  /** When the newest message was received, and how many came on that `day`. */
  feed(day: string): Promise<{ readonly lastReceivedAt: string | null; readonly receivedToday: number }>
  /** When the newest message of each source was received: an ISO instant. */
  lastReceivedBySource(): Promise<readonly { readonly source: string; readonly at: string }[]>
  /** Attendances received on `day` that had no note to scan. */
  withoutText(
    day: string,
  ): Promise<
    readonly { readonly source: string; readonly attendanceId: string; readonly arrivedAt: string | null }[]
  >
  /** Attendances received on `day` of which some parts could not be read, such as a scanned document. */
  partsUnread(day: string): Promise<
    readonly {
      readonly source: string
      readonly attendanceId: string
      readonly arrivedAt: string | null
      readonly parts: number
    }[]
  >
  /**
   * Offsets of input topics that have a receipt, as unbroken ranges in order: those received on `day`, and the last
   * one before. What lies between two ranges of a partition was never received.
   */
  offsetRanges(day: string): Promise<readonly OffsetRange[]>
  /** Of these attendances: those ever received, and those whose number stands in an unreadable message. */
  findAttendances(query: { readonly ids: readonly string[]; readonly day: string }): Promise<{
    readonly received: readonly string[]
    readonly inUnreadable: readonly string[]
  }>
  /** An unreadable message as it came, or null where there is none. */
  deadLetter(eventId: string): Promise<KeptDeadLetter | null>
  /**
   * Puts what is made of an unreadable message in its place, in one transaction; answers what it was counted as, or
   * null where it is no longer there.
   */
  replaceUnreadable(replacing: {
    readonly eventId: string
    readonly screening: Screening
    readonly audit: AuditEntry
  }): Promise<LedgerOutcome | null>
}

/** A dead letter with its bytes. */
export interface KeptDeadLetter {
  readonly eventId: string
  readonly delivery: Delivery
  /** The sender; of extracts the mapping has the same name. */
  readonly source: string
  readonly reason: string
  readonly problem: string
  readonly bytes: Uint8Array
  /** The decoder that tried to read it; null where nothing told which. */
  readonly format: Format | null
}

/** A dead letter without its bytes, for a list. */
export interface DeadLetterRow {
  readonly eventId: string
  readonly source: string
  readonly reason: string
  readonly problem: string
  readonly receivedAt: string
  /** Bytes. */
  readonly size: number
}
