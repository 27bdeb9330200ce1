import { createHash } from 'node:crypto'
import type { Format, UnreadableReason } from '../attendance/attendance.ts'
import { ageBandOf } from '../attendance/cohort.ts'
import { eventIdOf } from './event-id.ts'
import type { Delivery, Screening } from './screening.ts'

export interface RefusedMessage {
  readonly bytes: Uint8Array
  readonly delivery: Delivery
  readonly reason: UnreadableReason
  /** For a person; never quotes the message. */
  readonly problem: string
  /** The sending system where it could be read, else null: the stream stands in for it. */
  readonly source: string | null
  readonly format: Format | null
  readonly rulesetVersion: string
}

/** What is left of a message that cannot be read or cannot be carried: a receipt that says so, and its bytes. */
export function refuseMessage(refused: RefusedMessage): Screening & { readonly held: null } {
  const { bytes, delivery, reason, problem, source, format, rulesetVersion } = refused
  return {
    receipt: {
      eventId: eventIdOf(delivery, 'receipt'),
      delivery,
      source: source ?? delivery.stream,
      format,
      kind: null,
      trust: null,
      attendanceId: null,
      site: null,
      arrivedAt: null,
      ageBand: ageBandOf(null),
      patientHashes: [],
      outcome: 'unreadable',
      rulesetVersion,
      bodySha256: createHash('sha256').update(bytes).digest('hex'),
      withoutText: false,
      partsUnread: 0,
    },
    held: null,
    notice: null,
    deadLetter: { eventId: eventIdOf(delivery, 'dead-letter'), delivery, reason, problem, bytes },
  }
}
