import type { Attendance } from '../attendance/attendance.ts'
import type { ReferralState } from '../referral/referral-state.ts'
import type { ChecklistLine } from '../review/checklist.ts'
import type { KeptDecision } from '../review/decision.ts'
import type { Flag } from '../review/flag.ts'
import type { Mention } from '../scan/mention.ts'
import type { AuditEntry } from './people.ts'
import type { EarlierAttendance } from './ports.ts'
import type { ReferralStatus } from './referral-port.ts'

export const exportKinds = ['day-sheet', 'meeting-pack'] as const
export type ExportKind = (typeof exportKinds)[number]

/** `print`: a page made for paper. */
export const exportFormats = ['print', 'xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** That somebody took a list out of Wren, what for, and of whom. It holds no name and no words. */
export interface ExportRecord {
  readonly id: string
  readonly kind: ExportKind
  readonly format: ExportFormat
  /** The day of the list, or of the meeting. */
  readonly day: string
  /** The referrals of a meeting pack; of a day sheet none, it is of the whole day. */
  readonly referralIds: readonly string[]
  readonly purpose: string
  readonly who: string
  readonly at: string
}

/** One flag of a day, with what came of it. */
export interface DaySheetRow {
  /** It was raised before the day, and is not done yet. */
  readonly isCarriedOver: boolean
  readonly flag: Flag
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  /** The outcome that stands; null while there is none. */
  readonly decision: KeptDecision | null
  readonly toDo: readonly ChecklistLine[]
  /** The state of its latest referral, null where there is none. */
  readonly delivery: ReferralState | null
  readonly withdrawnAt: string | null
}

/** What the meeting is shown of an attendance. */
export type MeetingAttendance = Pick<EarlierAttendance, 'site' | 'arrivedAt' | 'outcome' | 'state'>

/** One referral with the attendances of its child. */
export interface MeetingRow {
  readonly referral: ReferralStatus
  /** The latest of the child, newest first; the one that was referred may be among them. */
  readonly attendances: readonly MeetingAttendance[]
}

export interface ExportStore {
  /** Keeps an export with its audit entries, all or nothing. One that is known gets the entries alone. */
  keep(keeping: { readonly record: ExportRecord; readonly audits: readonly AuditEntry[] }): Promise<void>
  /** What this person took out since; null where it was somebody else, or longer ago. */
  find(query: {
    readonly id: string
    readonly who: string
    readonly since: string
  }): Promise<ExportRecord | null>
  /**
   * The flags raised on a day of Europe/London, in the order of the queue; with `carriedOver` also, after them, those of
   * earlier days that are not done.
   */
  daySheet(query: { readonly day: string; readonly carriedOver: boolean }): Promise<readonly DaySheetRow[]>
  /** In the order of the ids; what is no referral is left out. */
  meetingRows(query: {
    readonly referralIds: readonly string[]
    readonly attendancesMax: number
  }): Promise<readonly MeetingRow[]>
}
