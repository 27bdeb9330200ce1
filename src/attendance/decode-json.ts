import type { Attendance, Decoded, UnreadableReason } from './attendance.ts'
import { ageAt } from './cohort.ts'
import { describeIssues, formatPath } from './json-problem.ts'
import { attendanceJson, type ReadMessage, sourceForm } from './json-schema.ts'
import { countMembers, findBadText, measureJson } from './json-structure.ts'
import { parseNhsNumber } from './nhs-number.ts'
import { Note } from './note.ts'
import type { Patient } from './patient.ts'
import { findBadTime, type ToldTimes } from './sane-times.ts'

/** Both are checked before anything is parsed. Beyond them a message is unreadable, and kept. */
export const messageBytesMax = 10 * 1024 * 1024
const depthMax = 32

const utf8 = new TextDecoder('utf-8', { fatal: true })

export interface DecodeOptions {
  /** ODS code of the trust where a message names none. */
  readonly defaultTrust: string
  /** When the message came: an ISO instant. */
  readonly receivedAt: string
}

/** Reads one message in Wren's own JSON. Never throws, whatever the bytes. */
export function decodeJson(bytes: Uint8Array, options: DecodeOptions): Decoded {
  if (bytes.length === 0) return unreadable('decode', 'the message is empty')
  if (bytes.length > messageBytesMax) {
    return unreadable(
      'too_large',
      `the message has ${bytes.length} bytes: at most ${messageBytesMax} are read`,
    )
  }
  const text = decodeUtf8(bytes)
  if (text === null) return unreadable('decode', 'the message is not UTF-8')
  const { members, tooDeep } = measureJson(text, depthMax)
  if (tooDeep) return unreadable('decode', `the message is nested more than ${depthMax} levels deep`)
  const parsed = parseJson(text)
  if ('problem' in parsed) return unreadable('decode', parsed.problem)
  const source = sourceOf(parsed.value)
  if (countMembers(parsed.value) !== members) {
    return unreadable('decode', 'a key stands twice in the same object: which one is meant?', source)
  }
  const read = attendanceJson.safeParse(parsed.value)
  if (!read.success) return unreadable('schema', describeIssues(read.error.issues, parsed.value), source)
  // Only an escape can bring in what UTF-8 and JSON would not let pass as it is.
  const bad = text.includes('\\u') ? findBadText(read.data) : null
  if (bad !== null) {
    const problem = `${formatPath(bad)} holds a NUL or half of a surrogate pair: send text without them`
    return unreadable('decode', problem, source)
  }
  const problem = findBadTime(timesOf(read.data), options.receivedAt)
  if (problem !== null) return unreadable('schema', problem, source)
  return { kind: 'attendance', attendance: attendanceOf(read.data, options) }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes) // drops a byte-order mark
  } catch {
    return null
  }
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    // The engine's message may quote the text. Only the place at its very end is safe to repeat.
    const place = /at position \d+ \((line \d+ column \d+)\)$/.exec(
      error instanceof Error ? error.message : '',
    )
    const where = place === null ? '' : `, at ${place[1]}`
    return { problem: `the message is not JSON${looksLike(text)}${where}` }
  }
}

function looksLike(text: string): string {
  if (text.startsWith('MSH|')) return ': it looks like HL7 v2'
  if (text.trimStart().startsWith('<')) return ': it looks like XML or HTML'
  return ''
}

function timesOf({ arrivedAt, recordedAt, patient }: ReadMessage): ToldTimes {
  return {
    arrivedAt: arrivedAt ?? null,
    recordedAt: recordedAt ?? null,
    birthDate: blankToNull(patient?.birthDate),
    nameOf: field => (field === 'birthDate' ? 'patient.birthDate' : field),
  }
}

function attendanceOf(message: ReadMessage, { defaultTrust, receivedAt }: DecodeOptions): Attendance {
  const patient = patientOf(message.patient ?? {})
  const arrivedAt = message.arrivedAt ?? null
  return {
    source: message.source,
    trust: message.trust ?? defaultTrust,
    attendanceId: message.attendanceId,
    kind: message.kind ?? 'new',
    document: null,
    recordedAt: message.recordedAt ?? null,
    site: message.site ?? null,
    department: blankToNull(message.department),
    arrivedAt,
    departedAt: message.departedAt ?? null,
    disposal: blankToNull(message.disposal),
    leftBeforeSeen: message.leftBeforeSeen ?? false,
    ageOnArrival: patient.birthDate === null ? null : ageAt(patient.birthDate, arrivedAt ?? receivedAt),
    patient,
    notes: (message.notes ?? []).map(
      ({ section, text, writtenAt }) => new Note({ section, words: text, writtenAt: writtenAt ?? null }),
    ),
    codes: (message.codes ?? []).map(({ system, code, display }) => ({
      system,
      code,
      display: blankToNull(display),
    })),
    alerts: message.alerts ?? [],
    partsUnread: [],
  }
}

function patientOf(patient: NonNullable<ReadMessage['patient']>): Patient {
  const sent = blankToNull(patient.nhsNumber)
  const nhsNumber = sent === null ? null : parseNhsNumber(sent)
  return {
    nhsNumber,
    nhsNumberRefused: nhsNumber === null ? sent : null,
    localId: blankToNull(patient.localId),
    family: blankToNull(patient.family),
    given: blankToNull(patient.given),
    birthDate: blankToNull(patient.birthDate),
    sex: patient.sex ?? 'unknown',
    postcode: blankToNull(patient.postcode),
    address: blankToNull(patient.address),
    gpPractice: blankToNull(patient.gpPractice),
    school: blankToNull(patient.school),
  }
}

/** What the message tells of its sender, even where the rest cannot be read; null where that is no name. */
function sourceOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('source' in value)) return null
  return typeof value.source === 'string' && sourceForm.test(value.source) ? value.source : null
}

function blankToNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

function unreadable(reason: UnreadableReason, problem: string, source: string | null = null): Decoded {
  return { kind: 'unreadable', reason, problem, source }
}
