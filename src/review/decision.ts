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
  readonly decidedBy: string
  readonly decidedAt: string
}

/** Furthest day to which a flag may be deferred, counted from today. */
export const deferDaysMax = 7
