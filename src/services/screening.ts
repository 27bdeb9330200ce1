import type { AttendanceKind, Format, NumberMerge, UnreadableReason } from '../attendance/attendance.ts'
import type { AgeBand } from '../attendance/cohort.ts'
import type { HeldAttendance } from '../review/flag.ts'
import type { LedgerOutcome } from '../review/ledger.ts'

/** Where a message came from: with the kind of event it names each event for ever. */
export interface Delivery {
  /** Such as "kafka:<cluster id>" or "http". */
  readonly channel: string
  /** The topic, or the inlet's name. */
  readonly stream: string
  readonly partition: number
  /** The offset, or the request's id and line. */
  readonly offset: string
  /** ISO instant. */
  readonly receivedAt: string
}

/** The record that a message was received and what came of it. No text and no name. */
export interface Receipt {
  readonly eventId: string
  readonly delivery: Delivery
  readonly source: string
  /** The decoder that read it or tried to; null where nothing told which. */
  readonly format: Format | null
  /** What the message does to its attendance; null where it could not be read. */
  readonly kind: AttendanceKind | 'merge' | null
  readonly trust: string | null
  readonly attendanceId: string | null
  readonly site: string | null
  readonly arrivedAt: string | null
  readonly ageBand: AgeBand
  /** Keyed hashes of NHS number and local id: a nurse finds a clear attendance by them. */
  readonly patientHashes: readonly string[]
  readonly outcome: LedgerOutcome
  readonly rulesetVersion: string
  /** SHA-256 of the message's bytes, hex. */
  readonly bodySha256: string
  /** The message had no note at all: read, but nothing to scan. */
  readonly withoutText: boolean
  /** How many parts of the message could not be read, such as a scanned document. */
  readonly partsUnread: number
}

/** A message that could not be read, kept as it came. */
export interface DeadLetter {
  readonly eventId: string
  readonly delivery: Delivery
  readonly reason: UnreadableReason
  /** For a person; never quotes the message. */
  readonly problem: string
  readonly bytes: Uint8Array
}

/** An attendance with at least one mention, to be held and, if flagged, queued. */
export interface HeldEvent {
  readonly eventId: string
  readonly delivery: Delivery
  readonly held: HeldAttendance
}

/** What a source says about a record, beside its text. It takes nothing away: it is shown where it matters. */
export type SourceNotice = WithdrawalNotice | MergeNotice

interface NoticeOrigin {
  readonly eventId: string
  readonly delivery: Delivery
  readonly source: string
  readonly trust: string
  /** When the source says that it did so, else when the message came: an ISO instant. */
  readonly at: string
}

/** An attendance, or one document of it, was cancelled at the source. */
export interface WithdrawalNotice extends NoticeOrigin {
  readonly kind: 'withdrawal'
  readonly attendanceId: string
  /** The document that was cancelled; null where it was the whole attendance. */
  readonly document: string | null
}

/** Hospital numbers that are one patient's. The hashes are those by which attendances are found. */
export interface MergeNotice extends NoticeOrigin {
  readonly kind: 'merge'
  readonly merges: readonly MergedNumbers[]
}

export interface MergedNumbers extends NumberMerge {
  readonly priorHash: string
  readonly survivingHash: string
}

/** All that comes of screening one message: a receipt always, and what else it told. */
export interface Screening {
  readonly receipt: Receipt
  readonly held: HeldEvent | null
  readonly notice: SourceNotice | null
  readonly deadLetter: DeadLetter | null
}

/** What is saved together, of any number of messages. */
export interface ScreeningBatch {
  readonly receipts: readonly Receipt[]
  readonly held: readonly HeldEvent[]
  readonly notices?: readonly SourceNotice[]
  readonly deadLetters: readonly DeadLetter[]
}

/** Whoever saves screenings puts them together here, so that none of what they tell is left out. */
export function batchOf(screenings: readonly Screening[]): Required<ScreeningBatch> {
  return {
    receipts: screenings.map(({ receipt }) => receipt),
    held: screenings.flatMap(({ held }) => held ?? []),
    notices: screenings.flatMap(({ notice }) => notice ?? []),
    deadLetters: screenings.flatMap(({ deadLetter }) => deadLetter ?? []),
  }
}

export function withdrawalsOf(notices: readonly SourceNotice[]): readonly WithdrawalNotice[] {
  return notices.filter(notice => notice.kind === 'withdrawal')
}

export function mergesOf(notices: readonly SourceNotice[]): readonly MergeNotice[] {
  return notices.filter(notice => notice.kind === 'merge')
}
