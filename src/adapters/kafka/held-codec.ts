import { z } from 'zod'
import { type Attendance, alertKinds, attendanceKinds, codeSystems } from '../../attendance/attendance.ts'
import { Note } from '../../attendance/note.ts'
import { sexes } from '../../attendance/patient.ts'
import { priorities, themes } from '../../rules/rule.ts'
import { assertions, standings } from '../../scan/mention.ts'
import type { HeldEvent } from '../../services/screening.ts'
import {
  deliveryFields,
  nhsNumber,
  parseFields,
  parseJson,
  sha256,
  text,
  textOrNull,
  wholeNumber,
} from './event-fields.ts'

const noteFields = z.strictObject({ section: text, writtenAt: textOrNull, words: text })

const patientFields = z.strictObject({
  nhsNumber: nhsNumber.nullable(),
  nhsNumberRefused: textOrNull,
  localId: textOrNull,
  family: textOrNull,
  given: textOrNull,
  birthDate: textOrNull,
  sex: z.enum(sexes),
  postcode: textOrNull,
  address: textOrNull,
  gpPractice: textOrNull,
  school: textOrNull,
})

const attendanceFields = z.strictObject({
  source: text,
  trust: text,
  attendanceId: text,
  kind: z.enum(attendanceKinds),
  // Not there in events of the time before documents were kept apart.
  document: z.strictObject({ id: text, replaces: textOrNull }).nullable().default(null),
  recordedAt: textOrNull,
  site: textOrNull,
  department: textOrNull,
  arrivedAt: textOrNull,
  departedAt: textOrNull,
  disposal: textOrNull,
  leftBeforeSeen: z.boolean(),
  ageOnArrival: z.number().int().nullable(),
  patient: patientFields,
  notes: z.array(noteFields),
  codes: z.array(z.strictObject({ system: z.enum(codeSystems), code: text, display: textOrNull })),
  alerts: z.array(z.enum(alertKinds)),
  partsUnread: z.array(text),
})

const mentionFields = z.strictObject({
  rule: text,
  ruleName: text,
  theme: z.enum(themes),
  term: text,
  section: wholeNumber.nullable(),
  start: wholeNumber,
  end: wholeNumber,
  text,
  edits: wholeNumber,
  assertion: z.enum(assertions),
  standing: z.enum(standings),
  trial: z.boolean(),
  because: text,
})

/** A held attendance as it stands in Kafka: JSON, with the version of this form. It holds a patient's words. */
const heldEvent = z.strictObject({
  version: z.literal(1),
  eventId: sha256,
  delivery: deliveryFields,
  held: z.strictObject({
    attendance: attendanceFields,
    mentions: z.array(mentionFields),
    outcome: z.enum(['flagged', 'clear']),
    priority: z.enum(priorities).nullable(),
    because: z.array(text),
    rulesetVersion: text,
  }),
})

export function encodeHeld({ eventId, delivery, held }: HeldEvent): Uint8Array {
  const event = {
    version: 1,
    eventId,
    delivery,
    held: { ...held, attendance: writtenOut(held.attendance) },
  }
  return Buffer.from(JSON.stringify(event))
}

export function decodeHeld(bytes: Uint8Array | null): HeldEvent {
  return heldEventOf(parseJson('held attendance', bytes))
}

export function heldEventOf(value: unknown): HeldEvent {
  const { eventId, delivery, held } = parseFields('held attendance', heldEvent, value)
  const notes = held.attendance.notes.map(note => new Note(note))
  return { eventId, delivery, held: { ...held, attendance: { ...held.attendance, notes } } }
}

/** With the words of its notes, which do not print by themselves: here they are asked for by name. */
function writtenOut(attendance: Attendance): z.input<typeof attendanceFields> {
  const { patient, codes, alerts, partsUnread } = attendance
  return {
    ...attendance,
    patient: { ...patient },
    notes: attendance.notes.map(({ section, writtenAt, words }) => ({ section, writtenAt, words })),
    codes: codes.map(code => ({ ...code })),
    alerts: [...alerts],
    partsUnread: [...partsUnread],
  }
}
