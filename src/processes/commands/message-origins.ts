import type { Format } from '../../attendance/attendance.ts'
import type { AttendanceDraft, DraftNote } from '../../attendance/draft.ts'
import { draftFhir, fhirNames } from '../../attendance/fhir/decode-fhir.ts'
import { draftHl7v2, fieldNames, type Hl7v2Options } from '../../attendance/hl7v2/decode-hl7v2.ts'
import { placeOfTake } from '../../attendance/mapping/apply-mapping.ts'
import { draftMapped } from '../../attendance/mapping/decode-mapped.ts'
import type { Mapping } from '../../attendance/mapping/mapping.ts'
import type { Origins } from './show-decoded.ts'

interface Asked extends Hl7v2Options {
  readonly format: Format | null
  readonly mapping: Mapping | null
}

/** Where in a message each field and each note stands; null where the form of the message says it by itself. */
export function originsOf(bytes: Uint8Array, asked: Asked): Origins | null {
  if (asked.mapping !== null) return mappedOrigins(bytes, asked.mapping)
  if (asked.format === 'hl7v2') return hl7v2Origins(bytes, asked)
  return asked.format === 'fhir' ? fhirOrigins(bytes, asked) : null
}

export function mappedOrigins(bytes: Uint8Array, mapping: Mapping): Origins | null {
  const read = draftMapped(bytes, mapping)
  if (read.kind === 'unreadable') return null
  const fields = Object.entries(mapping.fields).map(([field, take]) => [
    field,
    take === undefined ? undefined : placeOfTake(mapping, take) || 'the mapping says so',
  ])
  return {
    fields: { source: 'the mapping says so', codes: codesOf(mapping), ...Object.fromEntries(fields) },
    notes: placesOf(read.draft),
    remarks: [],
  }
}

function codesOf(mapping: Mapping): string {
  return mapping.codes.map(({ code }) => placeOfTake(mapping, code)).join(', ')
}

function fhirOrigins(bytes: Uint8Array, asked: Asked): Origins | null {
  const read = draftFhir(bytes, asked)
  if (read.kind === 'unreadable') return null
  return { fields: fhirNames, notes: placesOf(read.draft), remarks: [] }
}

function hl7v2Origins(bytes: Uint8Array, asked: Asked): Origins | null {
  const read = draftHl7v2(bytes, asked)
  if (read.kind !== 'draft') return null
  const unread = read.passedOver.map(
    segment =>
      `${segment} is not read: if a field of it holds free text, name it in WREN_HL7_TEXT_FIELDS, such as ${segment}-3`,
  )
  return { fields: fieldNames, notes: read.notes.map(note => note.from), remarks: unread }
}

/** Of the notes that have words: the others are none. */
function placesOf({ notes }: AttendanceDraft): readonly string[] {
  return notes.filter(hasWords).map(({ from }) => from ?? '')
}

function hasWords({ words }: DraftNote): boolean {
  return words.trim() !== ''
}
