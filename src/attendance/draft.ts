import type { AlertKind, Attendance, AttendanceKind, Code, Decoded, DocumentPart } from './attendance.ts'
import { ageAt } from './cohort.ts'
import { isDay, parseInstant } from './instant.ts'
import { findBadText } from './json-structure.ts'
import { parseNhsNumber } from './nhs-number.ts'
import { Note } from './note.ts'
import type { Sex } from './patient.ts'
import { findBadTime, hoursThatCameTwice } from './sane-times.ts'

/** Free text as a decoder found it. */
export interface DraftNote {
  readonly section: string
  readonly words: string
  /** A day, or a day and a time, as ISO 8601 writes them; null where it is not told. */
  readonly writtenAt: string | null
  /** Where in the message it stands, for whoever sets up the feed: OBX[2]-5, or column "Note". */
  readonly from?: string
}

/**
 * An attendance as a decoder found it, its values still as the hospital wrote them. Blank text means absent. Times
 * are ISO 8601, with or without a zone, or a day alone, which means its first minute.
 */
export interface AttendanceDraft {
  readonly source: string
  readonly trust: string | null
  readonly attendanceId: string | null
  readonly kind: AttendanceKind
  /** Null where the message tells the whole record. */
  readonly document: DocumentPart | null
  readonly recordedAt: string | null
  readonly site: string | null
  readonly department: string | null
  readonly arrivedAt: string | null
  readonly departedAt: string | null
  readonly disposal: string | null
  readonly leftBeforeSeen: boolean
  readonly nhsNumber: string | null
  readonly localId: string | null
  readonly family: string | null
  readonly given: string | null
  readonly birthDate: string | null
  readonly sex: Sex
  readonly postcode: string | null
  readonly address: string | null
  readonly gpPractice: string | null
  readonly school: string | null
  readonly notes: readonly DraftNote[]
  readonly codes: readonly Code[]
  readonly alerts: readonly AlertKind[]
  readonly partsUnread: readonly string[]
}

/** A message as it was read, before its values are checked. */
export type DraftedMessage =
  | { readonly kind: 'draft'; readonly draft: AttendanceDraft }
  | Extract<Decoded, { kind: 'unreadable' }>

export const emptyDraft: Omit<AttendanceDraft, 'source'> = {
  trust: null,
  attendanceId: null,
  kind: 'new',
  document: null,
  recordedAt: null,
  site: null,
  department: null,
  arrivedAt: null,
  departedAt: null,
  disposal: null,
  leftBeforeSeen: false,
  nhsNumber: null,
  localId: null,
  family: null,
  given: null,
  birthDate: null,
  sex: 'unknown',
  postcode: null,
  address: null,
  gpPractice: null,
  school: null,
  notes: [],
  codes: [],
  alerts: [],
  partsUnread: [],
}

export interface DraftOptions {
  /** ODS code of the trust where a message names none. */
  readonly defaultTrust: string
  /** When the message came: an ISO instant. */
  readonly receivedAt: string
  /** What the message calls a field, for the engineer who reads a problem. */
  readonly nameOf: (field: keyof AttendanceDraft) => string
}

/** What systems that must have a birth date write where none is known. It would make a child 126 years old. */
const notKnownDay = '1900-01-01'
const odsCode = /^[A-Z0-9]{2,12}$/
/** As in Wren's own JSON: it names the attendance for ever, on keys and in the store. */
const attendanceIdForm = /^[!-~](?:[ -~]{0,98}[!-~])?$/
const codeForm = /^[A-Za-z0-9.+/-]{1,40}$/
const sectionLengthMax = 100

/**
 * Checks a draft and makes the attendance, or says what is wrong without quoting it. What names the attendance or
 * decides the age makes the message unreadable when it is broken; of the rest, the draft says what was left out.
 */
export function finishDraft(draft: AttendanceDraft, options: DraftOptions): Decoded {
  const { nameOf } = options
  const refuse = (problem: string): Decoded => ({
    kind: 'unreadable',
    reason: 'schema',
    problem,
    source: draft.source,
  })
  const bad = findBadText(draft)
  if (bad !== null) {
    const problem = `${nameOf(fieldOf(bad))} holds a NUL or half of a surrogate pair: send text without them`
    return { kind: 'unreadable', reason: 'decode', problem, source: draft.source }
  }
  const attendanceId = blankToNull(draft.attendanceId)
  if (attendanceId === null) return refuse(`${nameOf('attendanceId')} is missing: it names the attendance`)
  if (!attendanceIdForm.test(attendanceId)) {
    return refuse(`${nameOf('attendanceId')}: expected printable ASCII, 1 to 100 characters`)
  }
  const trust = blankToNull(draft.trust) ?? options.defaultTrust
  if (!odsCode.test(trust))
    return refuse(`${nameOf('trust')}: expected an ODS code in capitals, such as "RWP"`)
  const times = readTimes(draft, nameOf)
  if ('problem' in times) return refuse(times.problem)
  const badTime = findBadTime({ ...times, nameOf }, options.receivedAt)
  if (badTime !== null) return refuse(badTime)
  const attendance = attendanceOf({ draft, times, receivedAt: options.receivedAt, trust, attendanceId })
  return { kind: 'attendance', attendance }
}

interface Times {
  readonly arrivedAt: string | null
  readonly departedAt: string | null
  readonly recordedAt: string | null
  readonly birthDate: string | null
}

function readTimes(draft: AttendanceDraft, nameOf: DraftOptions['nameOf']): Times | { problem: string } {
  const instants = { arrivedAt: draft.arrivedAt, departedAt: draft.departedAt, recordedAt: draft.recordedAt }
  const told = blankToNull(draft.birthDate)
  const read = { ...instants, birthDate: told === notKnownDay ? null : told }
  for (const field of ['arrivedAt', 'departedAt', 'recordedAt'] as const) {
    const text = blankToNull(instants[field])
    read[field] = text === null ? null : instantOf(text)
    if (text !== null && read[field] === null) {
      return {
        problem: `${nameOf(field)} is no date and time of the calendar with a year of four digits, such as 2026-03-01T09:30`,
      }
    }
  }
  if (read.birthDate !== null && !isDay(read.birthDate)) {
    return {
      problem: `${nameOf('birthDate')} is no day of the calendar with a year of four digits, such as 2011-05-30`,
    }
  }
  return read
}

function attendanceOf(checked: {
  readonly draft: AttendanceDraft
  readonly times: Times
  readonly receivedAt: string
  readonly trust: string
  readonly attendanceId: string
}): Attendance {
  const { draft, times, receivedAt, trust, attendanceId } = checked
  const { birthDate, ...instants } = times
  const site = blankToNull(draft.site)
  const sent = blankToNull(draft.nhsNumber)
  const nhsNumber = sent === null ? null : parseNhsNumber(sent)
  const strayCodes = draft.codes.filter(({ code }) => !codeForm.test(code)).length
  return {
    source: draft.source,
    trust,
    attendanceId,
    kind: draft.kind,
    document: draft.document,
    ...instants,
    site: site !== null && odsCode.test(site) ? site : null,
    department: blankToNull(draft.department),
    disposal: blankToNull(draft.disposal),
    leftBeforeSeen: draft.leftBeforeSeen,
    ageOnArrival: birthDate === null ? null : ageAt(birthDate, times.arrivedAt ?? receivedAt),
    patient: {
      nhsNumber,
      nhsNumberRefused: nhsNumber === null ? sent : null,
      localId: blankToNull(draft.localId),
      family: blankToNull(draft.family),
      given: blankToNull(draft.given),
      birthDate,
      sex: draft.sex,
      postcode: blankToNull(draft.postcode),
      address: blankToNull(draft.address),
      gpPractice: blankToNull(draft.gpPractice),
      school: blankToNull(draft.school),
    },
    notes: draft.notes.filter(({ words }) => words.trim() !== '').map(noteOf),
    codes: draft.codes.filter(({ code }) => codeForm.test(code)),
    alerts: draft.alerts,
    partsUnread: [
      ...draft.partsUnread,
      ...hoursThatCameTwice(draft),
      ...(site !== null && !odsCode.test(site) ? ['site not read: no ODS code'] : []),
      ...(strayCodes === 0
        ? []
        : [`${strayCodes} ${strayCodes === 1 ? 'code' : 'codes'} not read: of no known form`]),
    ],
  }
}

/** A section's name is a label. One that is longer than a label may hold words that count: they stay in the text. */
function noteOf({ section, words, writtenAt }: DraftNote): Note {
  const name = section.trim() === '' ? 'note' : section.trim()
  return new Note({
    section: name.slice(0, sectionLengthMax),
    words: name.length > sectionLengthMax ? `${name}\n${words}` : words,
    writtenAt: writtenAt === null ? null : instantOf(writtenAt),
  })
}

export function instantOf(text: string): string | null {
  return parseInstant(isDay(text) ? `${text}T00:00` : text)
}

function fieldOf([first]: readonly PropertyKey[]): keyof AttendanceDraft {
  const field = Object.keys(emptyDraft).find(key => key === first)
  return isField(field) ? field : 'notes'
}

function isField(text: string | undefined): text is keyof AttendanceDraft {
  return text !== undefined && text in emptyDraft
}

export function blankToNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}
