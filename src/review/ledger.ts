import type { Format } from '../attendance/attendance.ts'

/** The outcomes of a message. Every message received has exactly one. */
export const ledgerOutcomes = ['flagged', 'clear', 'out-of-scope', 'duplicate', 'unreadable'] as const
export type LedgerOutcome = (typeof ledgerOutcomes)[number]

/** One day's account of one source at one site. */
export interface DayCount {
  readonly source: string
  readonly site: string | null
  /** The forms in which its messages came. */
  readonly formats: readonly Format[]
  readonly received: number
  readonly counts: Readonly<Record<LedgerOutcome, number>>
}

/** Messages received that have no outcome yet: 0 when the day balances. */
export function unaccounted({ received, counts }: Pick<DayCount, 'received' | 'counts'>): number {
  return received - ledgerOutcomes.reduce((sum, outcome) => sum + counts[outcome], 0)
}
