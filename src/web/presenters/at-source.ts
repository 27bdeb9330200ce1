import { type PatientMerge, survivingNumber } from '../../review/patient-merge.ts'
import { dayAndTime } from './dates.ts'
import { shown } from './shown-text.ts'

interface ToldAtSource {
  readonly withdrawnAt: string | null
  readonly merges: readonly PatientMerge[]
}

/** What the hospital did with the record beside its text: for the page of an attendance, a sentence each. */
export function presentAtSource({ withdrawnAt, merges }: ToldAtSource): readonly string[] {
  const withdrawn =
    withdrawnAt === null
      ? []
      : [
          `${withdrawnWords(withdrawnAt)} The hospital cancelled this attendance. Nothing of it is removed here: it stays until a nurse closes it.`,
        ]
  return [...withdrawn, ...presentMerges(merges)]
}

/** The same for a line of a list. */
export function presentAtSourceShort({ withdrawnAt, merges }: ToldAtSource): readonly string[] {
  return [
    ...(withdrawnAt === null ? [] : [withdrawnWords(withdrawnAt)]),
    ...mergesInOrder(merges).map(
      merge => `${shown(merge.surviving)}, merged from ${shown(merge.prior)} on ${dayAndTime(merge.at)}`,
    ),
  ]
}

function withdrawnWords(at: string): string {
  return `Withdrawn at source on ${dayAndTime(at)}.`
}

function presentMerges(merges: readonly PatientMerge[]): readonly string[] {
  const inOrder = mergesInOrder(merges)
  const last = inOrder.at(-1)
  if (last === undefined) return []
  return [
    ...inOrder.map(
      ({ prior, surviving, at }) =>
        `Hospital number ${shown(surviving)}, merged from ${shown(prior)} on ${dayAndTime(at)}.`,
    ),
    `The hospital says that these numbers are one patient’s. The patient goes under ${shown(survivingNumber(last.prior, merges))} now, and attendances under each of them are shown as one child’s.`,
  ]
}

/** A merge that was told several times is one, as it was told first. */
function mergesInOrder(merges: readonly PatientMerge[]): readonly PatientMerge[] {
  const newestFirst = merges.toSorted((one, other) => Temporal.Instant.compare(other.at, one.at))
  const once = new Map(newestFirst.map(merge => [JSON.stringify([merge.prior, merge.surviving]), merge]))
  return [...once.values()].toReversed()
}
