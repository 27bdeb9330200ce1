import type { Note } from './note.ts'
import type { Patient } from './patient.ts'

/** The forms in which hospitals send attendances; one decoder each. The last two are read by a mapping. */
export const formats = ['json', 'hl7v2', 'fhir', 'csv', 'json-mapped'] as const
export type Format = (typeof formats)[number]

/** What a message does to its attendance. */
export const attendanceKinds = ['new', 'update', 'cancel'] as const
export type AttendanceKind = (typeof attendanceKinds)[number]

/** What the source already knows of the child. Wren shows it and never asks any service for it. */
export const alertKinds = [
  'child-protection-plan',
  'looked-after',
  'exploitation',
  'cp-is',
  'mental-health',
] as const
export type AlertKind = (typeof alertKinds)[number]

export const codeSystems = ['icd10', 'snomed'] as const

/** A diagnosis or finding as coded by the hospital. */
export interface Code {
  readonly system: (typeof codeSystems)[number]
  readonly code: string
  readonly display: string | null
}

/** One document of a record, where a message tells that alone. */
export interface DocumentPart {
  /** The source's own name for it. */
  readonly id: string
  /** The document whose place it takes; null where it takes none but that of its own earlier versions. */
  readonly replaces: string | null
}

/** One visit to an emergency or urgent care department, as one message tells it. */
export interface Attendance {
  /** The sending system, such as "ed-worcester". */
  readonly source: string
  /** ODS code of the trust. With `attendanceId` it names the attendance for ever. */
  readonly trust: string
  readonly attendanceId: string
  readonly kind: AttendanceKind
  /** Null where the message tells the whole record. */
  readonly document: DocumentPart | null
  /** When the source recorded this version: an ISO instant. The newest version's text wins. */
  readonly recordedAt: string | null
  /** ODS code of the site. */
  readonly site: string | null
  readonly department: string | null
  /** ISO instants. */
  readonly arrivedAt: string | null
  readonly departedAt: string | null
  readonly disposal: string | null
  readonly leftBeforeSeen: boolean
  /** Whole years on arrival (where that is not told: on receipt); null where the birth date is not known. */
  readonly ageOnArrival: number | null
  readonly patient: Patient
  readonly notes: readonly Note[]
  readonly codes: readonly Code[]
  readonly alerts: readonly AlertKind[]
  /** What came and could not be read, in words for a nurse, such as "1 PDF document not read". */
  readonly partsUnread: readonly string[]
}

/** Why a message could not be read: the label that metrics and dead letters carry. */
export const unreadableReasons = ['schema', 'too_large', 'decode', 'poison'] as const
export type UnreadableReason = (typeof unreadableReasons)[number]

/** What a decoder answers. It never throws for what a hospital may send. */
export type Decoded =
  | { readonly kind: 'attendance'; readonly attendance: Attendance }
  | {
      readonly kind: 'unreadable'
      readonly reason: UnreadableReason
      /** For a person: names the field and what was expected, never quotes a patient's words. */
      readonly problem: string
      /** The sender, where the message tells it all the same. */
      readonly source: string | null
    }

/** Two numbers of one hospital that are one patient's. */
export interface NumberMerge {
  readonly prior: string
  readonly surviving: string
}

/** The hospital found that numbers are one patient's. Such a message tells of no attendance. */
export interface DecodedMerge {
  readonly kind: 'merge'
  readonly source: string
  readonly trust: string
  /** ISO instant. */
  readonly recordedAt: string | null
  readonly merges: readonly NumberMerge[]
}

/** All that a message can tell. */
export type Told = Decoded | DecodedMerge
