import type { Code, Decoded, DecodedMerge, Told, UnreadableReason } from '../attendance.ts'
import { messageBytesMax } from '../decode-json.ts'
import { countUnread } from '../documents/count-unread.ts'
import type { ReadPdf } from '../documents/read-document.ts'
import { type AttendanceDraft, emptyDraft, finishDraft, instantOf } from '../draft.ts'
import { sourceForm } from '../json-schema.ts'
import { findBadTime } from '../sane-times.ts'
import { readDocumentPart } from './document-part.ts'
import { type Effect, effectOf } from './events.ts'
import { type FoundNote, readFreeText, type TextField } from './free-text.ts'
import { readMerges } from './merge.ts'
import { firstOf, type Message, splitMessage } from './message.ts'
import { readPatient } from './patient.ts'
import { isoTimeOf } from './time.ts'

export interface Hl7v2Options {
  /** ODS code of the trust where MSH-4 names none. */
  readonly defaultTrust: string
  /** When the message came: an ISO instant. */
  readonly receivedAt: string
  /** Fields of local segments that hold free text. */
  readonly textFields?: readonly TextField[]
  /** Reads the text of embedded PDFs; without it they are counted. */
  readonly readPdf?: ReadPdf | null
}

/**
 * Reads one HL7 v2 message, of any version from 2.1 to 2.8. Never throws, whatever the bytes. The fields are the ones
 * in `fieldNames` and those that free-text.ts and patient.ts name.
 */
export function decodeHl7v2(bytes: Uint8Array, options: Hl7v2Options): Told {
  const read = draftHl7v2(bytes, options)
  if (read.kind !== 'draft') return read
  return finishDraft(read.draft, { ...options, nameOf: field => fieldNames[field] ?? field })
}

/** Where each field of an attendance comes from. */
export const fieldNames: Readonly<Partial<Record<keyof AttendanceDraft, string>>> = {
  source: 'MSH-3',
  trust: 'MSH-4',
  attendanceId: 'PV1-19 (or PV1-50)',
  kind: 'MSH-9',
  document: 'TXA-12 (or OBR-3)',
  recordedAt: 'EVN-2 (or MSH-7)',
  site: 'PV1-3.4 (or MSH-4)',
  department: 'PV1-3.1',
  arrivedAt: 'PV1-44',
  departedAt: 'PV1-45',
  disposal: 'PV1-36',
  nhsNumber: 'PID-3 (type NH)',
  localId: 'PID-3',
  family: 'PID-5.1',
  given: 'PID-5.2',
  birthDate: 'PID-7',
  sex: 'PID-8',
  postcode: 'PID-11.5',
  address: 'PID-11',
  gpPractice: 'PD1-3',
  notes: 'PV2-3, DG1, NTE-3 and OBX-5',
  codes: 'DG1-3',
}

type Drafted =
  | {
      readonly kind: 'draft'
      readonly draft: AttendanceDraft
      readonly notes: readonly FoundNote[]
      /** Local segments of which no field was read. */
      readonly passedOver: readonly string[]
    }
  | DecodedMerge
  | Unreadable

type Unreadable = Extract<Decoded, { kind: 'unreadable' }>

/** What a message tells, before its values are checked. */
export function draftHl7v2(bytes: Uint8Array, options: Hl7v2Options): Drafted {
  if (bytes.length === 0) return unreadable('decode', 'the message is empty')
  if (bytes.length > messageBytesMax) {
    return unreadable(
      'too_large',
      `the message has ${bytes.length} bytes: at most ${messageBytesMax} are read`,
    )
  }
  const message = splitMessage(bytes)
  if ('problem' in message) return unreadable('decode', message.problem)
  const source = sourceOf(message)
  const effect = readEffect(message)
  if ('problem' in effect) return unreadable('schema', effect.problem, source)
  if (effect.kind === 'merge') return readMerge(message, { ...options, source })
  const twice = findSecond(message)
  if (twice !== null) return unreadable('schema', twice, source)
  const document = readDocumentPart(message, effect)
  if (document !== null && 'problem' in document) return unreadable('schema', document.problem, source)
  const { patient, unread } = readPatient(message)
  const { notes, documents } = readFreeText(message, options)
  const lost = message.hasLostLetters ? ['letters that were lost before they came here'] : []
  return {
    kind: 'draft',
    notes,
    passedOver: passedOver(message, options.textFields ?? []),
    draft: {
      ...emptyDraft,
      ...readVisit(message),
      ...patient,
      source: source ?? 'hl7v2',
      kind: effect.kind,
      document,
      notes,
      codes: readCodes(message),
      partsUnread: [...countUnread(documents), ...unread, ...lost],
    },
  }
}

/** MSH-3, else MSH-4, as a name that metrics can carry. */
function sourceOf({ header, escapes }: Message): string | null {
  for (const field of [3, 4]) {
    const name = firstOf(header, { field }, escapes)
      .replace(/[^A-Za-z0-9._:-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 64)
    if (sourceForm.test(name)) return name
  }
  return null
}

type Readable = Exclude<Effect, 'merge-of-visits' | 'unknown'>

function readEffect({
  header,
  segments,
  escapes,
}: Message):
  | { readonly kind: Readable; readonly type: string; readonly event: string }
  | { readonly problem: string } {
  const type = firstOf(header, { field: 9 }, escapes)
  const event =
    firstOf(header, { field: 9, component: 2 }, escapes) ||
    firstOf(
      segments.find(segment => segment.name === 'EVN'),
      { field: 1 },
      escapes,
    )
  const kind = effectOf(type, event)
  if (kind === 'merge-of-visits') {
    return {
      problem: `${type} ${event} merges accounts or visits, which Wren does not apply: look up both numbers by hand`,
    }
  }
  if (kind !== 'unknown') return { kind, type, event }
  // Only what has the form of a type is repeated: anything may stand in a broken header.
  const named =
    /^[A-Z]{3}$/.test(type) && /^[A-Z]\d\d$/.test(event) ? `${type} ${event}` : 'the type in MSH-9'
  return { problem: `${named} is not read: expected ADT, MDM T01 to T11 or ORU R01` }
}

function readMerge(
  message: Message,
  { defaultTrust, receivedAt, source }: Hl7v2Options & { readonly source: string | null },
): DecodedMerge | Unreadable {
  const read = readMerges(message)
  if ('problem' in read) return unreadable('schema', read.problem, source)
  const { trust, recordedAt: told } = readVisit(message)
  const recordedAt = told === null ? null : instantOf(told)
  const name = fieldNames.recordedAt ?? 'recordedAt'
  if (told !== null && recordedAt === null) {
    return unreadable('schema', `${name} is no date and time, such as 20260301093000`, source)
  }
  const badTime = findBadTime(
    { arrivedAt: null, recordedAt, birthDate: null, nameOf: () => name },
    receivedAt,
  )
  if (badTime !== null) return unreadable('schema', badTime, source)
  return { kind: 'merge', source: source ?? 'hl7v2', trust: trust ?? defaultTrust, recordedAt, ...read }
}

/** One message, one child, one visit: of two, the words of one could be read as the other's. */
function findSecond({ segments }: Message): string | null {
  const second = segments.find(({ name, number }) => number > 1 && (name === 'PID' || name === 'PV1'))
  if (second === undefined) return null
  return second.name === 'PID'
    ? 'there are several PID segments: send one patient in a message'
    : 'there are several PV1 segments: send one attendance in a message'
}

/** Trusts and their sites: R or T and two more, then two for the site (ODS). */
const odsForm = /^[RT][A-Z0-9]{2}(?:[A-Z0-9]{2})?$/

function readVisit({ header, segments, escapes }: Message) {
  const pv1 = segments.find(segment => segment.name === 'PV1')
  const evn = segments.find(segment => segment.name === 'EVN')
  const sender = [1, 2]
    .map(component => firstOf(header, { field: 4, component }, escapes))
    .find(value => odsForm.test(value))
  const facility = firstOf(pv1, { field: 3, component: 4 }, escapes)
  const senderSite = sender?.length === 5 ? sender : null
  return {
    attendanceId: firstOf(pv1, { field: 19 }, escapes) || firstOf(pv1, { field: 50 }, escapes),
    trust: sender?.slice(0, 3) ?? null,
    site: odsForm.test(facility) ? facility : senderSite,
    department: firstOf(pv1, { field: 3 }, escapes),
    recordedAt: isoTimeOf(firstOf(evn, { field: 2 }, escapes) || firstOf(header, { field: 7 }, escapes)),
    arrivedAt: isoTimeOf(firstOf(pv1, { field: 44 }, escapes)),
    departedAt: isoTimeOf(firstOf(pv1, { field: 45 }, escapes)),
    disposal: firstOf(pv1, { field: 36 }, escapes),
  }
}

const codeSystems: Readonly<Record<string, Code['system']>> = {
  I10: 'icd10',
  ICD10: 'icd10',
  'ICD-10': 'icd10',
  SCT: 'snomed',
  SNM: 'snomed',
  SNOMED: 'snomed',
  'SNOMED-CT': 'snomed',
}

/** DG1-3, both codings of it. One of another system stays in the text. */
function readCodes({ segments, escapes }: Message): readonly Code[] {
  return segments
    .filter(segment => segment.name === 'DG1')
    .flatMap(segment =>
      [1, 4].flatMap(component => {
        const at = (step: number): string =>
          firstOf(segment, { field: 3, component: component + step }, escapes)
        const system = codeSystems[at(2).toUpperCase()]
        return system === undefined || at(0) === '' ? [] : [{ system, code: at(0), display: at(1) || null }]
      }),
    )
}

function passedOver({ segments }: Message, textFields: readonly TextField[]): readonly string[] {
  const read = new Set(textFields.map(({ segment }) => segment))
  const local = segments.filter(({ name }) => name.startsWith('Z') && !read.has(name))
  return [...new Set(local.map(({ name }) => name))]
}

function unreadable(reason: UnreadableReason, problem: string, source: string | null = null): Unreadable {
  return { kind: 'unreadable', reason, problem, source }
}
