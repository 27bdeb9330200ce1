import type { OffsetRange } from '../review/contiguity.ts'
import type { DayCount } from '../review/ledger.ts'

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
