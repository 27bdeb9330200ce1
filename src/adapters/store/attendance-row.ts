import { z } from 'zod'
import { type Attendance, alertKinds, attendanceKinds, codeSystems } from '../../attendance/attendance.ts'
import { parseNhsNumber } from '../../attendance/nhs-number.ts'
import { Note } from '../../attendance/note.ts'
import { type Patient, sexes } from '../../attendance/patient.ts'
import { themes } from '../../rules/rule.ts'
import { assertions, type Mention, standings } from '../../scan/mention.ts'

const text = z.string().nullable()

const NoteRow = z.object({ section: z.string(), words: z.string(), writtenAt: text }).readonly()

const PatientRow = z.object({
  nhsNumber: text.transform(number => (number === null ? null : parseNhsNumber(number))),
  nhsNumberRefused: text,
  localId: text,
  family: text,
  given: text,
  birthDate: text,
  sex: z.enum(sexes),
  postcode: text,
  address: text,
  gpPractice: text,
  school: text,
})

const AttendanceRow = z.object({
  source: z.string(),
  trust: z.string(),
  attendanceId: z.string(),
  kind: z.enum(attendanceKinds),
  // Not there in rows of the time before documents were kept apart.
  document: z.object({ id: z.string(), replaces: text }).nullable().default(null),
  recordedAt: text,
  site: text,
  department: text,
  arrivedAt: text,
  departedAt: text,
  disposal: text,
  leftBeforeSeen: z.boolean(),
  ageOnArrival: z.int().nullable(),
  patient: PatientRow,
  notes: z.array(NoteRow),
  codes: z.array(z.object({ system: z.enum(codeSystems), code: z.string(), display: text })),
  alerts: z.array(z.enum(alertKinds)),
  partsUnread: z.array(z.string()),
})

const MentionRows = z.array(
  z.object({
    rule: z.string(),
    ruleName: z.string(),
    theme: z.enum(themes),
    term: z.string(),
    section: z.int().nullable(),
    start: z.int(),
    end: z.int(),
    text: z.string(),
    edits: z.int(),
    assertion: z.enum(assertions),
    standing: z.enum(standings),
    trial: z.boolean(),
    because: z.string(),
  }),
)

/** An attendance as the database keeps it. Field by field: a Note does not give its words away by itself. */
export function writeAttendance({
  patient,
  notes,
  codes,
  alerts,
  partsUnread,
  ...attendance
}: Attendance): string {
  const row: z.input<typeof AttendanceRow> = {
    source: attendance.source,
    trust: attendance.trust,
    attendanceId: attendance.attendanceId,
    kind: attendance.kind,
    document: documentRow(attendance.document),
    recordedAt: attendance.recordedAt,
    site: attendance.site,
    department: attendance.department,
    arrivedAt: attendance.arrivedAt,
    departedAt: attendance.departedAt,
    disposal: attendance.disposal,
    leftBeforeSeen: attendance.leftBeforeSeen,
    ageOnArrival: attendance.ageOnArrival,
    patient: {
      nhsNumber: patient.nhsNumber,
      nhsNumberRefused: patient.nhsNumberRefused,
      localId: patient.localId,
      family: patient.family,
      given: patient.given,
      birthDate: patient.birthDate,
      sex: patient.sex,
      postcode: patient.postcode,
      address: patient.address,
      gpPractice: patient.gpPractice,
      school: patient.school,
    },
    notes: notes.map(({ section, words, writtenAt }) => ({ section, words, writtenAt })),
    codes: codes.map(({ system, code, display }) => ({ system, code, display })),
    alerts: [...alerts],
    partsUnread: [...partsUnread],
  }
  return JSON.stringify(row)
}

function documentRow(document: Attendance['document']): z.input<typeof AttendanceRow>['document'] {
  return document === null ? null : { id: document.id, replaces: document.replaces }
}

export function readAttendance(row: unknown): Attendance {
  const { notes, ...attendance } = read(AttendanceRow, row)
  return { ...attendance, notes: notes.map(note => new Note(note)) }
}

export function readPatient(row: unknown): Patient {
  return read(PatientRow, row)
}

export function writeMentions(mentions: readonly Mention[]): string {
  return JSON.stringify(
    mentions.map(mention => ({
      rule: mention.rule,
      ruleName: mention.ruleName,
      theme: mention.theme,
      term: mention.term,
      section: mention.section,
      start: mention.start,
      end: mention.end,
      text: mention.text,
      edits: mention.edits,
      assertion: mention.assertion,
      standing: mention.standing,
      trial: mention.trial,
      because: mention.because,
    })) satisfies z.input<typeof MentionRows>,
  )
}

export function readMentions(rows: unknown): readonly Mention[] {
  return read(MentionRows, rows)
}

/** The error names the field and what was wrong with it, and never quotes it. */
function read<Schema extends z.ZodType>(schema: Schema, row: unknown): z.output<Schema> {
  const parsed = schema.safeParse(row)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw new Error(`a held attendance does not read back: ${first?.path.join('.')} (${first?.code})`)
}
