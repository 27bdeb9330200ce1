import type { Attendance } from '../attendance/attendance.ts'
import type { Priority } from '../rules/rule.ts'
import type { Mention } from '../scan/mention.ts'
import type { ReviewState } from './review-state.ts'

/** An attendance with the mentions found in it: all that Wren holds of a child's visit. */
export interface HeldAttendance {
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  /** `clear`: every mention was set aside. */
  readonly outcome: 'flagged' | 'clear'
  readonly priority: Priority | null
  readonly because: readonly string[]
  readonly rulesetVersion: string
}

/** Raised by the system on one attendance: one flag per attendance, however many messages tell of it. */
export interface Flag {
  readonly id: string
  readonly trust: string
  readonly attendanceId: string
  readonly priority: Priority
  readonly because: readonly string[]
  /** For a nurse, such as: Fourth attendance in 6 months. Null where the child does not attend repeatedly. */
  readonly repeated: string | null
  readonly state: ReviewState
  /** Who is reviewing it: the account's user name. */
  readonly claimedBy: string | null
  readonly claimedAt: string | null
  readonly deferredUntil: string | null
  /** ISO instants. */
  readonly raisedAt: string
  readonly updatedAt: string
  /** True once later text added a mention after a decision. */
  readonly reopened: boolean
  /** Rises with every change: a save over another version is refused. */
  readonly version: number
}

/** What the queue calls its bands. The colours green, amber and red belong to the partnership's meeting. */
export const bandLabels: Readonly<Record<Priority, string>> = {
  high: 'Review first',
  medium: 'Review today',
  low: 'Review next',
}

/**
 * Mentions of a later version that an earlier one did not have. A mention is the same when rule and words are:
 * its place moves as text is added around it.
 */
export function addedMentions(earlier: readonly Mention[], later: readonly Mention[]): readonly Mention[] {
  const known = new Set(earlier.filter(counts).map(sameness))
  const added = new Map(later.filter(counts).map(mention => [sameness(mention), mention]))
  return [...added].flatMap(([same, mention]) => (known.has(same) ? [] : [mention]))
}

/** A rule on trial is counted in figures; its mention neither raises a flag nor brings one back. */
function counts(mention: Mention): boolean {
  return mention.standing !== 'set-aside' && !mention.trial
}

function sameness(mention: Mention): string {
  return JSON.stringify([mention.rule, mention.text.toLowerCase()])
}
