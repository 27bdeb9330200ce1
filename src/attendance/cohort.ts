import { londonDayOf } from './instant.ts'

/** Who is in scope, by age on arrival in whole years, both ends included. */
export interface Cohort {
  readonly from: number
  readonly to: number
}

/** Children: from birth to the day before the eighteenth birthday (Children Act 1989, section 105). */
export const children: Cohort = { from: 0, to: 17 }

/** An unknown age is in scope: a nurse decides. */
export function isInCohort(ageOnArrival: number | null, cohort: Cohort): boolean {
  return ageOnArrival === null || (cohort.from <= ageOnArrival && ageOnArrival <= cohort.to)
}

export const ageBands = [
  '0 to 4',
  '5 to 9',
  '10 to 12',
  '13 to 15',
  '16 to 17',
  '18 to 25',
  'over 25',
  'not known',
] as const
export type AgeBand = (typeof ageBands)[number]

export function ageBandOf(ageOnArrival: number | null): AgeBand {
  if (ageOnArrival === null) return 'not known'
  if (ageOnArrival <= 4) return '0 to 4'
  if (ageOnArrival <= 9) return '5 to 9'
  if (ageOnArrival <= 12) return '10 to 12'
  if (ageOnArrival <= 15) return '13 to 15'
  if (ageOnArrival <= 17) return '16 to 17'
  if (ageOnArrival <= 25) return '18 to 25'
  return 'over 25'
}

/**
 * Age in whole years at an instant, by the calendar of Europe/London. A child born on 29 February has the
 * birthday on 1 March in other years (the age is reached at the start of the day after 28 February).
 */
export function ageAt(birthDate: string, instant: string): number {
  const day = londonDayOf(instant)
  const hadBirthday = day.slice(5) >= birthDate.slice(5)
  return Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (hadBirthday ? 0 : 1)
}
