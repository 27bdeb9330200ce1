import type { Attendance, Decoded } from '../../attendance/attendance.ts'

/**
 * A message as Wren reads it, for the person who sets up a feed. Without `withText` it tells no name, no number and
 * no word of a patient: only that they are there, and how long they are.
 */
export function showDecoded(
  decoded: Decoded,
  { line, withText }: { readonly line: number; readonly withText: boolean },
): string {
  if (decoded.kind === 'unreadable') return `line ${line}: unreadable: ${decoded.problem}\n\n`
  const rows = [...plainRows(decoded.attendance), ...patientRows(decoded.attendance, withText)]
  const shown = rows.map(([name, value]) => `  ${name.padEnd(16)}  ${value ?? '–'}\n`)
  return `line ${line}:\n${shown.join('')}\n`
}

type Row = readonly [name: string, value: string | null]

function plainRows(attendance: Attendance): readonly Row[] {
  const { source, trust, attendanceId, kind, site, department, disposal } = attendance
  return [
    ['source', source],
    ['trust', trust],
    ['attendance', attendanceId],
    ['kind', kind],
    ['site', site],
    ['department', department],
    ['recorded', attendance.recordedAt],
    ['arrived', attendance.arrivedAt],
    ['departed', attendance.departedAt],
    ['disposal', disposal],
    ['left before seen', attendance.leftBeforeSeen ? 'yes' : 'no'],
    ['age on arrival', attendance.ageOnArrival === null ? 'not known' : String(attendance.ageOnArrival)],
    ['codes', attendance.codes.map(({ system, code }) => `${system} ${code}`).join(', ') || null],
    ['not read', attendance.partsUnread.join('; ') || null],
  ]
}

function patientRows({ patient, notes }: Attendance, withText: boolean): readonly Row[] {
  const hidden = (value: string | null): string | null =>
    value === null || withText ? value : `(${value.length} characters)`
  const nhsNumber =
    patient.nhsNumber ??
    (patient.nhsNumberRefused === null ? null : `${patient.nhsNumberRefused} (fails its check)`)
  const hiddenNumber = patient.nhsNumber === null ? 'there, and fails its check' : 'there, and valid'
  return [
    ['NHS number', nhsNumber === null || withText ? nhsNumber : hiddenNumber],
    ['local id', hidden(patient.localId)],
    ['family', hidden(patient.family)],
    ['given', hidden(patient.given)],
    ['birth date', hidden(patient.birthDate)],
    ['sex', patient.sex],
    ['postcode', hidden(patient.postcode)],
    ['address', hidden(patient.address)],
    ['GP practice', patient.gpPractice],
    ['school', hidden(patient.school)],
    ...notes.map(({ section, words, writtenAt }): Row => {
      const when = writtenAt === null ? '' : `, ${writtenAt}`
      return [
        `note: ${section}${when}`,
        withText ? words.replaceAll('\n', '\n    ') : `(${words.length} characters)`,
      ]
    }),
  ]
}
