import type { Attendance } from '../attendance/attendance.ts'
import type { Mention } from '../scan/mention.ts'

/** A text of an attendance that another has replaced. */
export interface ReplacedVersion {
  readonly attendance: Attendance
  readonly mentions: readonly Mention[]
  readonly replacedAt: string
}

export interface VersionStore {
  /** In the order in which they were replaced. */
  versionsOf(of: {
    readonly trust: string
    readonly attendanceId: string
  }): Promise<readonly ReplacedVersion[]>
  /**
   * Flags whose text changed after they were decided, without a mention that would have brought them back; the latest
   * change first.
   */
  changedSince(query: {
    readonly since: string
    readonly limit: number
  }): Promise<readonly { readonly flagId: string; readonly changedAt: string }[]>
}
