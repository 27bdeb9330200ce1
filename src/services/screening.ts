import type { AttendanceKind, Format, UnreadableReason } from '../attendance/attendance.ts'
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
  readonly kind: AttendanceKind | null
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

/** All that comes of screening one message: a receipt always, at most one of the others. */
export interface Screening {
  readonly receipt: Receipt
  readonly held: HeldEvent | null
  readonly deadLetter: DeadLetter | null
}
