import { type DayCount, type LedgerOutcome, unaccounted } from './ledger.ts'
import type { ReviewState } from './review-state.ts'

/**
 * What is looked at before a day is signed off. A day is what was received on it in London, midnight to midnight:
 * the messages that its account counts, and the flags that they raised.
 */
export interface DayCheck {
  readonly received: number
  readonly counts: Readonly<Record<LedgerOutcome, number>>
  /** Messages without an outcome, and outcomes without a message: neither makes up for the other. */
  readonly difference: number
  /** Unreadable messages that nobody has dealt with. */
  readonly unreadableOpen: number
  /** Offsets without a receipt, and without anybody knowing why. */
  readonly offsetsMissing: number
  /** The hospital's own list of the day; null where none was given. */
  readonly census: { readonly listed: number; readonly neverReceived: number } | null
  /** Stretches in which a source that usually sends was silent. */
  readonly silences: number
  /** Sources from which something should have come by now: what is held back may be of this day. */
  readonly feedsLate: number
  /** The flags of the day by their state at the moment of the check. */
  readonly flags: Readonly<Record<ReviewState, number>>
  readonly withoutText: number
  readonly partsUnread: number
  /** Attendances of the day's random sample of what was set aside that nobody has read again. */
  readonly sampleUnread: number
}

/** What keeps a day from being signed off without a reason. */
export const gapKinds = [
  'nothing-received',
  'unaccounted',
  'offsets-missing',
  'never-received',
  'silent',
  'feed-late',
  'unreadable',
  'unreviewed',
  'sample-unread',
] as const
export type GapKind = (typeof gapKinds)[number]

export interface Gap {
  readonly kind: GapKind
  readonly number: number
}

/** Everything that is open on a day; empty when it can be signed off. */
export function gapsOf(check: DayCheck): readonly Gap[] {
  const numbers: Readonly<Record<GapKind, number>> = {
    'nothing-received': check.received === 0 ? 1 : 0,
    unaccounted: check.difference,
    'offsets-missing': check.offsetsMissing,
    'never-received': check.census?.neverReceived ?? 0,
    // A list of which everybody was received shows that a silent source had nothing to send.
    silent: hasWholeList(check) ? 0 : check.silences,
    'feed-late': hasWholeList(check) ? 0 : check.feedsLate,
    unreadable: check.unreadableOpen,
    unreviewed: unreviewed(check.flags),
    'sample-unread': check.sampleUnread,
  }
  return gapKinds.map(kind => ({ kind, number: numbers[kind] })).filter(gap => gap.number > 0)
}

/** Those for which a child may be missing from a list of the day, whatever nurses have done with it. */
export function gapsInList(check: DayCheck): readonly Gap[] {
  return gapsOf(check).filter(({ kind }) => kind !== 'unreviewed' && kind !== 'sample-unread')
}

function hasWholeList({ census }: DayCheck): boolean {
  return census !== null && census.neverReceived === 0
}

/** The gaps in one line: a form says by it which of them its reader saw. */
export function gapsRead(gaps: readonly Gap[]): string {
  return gaps.map(({ kind, number }) => `${kind} ${number}`).join(', ')
}

/** Flags that nobody has decided. Open actions and deferred flags are decided: they are carried over, and named. */
export function unreviewed(flags: DayCheck['flags']): number {
  return flags['to-review'] + flags['in-review']
}

export function flagged(flags: DayCheck['flags']): number {
  return Object.values(flags).reduce((sum, number) => sum + number, 0)
}

/** The check of a day from its account and its flags. */
export function checkDay({
  counts,
  ...rest
}: Omit<DayCheck, 'received' | 'counts' | 'difference'> & {
  readonly counts: readonly DayCount[]
}): DayCheck {
  const sumOf = (outcome: LedgerOutcome): number =>
    counts.reduce((sum, each) => sum + each.counts[outcome], 0)
  return {
    received: counts.reduce((sum, each) => sum + each.received, 0),
    counts: {
      flagged: sumOf('flagged'),
      clear: sumOf('clear'),
      'out-of-scope': sumOf('out-of-scope'),
      duplicate: sumOf('duplicate'),
      unreadable: sumOf('unreadable'),
    },
    difference: counts.reduce((sum, each) => sum + Math.abs(unaccounted(each)), 0),
    ...rest,
  }
}

/** Only a day that is over can be signed off: until then its messages still come. */
export function isOver(day: string, today: string): boolean {
  return day < today
}

/** The name of a sign-off as people quote it: its day, and which sign-off of that day it is. */
export function signOffReference(day: string, revision: number): string {
  return `WREN-${day.replaceAll('-', '')}-${revision}`
}

const reasonLengthMax = 4_000

/** What is wrong with a reason, in the lead's words; null where it will do. */
export function reasonProblem(reason: string, missing: string): string | null {
  if (reason.trim() === '') return missing
  if (reason.length <= reasonLengthMax) return null
  return `Reason must be ${reasonLengthMax.toLocaleString('en-GB')} characters or fewer`
}
