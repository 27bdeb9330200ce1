import { ordinal } from './ordinal.ts'

/** How far back an attendance counts as the same child's earlier one, for "Third attendance in 90 days". */
export const countedDays = 90

/** Which of the child's attendances in 90 days this one is, counted from 1. One without an arrival counts for none. */
export function placeAmong(arrivedAt: string | null, others: readonly (string | null)[]): number {
  if (arrivedAt === null) return 1
  const until = Temporal.Instant.from(arrivedAt)
  const since = until.subtract({ hours: countedDays * 24 })
  const counted = others
    .filter(each => each !== null)
    .map(each => Temporal.Instant.from(each))
    .filter(at => Temporal.Instant.compare(at, until) <= 0 && Temporal.Instant.compare(at, since) >= 0)
  return counted.length + 1
}

/** For a nurse; null for a first. */
export function placeWords(place: number): string | null {
  return place <= 1 ? null : `${ordinal(place)} attendance in ${countedDays} days`
}
