import type { Generated } from 'kysely'
import type { ActionAnswer } from '../../review/checklist.ts'
import type { NoActionKind, ReviewOutcome } from '../../review/decision.ts'
import type { ReviewState } from '../../review/review-state.ts'
import type { ActionId } from '../../review/safeguarding-actions.ts'
import type { Verdict } from '../../review/second-reading.ts'
import type { Priority, Theme } from '../../rules/rule.ts'
import type { Day, Instant, Json } from './columns.ts'

export interface FlagTable {
  id: string
  trust: string
  attendance_id: string
  priority: Priority
  /** The place of the priority in the queue: 0 is highest. */
  band: number
  because: string[]
  /** Why the child's repeated attendance matters to it; null where the child does not attend repeatedly. */
  repeated: string | null
  state: ReviewState
  claimed_by: string | null
  claimed_at: Instant | null
  deferred_until: Day | null
  /** It was deferred and its day came: it stands before all others. */
  fell_due: boolean
  /** Of the arrival, else of the receipt: the queue's last order. */
  arrived_at: Instant
  raised_at: Instant
  updated_at: Instant
  reopened: boolean
  version: number
  /** The last sign of life of the nurse who has it. */
  active_at: Instant | null
  /** The state in which she took it, to which it goes back when she gives it back. */
  claimed_from: ReviewState | null
  skipped_by: string | null
  skipped_at: Instant | null
  /** A user name, or a team as `team:lead`. */
  handed_to: string | null
  handed_by: string | null
  handed_at: Instant | null
  handed_note: string | null
  /** What the queue is narrowed by: all three are of the attendance as it is held now. */
  site: string | null
  /** Whole years on arrival. */
  age: number | null
  themes: Theme[]
}

export interface DecisionTable {
  id: string
  flag_id: string
  outcome: ReviewOutcome
  reason: string
  no_action: NoActionKind | null
  defer_until: Day | null
  decided_by: string
  decided_at: Instant
  sequence: Generated<number>
  /** Where the match was wrong: of which rule, and which of its terms. */
  wrong_rule: string | null
  wrong_term: string | null
  taken_back_by: string | null
  taken_back_at: Instant | null
  taken_back_why: string | null
}

/** An answer to one line of the checklist, for ever; the newest of a line stands. */
export interface ChecklistAnswerTable {
  sequence: Generated<number>
  flag_id: string
  action: ActionId
  answer: ActionAnswer
  words: string
  owner: string | null
  due: Day | null
  detail: string | null
  answered_by: string
  answered_at: Instant
}

/** The random draw of a day, made once. */
export interface SampleDrawTable {
  day: Day
  seed: string
  population: number
  drawn_at: Instant
}

/** A set-aside attendance of a draw, and what the nurse found who read it. */
export interface SecondReadingTable {
  day: Day
  place: number
  trust: string
  attendance_id: string
  verdict: Verdict | null
  read_by: string | null
  read_at: Instant | null
}

/** What a nurse has typed and not saved. */
export interface ReviewDraftTable {
  flag_id: string
  username: string
  fields: Json
  saved_at: Instant
}

/** What a nurse told the rules team of a match. */
export interface RuleSuggestionTable {
  id: string
  rule: string
  term: string
  flag_id: string
  example: string
  ruleset_version: string
  suggested_by: string
  suggested_at: Instant
}

/** A text of an attendance that is not the one shown. */
export interface ReplacedVersionTable {
  sequence: Generated<number>
  trust: string
  attendance_id: string
  attendance: Json
  mentions: Json
  replaced_at: Instant
}

/** Filters of the queue that a nurse keeps for herself. */
export interface SavedViewTable {
  username: string
  /** As they stand in an address. */
  filters: string
  saved_at: Instant
}
