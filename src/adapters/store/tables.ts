import type { Format } from '../../attendance/attendance.ts'
import type { AgeBand } from '../../attendance/cohort.ts'
import type { LedgerOutcome } from '../../review/ledger.ts'
import type { Priority } from '../../rules/rule.ts'
import type { AuditEntry, Role } from '../../services/people.ts'
import type { Day, Instant, Json } from './columns.ts'
import type { ExportTable } from './export-table.ts'
import type {
  AssessmentFormTable,
  OutboxTable,
  ReferralDraftTable,
  ReferralMoveTable,
  ReferralTable,
} from './referral-tables.ts'
import type {
  ChecklistAnswerTable,
  DecisionTable,
  FlagTable,
  ReplacedVersionTable,
  ReviewDraftTable,
  RuleSuggestionTable,
  SampleDrawTable,
  SavedViewTable,
  SecondReadingTable,
} from './review-tables.ts'

/** One row a message received, for ever. */
export interface ReceiptTable {
  event_id: string
  channel: string
  stream: string
  partition: number
  position: string
  received_at: Instant
  /** The day of receipt in Europe/London. */
  day: Day
  source: string
  format: Format | null
  trust: string | null
  attendance_id: string | null
  site: string | null
  arrived_at: Instant | null
  age_band: AgeBand
  outcome: LedgerOutcome
  ruleset_version: string
  body_sha256: string
  without_text: boolean
  parts_unread: number
}

/** Which attendances are of one child, by keyed hashes of the child's numbers. No text, no name. */
export interface PatientAttendanceTable {
  patient_hash: string
  trust: string
  attendance_id: string
  site: string | null
  arrived_at: Instant | null
  /** Of the arrival; of the receipt where the arrival is not known. */
  at: Instant
  outcome: LedgerOutcome
}

/** The events already taken into `held`, for ever: a redelivery changes nothing. */
export interface HeldEventTable {
  event_id: string
}

/** What is shown of an attendance with at least one mention. Words of notes stand here and in `replaced_version`. */
export interface HeldTable {
  trust: string
  attendance_id: string
  attendance: Json
  mentions: Json
  /** Mentions of other versions that this one does not have. */
  vanished: Json
  /** The parts of a record of which a document came by itself; null where it came whole. */
  parts: Json | null
  outcome: 'flagged' | 'clear'
  priority: Priority | null
  because: string[]
  ruleset_version: string
  arrived_at: Instant | null
  held_at: Instant
}

/** That an attendance, or one document of it, was cancelled at the source, for ever. */
export interface WithdrawalTable {
  event_id: string
  trust: string
  attendance_id: string
  document: string | null
  source: string
  withdrawn_at: Instant
  received_at: Instant
}

/** Two hospital numbers that the hospital merged, for ever. The numbers as they are, and no name. */
export interface PatientMergeTable {
  event_id: string
  place: number
  trust: string
  prior: string
  surviving: string
  prior_hash: string
  surviving_hash: string
  source: string
  merged_at: Instant
  received_at: Instant
}

/** Of numbers that were merged: those with the same group are of one patient. */
export interface PatientGroupTable {
  patient_hash: string
  group_hash: string
}

export interface DeadLetterTable {
  event_id: string
  channel: string
  stream: string
  partition: number
  position: string
  received_at: Instant
  reason: string
  problem: string
  bytes: Uint8Array
}

/** Where a reader of one of Wren's own topics stands. */
export interface ConsumerOffsetTable {
  group_id: string
  topic: string
  partition: number
  next_offset: number
  /** Raised when another reader takes the partition over: the writes of the one before then fail. */
  owner_epoch: number
  /** Of the record before `next_offset`: another one there means that the topic was made anew. */
  last_sha256: string | null
}

/** A day that a lead has signed off. Rows stay as they were signed; only the reopening is written later. */
export interface SignOffTable {
  reference: string
  day: Day
  revision: number
  signed_by: string
  signed_at: Instant
  why: string | null
  /** What the lead saw: the check of the day. */
  found: Json
  reopened_by: string | null
  reopened_at: Instant | null
  reopened_why: string | null
}

/** What somebody searched for, for as long as a session can last. */
export interface SearchTable {
  id: string
  who: string
  at: Instant
  words: string
}

export interface AccountTable {
  username: string
  name: string
  role: Role
  disabled: boolean
  password_hash: string
}

export interface AuditEntryTable {
  sequence: number
  at: Instant
  who: string
  role: AuditEntry['role']
  did: string
  what: string
  why: string | null
  previous_hash: string
  hash: string
}

export interface Tables {
  receipt: ReceiptTable
  patient_attendance: PatientAttendanceTable
  held_event: HeldEventTable
  held: HeldTable
  withdrawal: WithdrawalTable
  patient_merge: PatientMergeTable
  patient_group: PatientGroupTable
  flag: FlagTable
  decision: DecisionTable
  checklist_answer: ChecklistAnswerTable
  review_draft: ReviewDraftTable
  rule_suggestion: RuleSuggestionTable
  replaced_version: ReplacedVersionTable
  referral: ReferralTable
  outbox: OutboxTable
  referral_move: ReferralMoveTable
  referral_draft: ReferralDraftTable
  assessment_form: AssessmentFormTable
  dead_letter: DeadLetterTable
  consumer_offset: ConsumerOffsetTable
  sign_off: SignOffTable
  sample_draw: SampleDrawTable
  second_reading: SecondReadingTable
  saved_view: SavedViewTable
  search: SearchTable
  export: ExportTable
  account: AccountTable
  audit_entry: AuditEntryTable
}
