import type { NumberMerge } from '../attendance/attendance.ts'

/** That the hospital merged one of its numbers into another. */
export interface PatientMerge extends NumberMerge {
  /** ISO instant. */
  readonly at: string
}

/**
 * The number under which a patient goes now. Whatever stood under a number that was merged follows it: after 1 into 2
 * and 2 into 3 all go under 3, in whatever order the two were told. A merge back makes the other one the number again.
 */
export function survivingNumber(number: string, merges: readonly PatientMerge[]): string {
  const heads = new Map<string, string>()
  const headOf = (each: string): string => {
    const head = heads.get(each)
    return head === undefined ? each : headOf(head)
  }
  for (const { prior, surviving } of merges.toSorted(byTime)) {
    const [from, to] = [headOf(prior), headOf(surviving)]
    if (from !== to) heads.set(from, to)
    else if (prior === from && prior !== surviving) {
      // The two are one already, and the number that stood for both is given up.
      heads.delete(surviving)
      heads.set(prior, surviving)
    }
  }
  return headOf(number)
}

function byTime(one: PatientMerge, other: PatientMerge): number {
  const byInstant = Temporal.Instant.compare(one.at, other.at)
  if (byInstant !== 0) return byInstant
  return `${one.prior} ${one.surviving}` < `${other.prior} ${other.surviving}` ? -1 : 1
}
