import type { NhsNumber } from './nhs-number.ts'

export const sexes = ['female', 'male', 'other', 'unknown'] as const
export type Sex = (typeof sexes)[number]

/** Who attended. Everything may be absent: a child without papers is still scanned and still flagged. */
export interface Patient {
  readonly nhsNumber: NhsNumber | null
  /** A number that the source sent as an NHS number and that fails its check. Shown, never matched on. */
  readonly nhsNumberRefused: string | null
  /** The hospital's own number. */
  readonly localId: string | null
  readonly family: string | null
  readonly given: string | null
  /** ISO date, such as 2011-05-30. */
  readonly birthDate: string | null
  readonly sex: Sex
  readonly postcode: string | null
  readonly address: string | null
  readonly gpPractice: string | null
  readonly school: string | null
}
