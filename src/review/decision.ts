import type { ReviewMove } from './review-state.ts'

/** The five outcomes a nurse can give a flag, and what each does to its state. */
export const outcomes = {
  'actions-complete': { label: 'Actions already complete', move: 'close' },
  refer: { label: 'Refer now', move: 'openActions' },
  'more-information': { label: 'More information needed', move: 'openActions' },
  defer: { label: 'Defer', move: 'defer' },
  'no-action': { label: 'No safeguarding action needed', move: 'close' },
} as const satisfies Record<string, { label: string; move: ReviewMove }>

export type ReviewOutcome = keyof typeof outcomes

/** Why no action is needed. */
export const noActionKinds = {
  'wrong-match': 'Wrong match: the words mean something else',
  'known-nothing-new': 'Known already, nothing new',
  transferred: 'Transferred to another team',
} as const
export type NoActionKind = keyof typeof noActionKinds

/** What a nurse decided about a flag. Kept for ever; a later decision stands beside it, never over it. */
export interface Decision {
  readonly id: string
  readonly flagId: string
  readonly outcome: ReviewOutcome
  /** The nurse's own words. */
  readonly reason: string
  /** For `no-action`, else null. */
  readonly noAction: NoActionKind | null
  /** For `defer`, the ISO day on which the flag comes back, else null. */
  readonly deferUntil: string | null
  /** For `wrong-match`, which term of which rule matched wrongly, else null. */
  readonly wrongMatch: WrongMatch | null
  readonly decidedBy: string
  readonly decidedAt: string
}

export interface WrongMatch {
  readonly rule: string
  readonly term: string
}

/** A decision as it is kept: taken back or not, it is never removed. */
export interface KeptDecision extends Decision {
  readonly takenBack: { readonly by: string; readonly at: string; readonly why: string | null } | null
}

/** For so long a decision can be undone by whoever made it, without a reason. */
export const undoMs = 10 * 60_000

/** Whether it is still to be undone without a reason; later it is changed with one. */
export function canUndo(
  { decidedBy, decidedAt, takenBack }: KeptDecision,
  { who, now }: { who: string; now: string },
): boolean {
  const ageMs =
    Temporal.Instant.from(now).epochMilliseconds - Temporal.Instant.from(decidedAt).epochMilliseconds
  return takenBack === null && decidedBy === who && ageMs < undoMs
}

/** A claim lapses when its nurse has done nothing for so long. */
export const claimIdleMs = 20 * 60_000

/** Furthest day to which a flag may be deferred, counted from today. */
export const deferDaysMax = 7
