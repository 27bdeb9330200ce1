import { z } from 'zod'
import { alertKinds, attendanceKinds, codeSystems } from './attendance.ts'
import { isDay, parseInstant } from './instant.ts'
import { sexes } from './patient.ts'

/**
 * Wren's own JSON, version 1; docs/attendance-json.md is its manual. Every object is strict: a key that is not
 * known is refused, because `note` for `notes` would hide a child. Every `error` completes the sentence
 * "<field>: expected …" and must never quote the value.
 */

/** Prometheus labels carry the source, so it is a name and nothing else. */
export const sourceForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/

const source = z.string({ error: 'a name such as "ed-worcester"' }).regex(sourceForm, {
  error: 'a name of at most 64 letters, digits, ".", "_", ":" or "-", such as "ed-worcester"',
})

const attendanceId = z
  .string({ error: 'text in quotes, such as "E2604117"' })
  .regex(/^[!-~](?:[ -~]{0,98}[!-~])?$/, {
    error: 'printable ASCII, 1 to 100 characters, no space at either end',
  })

const odsCode = z
  .string({ error: 'an ODS code in quotes, such as "RWP"' })
  .regex(/^[A-Z0-9]{2,12}$/, { error: 'an ODS code in capitals, such as "RWP"' })

const instant = z
  .string({ error: 'a date and time in quotes, such as "2026-03-01T09:30:00Z"' })
  .transform((text, context) => {
    const parsed = parseInstant(text)
    if (parsed === null) {
      context.addIssue({
        code: 'custom',
        message: 'a date and time such as "2026-03-01T09:30:00Z" or "2026-03-01T09:30:00+01:00"',
      })
      return z.NEVER
    }
    return parsed
  })

const day = z
  .string({ error: 'a date in quotes, such as "2011-05-30"' })
  .refine(text => text === '' || isDay(text), { error: 'a date such as "2011-05-30"' })

function line(lengthMax: number) {
  return z
    .string({ error: 'text in quotes' })
    .max(lengthMax, { error: `text of at most ${lengthMax} characters` })
}

const patient = z.strictObject(
  {
    nhsNumber: line(40).nullish(),
    localId: line(100).nullish(),
    family: line(200).nullish(),
    given: line(200).nullish(),
    birthDate: day.nullish(),
    sex: z.enum(sexes, { error: oneOf(sexes) }).nullish(),
    postcode: line(20).nullish(),
    address: line(500).nullish(),
    gpPractice: line(200).nullish(),
    school: line(200).nullish(),
  },
  { error: 'an object { … }' },
)

const note = z.strictObject(
  {
    section: z
      .string({ error: 'text in quotes, such as "triage"' })
      .min(1, { error: 'a name such as "triage"' })
      .max(100, { error: 'text of at most 100 characters' }),
    text: z.string({ error: 'text in quotes' }),
    writtenAt: instant.nullish(),
  },
  { error: 'an object { "section": …, "text": … }' },
)

const code = z.strictObject(
  {
    system: z.enum(codeSystems, { error: oneOf(codeSystems) }),
    code: z.string({ error: 'a code in quotes' }).regex(/^[A-Za-z0-9.+/-]{1,40}$/, {
      error: 'a code of letters, digits, ".", "+", "/" or "-"',
    }),
    display: line(500).nullish(),
  },
  { error: 'an object { "system": …, "code": … }' },
)

export const attendanceJson = z.strictObject(
  {
    wren: z
      .literal(1, { error: 'the number 1, the version of the format that this program reads' })
      .optional(),
    source,
    attendanceId,
    trust: odsCode.nullish(),
    kind: z.enum(attendanceKinds, { error: oneOf(attendanceKinds) }).nullish(),
    site: odsCode.nullish(),
    department: line(100).nullish(),
    recordedAt: instant.nullish(),
    arrivedAt: instant.nullish(),
    departedAt: instant.nullish(),
    disposal: line(200).nullish(),
    leftBeforeSeen: z.boolean({ error: 'true or false' }).nullish(),
    patient: patient.nullish(),
    notes: z.array(note, { error: 'a list [ … ]' }).nullish(),
    codes: z.array(code, { error: 'a list [ … ]' }).nullish(),
    alerts: z.array(z.enum(alertKinds, { error: oneOf(alertKinds) }), { error: 'a list [ … ]' }).nullish(),
  },
  { error: 'one object { … }' },
)

/** A message as a source writes it. */
export type AttendanceMessage = z.input<typeof attendanceJson>
/** A message that keeps the schema, its instants brought to one form. */
export type ReadMessage = z.output<typeof attendanceJson>

/** The keys that each kind of object takes, by the last word of its path. */
export const knownKeys: Readonly<Record<'message' | 'patient' | 'notes' | 'codes', readonly string[]>> = {
  message: Object.keys(attendanceJson.shape),
  patient: Object.keys(patient.shape),
  notes: Object.keys(note.shape),
  codes: Object.keys(code.shape),
}

function oneOf(words: readonly string[]): string {
  return `one of ${words.map(word => `"${word}"`).join(', ')}`
}
