import { createHash } from 'node:crypto'
import type { Attendance } from '../../src/attendance/attendance.ts'
import { ageBandOf } from '../../src/attendance/cohort.ts'
import { type NhsNumber, parseNhsNumber } from '../../src/attendance/nhs-number.ts'
import { Note } from '../../src/attendance/note.ts'
import type { Patient } from '../../src/attendance/patient.ts'
import type { HeldAttendance } from '../../src/review/flag.ts'
import type { Mention } from '../../src/scan/mention.ts'
import {
  batchOf as batch,
  type DeadLetter,
  type Delivery,
  type HeldEvent,
  type Receipt,
  type Screening,
  type ScreeningBatch,
} from '../../src/services/screening.ts'

/** What a test may say of an attendance; the rest is invented. `words` makes one triage note. */
export type AttendanceWishes = Partial<Omit<Attendance, 'patient'>> & {
  readonly patient?: Partial<Patient>
  readonly words?: string
}

let serial = 0

/** A child's attendance, another child and another attendance on each call. */
export function makeAttendance({ patient, words, ...wishes }: AttendanceWishes = {}): Attendance {
  const number = ++serial
  return {
    source: 'ed-worcester',
    trust: 'RWP',
    attendanceId: `A${String(number).padStart(6, '0')}`,
    kind: 'new',
    document: null,
    recordedAt: '2026-11-20T21:40:00Z',
    site: 'RWP01',
    department: 'Emergency department',
    arrivedAt: '2026-11-20T21:35:00Z',
    departedAt: null,
    disposal: null,
    leftBeforeSeen: false,
    ageOnArrival: 15,
    patient: makePatient({ number, wishes: patient ?? {} }),
    notes: [triageNote('Lac L hand. States knife pulled on him outside chip shop.')],
    codes: [],
    alerts: [],
    partsUnread: [],
    ...wishes,
    ...(words === undefined ? {} : { notes: [triageNote(words)] }),
  }
}

/** Of the 999 range, which is never issued, with a valid check digit; another one for each serial. */
export function makeNhsNumber(number: number): NhsNumber {
  // The ninth digit weighs 2, so of two neighbours at most one has the check digit 10, which is not valid.
  const found = [2 * number, 2 * number + 1]
    .map(each => `999${String(each % 1_000_000).padStart(6, '0')}`)
    .flatMap(nine => Array.from({ length: 10 }, (_, check) => parseNhsNumber(`${nine}${check}`)))
    .find(each => each !== null)
  if (found === undefined || found === null) throw new Error(`no NHS number for serial ${number}`)
  return found
}

/** The first "knife" of the attendance's first note, counted; any field may be wished otherwise. */
export function makeMention(wishes: Partial<Mention> = {}): Mention {
  return {
    rule: 'weapon-blade',
    ruleName: 'Knife or blade',
    theme: 'weapons',
    term: 'knife',
    section: 0,
    start: 19,
    end: 24,
    text: 'knife',
    edits: 0,
    assertion: 'affirmed',
    standing: 'counted',
    trial: false,
    because: 'stands as written',
    ...wishes,
  }
}

/** A flagged attendance of high priority, or a clear one where every wished mention is set aside. */
export function makeHeld(wishes: Partial<HeldAttendance> = {}): HeldAttendance {
  const mentions = wishes.mentions ?? [makeMention()]
  const flagged = mentions.some(mention => mention.standing !== 'set-aside')
  return {
    attendance: wishes.attendance ?? makeAttendance(),
    mentions,
    outcome: flagged ? 'flagged' : 'clear',
    priority: flagged ? 'high' : null,
    because: flagged ? ['Knife or blade: "knife"'] : [],
    rulesetVersion: 'a1b2c3d4e5f6',
    ...wishes,
  }
}

export function makeDelivery(wishes: Partial<Delivery> = {}): Delivery {
  return {
    channel: 'http',
    stream: 'attendances',
    partition: 0,
    offset: String(++serial),
    receivedAt: '2026-11-20T21:41:00Z',
    ...wishes,
  }
}

/** The receipt of an attendance: clear unless wished otherwise. */
export function makeReceipt({
  attendance = makeAttendance(),
  ...wishes
}: Partial<Receipt> & { readonly attendance?: Attendance } = {}): Receipt {
  const delivery = wishes.delivery ?? makeDelivery()
  const { nhsNumber, localId } = attendance.patient
  return {
    eventId: sha256(['receipt', delivery.channel, delivery.stream, delivery.partition, delivery.offset]),
    delivery,
    source: attendance.source,
    format: 'json',
    kind: attendance.kind,
    trust: attendance.trust,
    attendanceId: attendance.attendanceId,
    site: attendance.site,
    arrivedAt: attendance.arrivedAt,
    ageBand: ageBandOf(attendance.ageOnArrival),
    patientHashes: [nhsNumber, localId].filter(each => each !== null).map(each => sha256(['test key', each])),
    outcome: 'clear',
    rulesetVersion: 'a1b2c3d4e5f6',
    bodySha256: sha256([
      attendance.source,
      attendance.attendanceId,
      attendance.recordedAt,
      attendance.notes.map(note => note.words),
    ]),
    withoutText: attendance.notes.length === 0,
    partsUnread: attendance.partsUnread.length,
    ...wishes,
  }
}

/** All that comes of screening one message that tells of this held attendance. */
export function makeScreening(
  wishes: { readonly held?: HeldAttendance; readonly delivery?: Delivery } = {},
): Screening & { readonly held: HeldEvent } {
  const held = wishes.held ?? makeHeld()
  const delivery = wishes.delivery ?? makeDelivery()
  const receipt = makeReceipt({
    attendance: held.attendance,
    delivery,
    outcome: held.outcome,
    rulesetVersion: held.rulesetVersion,
  })
  const eventId = sha256(['flag', delivery.channel, delivery.stream, delivery.partition, delivery.offset])
  return { receipt, held: { eventId, delivery, held }, notice: null, deadLetter: null }
}

/** All that comes of a message that could not be read. */
export function makeUnreadable(
  wishes: Partial<DeadLetter> = {},
): Screening & { readonly deadLetter: DeadLetter } {
  const delivery = wishes.delivery ?? makeDelivery()
  const bytes = wishes.bytes ?? new TextEncoder().encode('{"trust":')
  const deadLetter: DeadLetter = {
    eventId: sha256(['dead letter', delivery.channel, delivery.stream, delivery.partition, delivery.offset]),
    delivery,
    reason: 'schema',
    problem: 'The message is not JSON: it ends in the middle.',
    bytes,
    ...wishes,
  }
  const receipt = makeReceipt({
    delivery,
    source: 'http',
    kind: null,
    trust: null,
    attendanceId: null,
    site: null,
    arrivedAt: null,
    ageBand: 'not known',
    patientHashes: [],
    outcome: 'unreadable',
    bodySha256: createHash('sha256').update(bytes).digest('hex'),
    withoutText: false,
  })
  return { receipt, held: null, notice: null, deadLetter }
}

/** What the screening store takes, of any number of screened messages. */
export function batchOf(...screenings: readonly Screening[]): Required<ScreeningBatch> {
  return batch(screenings)
}

function triageNote(words: string): Note {
  return new Note({ section: 'triage', words })
}

function makePatient({ number, wishes }: { number: number; wishes: Partial<Patient> }): Patient {
  return {
    nhsNumber: makeNhsNumber(number),
    nhsNumberRefused: null,
    localId: `W${100_000 + number}`,
    family: 'Fernleigh',
    given: 'Kit',
    birthDate: '2011-05-30',
    sex: 'male',
    postcode: 'WR1 2AB',
    address: '4 Tannery Row, Worcester',
    gpPractice: 'M81094',
    school: 'Severn Bank High School',
    ...wishes,
  }
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
