import type { Attendance, DecodedMerge, Told } from '../../attendance/attendance.ts'
import type { AttendanceDraft } from '../../attendance/draft.ts'

/**
 * A message as Wren reads it, for the person who sets up a feed. Without `withText` it tells no name, no number and
 * no word of a patient: only that they are there, and how long they are.
 */
export function showDecoded(
  decoded: Told,
  {
    title,
    withText,
    origins = null,
  }: { readonly title: string; readonly withText: boolean; readonly origins?: Origins | null },
): string {
  if (decoded.kind === 'unreadable') return `${title}: unreadable: ${decoded.problem}\n\n`
  if (decoded.kind === 'merge') return showMerge(decoded, { title, withText })
  const rows = [...plainRows(decoded.attendance), ...patientRows(decoded.attendance, withText)]
  const shown = rows.map(([name, value, field]) => showRow([name, value], field && origins?.fields[field]))
  const notes = noteRows(decoded.attendance, withText).map((row, index) =>
    showRow(row, origins?.notes[index]),
  )
  const remarks = (origins?.remarks ?? []).map(remark => `  ${remark}\n`)
  return `${title}:\n${[...shown, ...notes, ...remarks].join('')}\n`
}

/** Where a message says each field and each note, and what else whoever sets up a feed must know. */
export interface Origins {
  readonly fields: Readonly<Partial<Record<keyof AttendanceDraft, string>>>
  readonly notes: readonly string[]
  readonly remarks: readonly string[]
}

function showRow([name, value]: Row, from: string | undefined): string {
  const origin = from === undefined || from === '' || value === null ? '' : `  [${from}]`
  return `  ${name.padEnd(16)}  ${value ?? '–'}${origin}\n`
}

type Row = readonly [name: string, value: string | null, field?: keyof AttendanceDraft]

function plainRows(attendance: Attendance): readonly Row[] {
  const { source, trust, attendanceId, kind, site, department, disposal } = attendance
  return [
    ['source', source, 'source'],
    ['trust', trust, 'trust'],
    ['attendance', attendanceId, 'attendanceId'],
    ['kind', kind, 'kind'],
    ['site', site, 'site'],
    ['department', department, 'department'],
    ['document', documentWords(attendance), 'document'],
    ['recorded', attendance.recordedAt, 'recordedAt'],
    ['arrived', attendance.arrivedAt, 'arrivedAt'],
    ['departed', attendance.departedAt, 'departedAt'],
    ['disposal', disposal, 'disposal'],
    ['left before seen', attendance.leftBeforeSeen ? 'yes' : 'no', 'leftBeforeSeen'],
    ['age on arrival', attendance.ageOnArrival === null ? 'not known' : String(attendance.ageOnArrival)],
    ['codes', attendance.codes.map(({ system, code }) => `${system} ${code}`).join(', ') || null, 'codes'],
    ['not read', attendance.partsUnread.join('; ') || null],
  ]
}

/** Its id is the source's own name for it, and may hold a patient's. */
function documentWords({ document }: Attendance): string | null {
  if (document === null) return null
  return document.replaces === null ? 'one of the record' : 'one of the record, in the place of another'
}

function showMerge(
  { source, trust, recordedAt, merges }: DecodedMerge,
  { title, withText }: { readonly title: string; readonly withText: boolean },
): string {
  const hidden = (number: string): string => (withText ? number : `(${number.length} characters)`)
  const rows: readonly Row[] = [
    ['source', source],
    ['trust', trust],
    ['recorded', recordedAt],
    ...merges.map(({ prior, surviving }): Row => ['merged', `${hidden(prior)} into ${hidden(surviving)}`]),
  ]
  return `${title}: a merge of patients:\n${rows.map(row => showRow(row, undefined)).join('')}\n`
}

function patientRows({ patient }: Attendance, withText: boolean): readonly Row[] {
  const hidden = (value: string | null): string | null =>
    value === null || withText ? value : `(${value.length} characters)`
  const nhsNumber =
    patient.nhsNumber ??
    (patient.nhsNumberRefused === null ? null : `${patient.nhsNumberRefused} (fails its check)`)
  const hiddenNumber = patient.nhsNumber === null ? 'there, and fails its check' : 'there, and valid'
  return [
    ['NHS number', nhsNumber === null || withText ? nhsNumber : hiddenNumber, 'nhsNumber'],
    ['local id', hidden(patient.localId), 'localId'],
    ['family', hidden(patient.family), 'family'],
    ['given', hidden(patient.given), 'given'],
    ['birth date', hidden(patient.birthDate), 'birthDate'],
    ['sex', patient.sex, 'sex'],
    ['postcode', hidden(patient.postcode), 'postcode'],
    ['address', hidden(patient.address), 'address'],
    ['GP practice', patient.gpPractice, 'gpPractice'],
    ['school', hidden(patient.school), 'school'],
  ]
}

function noteRows({ notes }: Attendance, withText: boolean): readonly Row[] {
  return notes.map(({ section, words, writtenAt }): Row => {
    const when = writtenAt === null ? '' : `, ${writtenAt}`
    const shown = withText ? words.replaceAll('\n', '\n    ') : `(${words.length} characters)`
    return [`note: ${section}${when}`, shown]
  })
}
