import type { Attendance } from '../attendance/attendance.ts'
import type { Scanned } from './mention.ts'

/** What the scan reads of an attendance. */
export type Scannable = Pick<Attendance, 'ageOnArrival' | 'notes' | 'codes' | 'alerts' | 'leftBeforeSeen'>

/** A ruleset made ready to read notes. Pure: the same attendance always gives the same answer. */
export interface Scanner {
  readonly rulesetVersion: string
  scan(attendance: Scannable): Scanned
}
