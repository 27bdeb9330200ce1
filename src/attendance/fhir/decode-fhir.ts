import type { AttendanceKind, Code, Decoded, UnreadableReason } from '../attendance.ts'
import { messageBytesMax } from '../decode-json.ts'
import { decodeText } from '../decode-text.ts'
import { countUnread } from '../documents/count-unread.ts'
import type { ReadPdf } from '../documents/read-document.ts'
import { type AttendanceDraft, type DraftedMessage, emptyDraft, finishDraft } from '../draft.ts'
import { sourceForm } from '../json-schema.ts'
import { type Bundle, type Entry, openBundle } from './bundle.ts'
import { type Chosen, choosePatient } from './choose-patient.ts'
import { allOf, oneOf, textOf, typeOf } from './fhir-tree.ts'
import { codesOf, wordsOf } from './read-codes.ts'
import { readFhirJson } from './read-fhir-json.ts'
import { readFhirXml } from './read-fhir-xml.ts'
import { holdsWords, type ReadNotes, readNotes } from './read-notes.ts'
import { nhsNumberSystem, readPatient } from './read-patient.ts'
import { readPlace } from './read-place.ts'

export interface FhirOptions {
  /** ODS code of the trust where a message names none. */
  readonly defaultTrust: string
  /** When the message came: an ISO instant. */
  readonly receivedAt: string
  /** Reads the text of embedded PDFs; without it they are counted. */
  readonly readPdf?: ReadPdf | null
}

/** Where each field comes from in a Bundle, for problems and for whoever sets up a feed. */
export const fhirNames: Readonly<Partial<Record<keyof AttendanceDraft, string>>> = {
  source: 'MessageHeader.source.name',
  attendanceId: 'Encounter.identifier',
  trust: 'Encounter.serviceProvider',
  arrivedAt: 'Encounter.period.start',
  departedAt: 'Encounter.period.end',
  recordedAt: 'the time of the message (Bundle.timestamp, MessageHeader.timestamp or Composition.date)',
  kind: 'Encounter.status and MessageHeader.reason',
  site: 'Encounter.location or serviceProvider',
  department: 'Encounter.location',
  disposal: 'Encounter.hospitalization.dischargeDisposition',
  nhsNumber: `Patient.identifier of ${nhsNumberSystem}`,
  localId: 'Patient.identifier of type MR, or the first other',
  family: 'Patient.name',
  given: 'Patient.name',
  birthDate: 'Patient.birthDate',
  sex: 'Patient.gender',
  postcode: 'Patient.address',
  address: 'Patient.address',
  gpPractice: 'Patient.generalPractitioner',
  codes: 'Condition.code and Encounter.reasonCode',
  notes: 'the text',
}

/**
 * Reads a Bundle of type message, document or collection in FHIR STU3 or R4, in JSON or XML: one attendance. The two
 * versions differ in few members, and both are looked for:
 *
 *     STU3                                  R4
 *     Encounter.reason                      Encounter.reasonCode
 *     MessageHeader.timestamp               Bundle.timestamp
 *     DocumentReference.indexed             DocumentReference.date
 *     Condition.assertedDate                Condition.recordedDate
 *     Binary.content                        Binary.data
 *
 * Never throws, whatever the bytes.
 */
export function decodeFhir(bytes: Uint8Array, options: FhirOptions): Decoded {
  const drafted = draftFhir(bytes, options)
  if (drafted.kind === 'unreadable') return drafted
  return finishDraft(drafted.draft, { ...options, nameOf: field => fhirNames[field] ?? field })
}

/** What a Bundle tells, before its values are checked. */
export function draftFhir(
  bytes: Uint8Array,
  { readPdf = null }: Pick<FhirOptions, 'readPdf'>,
): DraftedMessage {
  if (bytes.length > messageBytesMax) {
    const problem = `the message has ${bytes.length} bytes: at most ${messageBytesMax} are read`
    return unreadable(problem, { reason: 'too_large' })
  }
  const text = decodeText(bytes).trim()
  if (text === '') return unreadable('the message is empty')
  const tree = text.startsWith('<') ? readFhirXml(text) : readFhirJson(text)
  if ('problem' in tree) return unreadable(tree.problem)
  const bundle = openBundle(tree.root)
  if ('problem' in bundle) return unreadable(bundle.problem, { reason: 'schema' })
  const source = sourceOf(bundle)
  const chosen = choosePatient(bundle)
  if ('problem' in chosen) return unreadable(chosen.problem, { reason: 'schema', source })
  return { kind: 'draft', draft: draftOf({ bundle, chosen, source: source ?? 'fhir', readPdf }) }
}

interface Reading {
  readonly bundle: Bundle
  readonly chosen: Chosen
  readonly source: string
  readonly readPdf: ReadPdf | null
}

function draftOf(reading: Reading): AttendanceDraft {
  const { bundle, chosen, source } = reading
  const { encounter, patient } = chosen
  const { resource } = encounter
  const period = oneOf(resource, 'period')
  const who =
    patient === null
      ? { partsUnread: ['patient not read: not in the message'] }
      : readPatient(patient, bundle)
  const said = readAll(reading)
  const strange = bundle.entries.filter(entry => chosen.belongs(entry) === 'ours' && hasModifier(entry))
  return {
    ...emptyDraft,
    ...who,
    ...readPlace(encounter, bundle),
    source,
    attendanceId: attendanceIdOf(encounter),
    kind: kindOf(encounter, bundle),
    recordedAt: recordedAtOf(bundle),
    arrivedAt: textOf(period, 'start'),
    departedAt: textOf(period, 'end'),
    disposal: wordsOf(oneOf(oneOf(resource, 'hospitalization'), 'dischargeDisposition'))[0] ?? null,
    notes: said.notes,
    codes: codesIn(bundle, chosen),
    partsUnread: [...who.partsUnread, ...said.unread, ...countUnread(strange.map(() => strangePart))],
  }
}

/** All free text that belongs to the patient. What might be another's is counted, and not read. */
function readAll({ bundle, chosen: { belongs }, readPdf }: Reading) {
  const ours = bundle.entries
    .filter(entry => belongs(entry) === 'ours')
    .map(entry => withPlace(readNotes(entry, { bundle, readPdf }), { entry, bundle }))
  const others = bundle.entries.filter(
    entry => belongs(entry) !== 'ours' && holdsWords(readNotes(entry, { bundle, readPdf: null })),
  )
  return {
    notes: ours.flatMap(({ notes }) => notes),
    unread: [
      ...countUnread(ours.flatMap(({ unread }) => unread)),
      ...countUnread(others.map(() => 'part left out: it names another patient, or none of several')),
    ],
  }
}

/** Such as Bundle.entry[2] (Condition). */
function withPlace(read: ReadNotes, { entry, bundle }: { entry: Entry; bundle: Bundle }): ReadNotes {
  const from = `Bundle.entry[${bundle.indexOf(entry)}] (${typeOf(entry.resource) ?? 'resource'})`
  return { ...read, notes: read.notes.map(note => ({ ...note, from })) }
}

function codesIn(bundle: Bundle, { encounter, belongs }: Chosen): readonly Code[] {
  const conditions = bundle
    .ofType('Condition')
    .filter(entry => belongs(entry) === 'ours' && isHeldTrue(entry))
  const codes = [
    ...['reasonCode', 'reason'].flatMap(name => allOf(encounter.resource, name).flatMap(codesOf)),
    ...conditions.flatMap(({ resource }) => codesOf(oneOf(resource, 'code'))),
  ]
  return [...new Map(codes.map(code => [`${code.system} ${code.code}`, code])).values()]
}

/** STU3 has the status as a code, R4 as a CodeableConcept. The words of a refuted diagnosis stay a note. */
function isHeldTrue({ resource }: Entry): boolean {
  const coding = allOf(oneOf(resource, 'verificationStatus'), 'coding')[0] ?? null
  const status = textOf(coding, 'code') ?? textOf(resource, 'verificationStatus')
  return status !== 'refuted' && status !== 'entered-in-error'
}

/**
 * FHIR lets a sender turn the meaning of a resource round by an extension. Its words are read all the same: whether
 * they count, a nurse decides.
 */
const strangePart = 'part with a modifierExtension that Wren does not know: read as if it were without'

function hasModifier({ resource }: Entry): boolean {
  return allOf(resource, 'modifierExtension').length > 0
}

/** The hospital's number of the visit; where it has none, the server's. */
function attendanceIdOf({ resource }: Entry): string | null {
  const identifiers = allOf(resource, 'identifier').filter(({ use }) => use !== 'old')
  const official = identifiers.find(({ use }) => use === 'official')
  const values = [official ?? null, ...identifiers].map(identifier => textOf(identifier, 'value'))
  return values.find(value => value !== null) ?? textOf(resource, 'id')
}

function kindOf({ resource }: Entry, bundle: Bundle): AttendanceKind {
  const status = textOf(resource, 'status')
  if (status === 'cancelled' || status === 'entered-in-error') return 'cancel'
  const header = bundle.ofType('MessageHeader')[0]?.resource ?? null
  const reasons = allOf(oneOf(header, 'reason'), 'coding').map(coding => textOf(coding, 'code'))
  return reasons.includes('update') ? 'update' : 'new'
}

function recordedAtOf(bundle: Bundle): string | null {
  return (
    textOf(bundle.root, 'timestamp') ??
    textOf(bundle.ofType('MessageHeader')[0]?.resource ?? null, 'timestamp') ??
    textOf(bundle.ofType('Composition')[0]?.resource ?? null, 'date') ??
    textOf(oneOf(bundle.root, 'meta'), 'lastUpdated')
  )
}

/** The sending system by the name that its MessageHeader gives it, where that is a name and nothing else. */
function sourceOf(bundle: Bundle): string | null {
  const told = oneOf(bundle.ofType('MessageHeader')[0]?.resource ?? null, 'source')
  const name = textOf(told, 'name')?.trim().replaceAll(/\s+/g, '-') ?? null
  return name !== null && sourceForm.test(name) ? name : null
}

function unreadable(
  problem: string,
  { reason = 'decode', source = null }: { reason?: UnreadableReason; source?: string | null } = {},
): Extract<Decoded, { kind: 'unreadable' }> {
  return { kind: 'unreadable', reason, problem, source }
}
