import type { Code } from '../../../attendance/attendance.ts'
import type { Person } from '../people.ts'

/** Why somebody came, as templates for the notes staff write about it. */
export interface Story {
  /** How often it is picked among its kind. */
  readonly weight: number
  /** Whole years, both ends included. */
  readonly ages: readonly [from: number, to: number]
  /** Came without name, number or date of birth. */
  readonly isUnknown?: true
  /** Fit for a minor injuries unit. */
  readonly isMinor?: true
  /** Where it is not told, either. */
  readonly sex?: Person['sex']
  /** Hours of arrival, both ends included; may run over midnight, as [20, 3]. Where not told, any. */
  readonly hours?: readonly [from: number, to: number]
  readonly triage: readonly string[]
  /** As many as of triage: each answers the one of its place. Otherwise any answers any. */
  readonly clinician?: readonly string[]
  readonly nursing?: readonly string[]
  readonly discharge?: readonly string[]
  readonly codes?: readonly Code[]
  /** As many as of triage: they go together. */
  readonly disposals?: readonly string[]
}

export function icd10(code: string, display: string): Code {
  return { system: 'icd10', code, display }
}
