import { createHash } from 'node:crypto'
import type { Attendance, DecodedMerge, Format } from '../attendance/attendance.ts'
import { ageBandOf } from '../attendance/cohort.ts'
import type { DecodedMessage } from '../attendance/decode.ts'
import type { Scanned } from '../scan/mention.ts'
import type { Scanner } from '../scan/scanner.ts'
import { eventIdOf } from './event-id.ts'
import { makePatientHash } from './patient-hash.ts'
import { refuseMessage } from './refuse-message.ts'
import type { Delivery, HeldEvent, MergeNotice, Receipt, Screening, WithdrawalNotice } from './screening.ts'

/**
 * Reads one message. Pure: the same bytes of the same delivery always give the same events. Never throws. `format`
 * is what the sender or the topic's setting says; without it the first bytes tell.
 */
export type Screen = (bytes: Uint8Array, delivery: Delivery, format?: Format | null) => Screening

export interface ScreenNeeds {
  readonly scanner: Scanner
  readonly decode: (
    bytes: Uint8Array,
    options: { readonly receivedAt: string; readonly format: Format | null },
  ) => DecodedMessage
  /** Secret of this installation: keys the hashes of patients' numbers. */
  readonly identifierKey: Uint8Array | string
}

/**
 * Every message leaves one receipt; an unreadable one its bytes too; one with a mention is held. What the store
 * does with them is the same however often a message is delivered, because the ids are the delivery's own.
 */
export function makeScreen({ scanner, decode, identifierKey }: ScreenNeeds): Screen {
  const patientHash = makePatientHash(identifierKey)
  const { rulesetVersion } = scanner

  return (bytes, delivery, stated = null) => {
    const read = readMessage(bytes, { delivery, stated })
    if (read.kind === 'unreadable') return refuseMessage({ ...read, bytes, delivery, rulesetVersion })
    const receipt = {
      eventId: eventIdOf(delivery, 'receipt'),
      delivery,
      format: read.format,
      rulesetVersion,
      bodySha256: createHash('sha256').update(bytes).digest('hex'),
    }
    if (read.kind === 'merge') return mergePatients(read, receipt)
    const { attendance, scanned } = read
    return {
      receipt: {
        ...receipt,
        source: attendance.source,
        kind: attendance.kind,
        trust: attendance.trust,
        attendanceId: attendance.attendanceId,
        site: attendance.site,
        arrivedAt: attendance.arrivedAt,
        ageBand: ageBandOf(attendance.ageOnArrival),
        patientHashes: patientHash.ofAttendance(attendance),
        outcome: scanned.outcome,
        // A cancellation has nothing to tell but itself.
        withoutText: attendance.kind !== 'cancel' && attendance.notes.every(note => note.words.trim() === ''),
        partsUnread: attendance.partsUnread.length,
      },
      held: holdEvent({ attendance, scanned, delivery, rulesetVersion }),
      notice: withdrawalOf({ attendance, scanned, delivery }),
      deadLetter: null,
    }
  }

  /** Read, and nothing in it to find: the ledger counts it as clear. */
  function mergePatients(
    { source, trust, recordedAt, merges }: DecodedMerge,
    receipt: Pick<Receipt, 'eventId' | 'delivery' | 'format' | 'rulesetVersion' | 'bodySha256'>,
  ): Screening {
    const { delivery } = receipt
    const hashOf = (localId: string): string => patientHash.ofLocalId({ trust, localId })
    const notice: MergeNotice = {
      kind: 'merge',
      eventId: eventIdOf(delivery, 'notice'),
      delivery,
      source,
      trust,
      at: recordedAt ?? delivery.receivedAt,
      merges: merges.map(({ prior, surviving }) => ({
        ...{ prior, surviving },
        ...{ priorHash: hashOf(prior), survivingHash: hashOf(surviving) },
      })),
    }
    return {
      receipt: {
        ...receipt,
        ...{ source, trust, kind: 'merge', attendanceId: null, site: null, arrivedAt: null },
        ageBand: ageBandOf(null),
        ...{ patientHashes: [], outcome: 'clear', withoutText: false, partsUnread: 0 },
      },
      held: null,
      notice,
      deadLetter: null,
    }
  }

  function readMessage(
    bytes: Uint8Array,
    { delivery, stated }: { delivery: Delivery; stated: Format | null },
  ): Read {
    let source: string | null = null
    let format = stated
    try {
      const decoded = decode(bytes, { receivedAt: delivery.receivedAt, format: stated })
      format = decoded.format
      if (decoded.kind !== 'attendance') return decoded
      const { attendance } = decoded
      source = attendance.source
      return { kind: 'attendance', attendance, format, scanned: scanner.scan(attendance) }
    } catch (error) {
      return poison(error, { source, format })
    }
  }
}

type Unreadable = Extract<DecodedMessage, { kind: 'unreadable' }>
type Read =
  | {
      readonly kind: 'attendance'
      readonly attendance: Attendance
      readonly format: Format | null
      readonly scanned: Scanned
    }
  | Extract<DecodedMessage, { kind: 'merge' }>
  | Unreadable

/** A message that Wren itself fails on must stop neither the feed nor be lost: a person gets it, as it came. */
function poison(error: unknown, known: { source: string | null; format: Format | null }): Unreadable {
  // The message of an error may quote a note. The name of its class never does.
  const name = error instanceof Error ? error.constructor.name : 'a thrown value'
  const problem = `Wren failed while reading this message (${name}). This is a fault in Wren: please report it`
  return { kind: 'unreadable', reason: 'poison', problem, ...known }
}

/** Held are attendances with a mention that is not on trial: of all others no text is kept. */
function holdEvent(screened: {
  readonly attendance: Attendance
  readonly scanned: Scanned
  readonly delivery: Delivery
  readonly rulesetVersion: string
}): HeldEvent | null {
  const { attendance, scanned, delivery, rulesetVersion } = screened
  const { outcome, priority, because, mentions } = scanned
  if (outcome === 'out-of-scope' || mentions.every(mention => mention.trial)) return null
  return {
    eventId: eventIdOf(delivery, 'flag'),
    delivery,
    held: { attendance, mentions, outcome, priority, because, rulesetVersion },
  }
}

/** Of an adult nothing is held, and so there is nothing to withdraw. */
function withdrawalOf({
  attendance,
  scanned,
  delivery,
}: {
  readonly attendance: Attendance
  readonly scanned: Scanned
  readonly delivery: Delivery
}): WithdrawalNotice | null {
  const { kind, source, trust, attendanceId, recordedAt, document } = attendance
  if (kind !== 'cancel' || scanned.outcome === 'out-of-scope') return null
  return {
    kind: 'withdrawal',
    eventId: eventIdOf(delivery, 'notice'),
    delivery,
    ...{ source, trust, attendanceId },
    document: document?.id ?? null,
    at: recordedAt ?? delivery.receivedAt,
  }
}
