import { londonDayOf } from '../attendance/instant.ts'
import type { ReferralState } from '../referral/referral-state.ts'
import { unaccounted } from '../review/ledger.ts'
import type { ReviewState } from '../review/review-state.ts'
import type { Priority } from '../rules/rule.ts'
import type { LedgerStore } from '../services/ledger-port.ts'
import type { Clock, ReviewStore } from '../services/ports.ts'
import type { OutboxStore } from '../services/referral-port.ts'
import type { SignOffStore } from '../services/sign-off-port.ts'

/** What the metrics show of the database: counted there, so that it is right after a restart. */
export interface StoreFigures {
  readonly queue: Readonly<Record<ReviewState, number>>
  /** ISO instants; null where none waits. */
  readonly oldestUnreviewed: Readonly<Record<Priority, string | null>>
  readonly referrals: Readonly<Record<ReferralState, number>>
  readonly unaccounted: Readonly<Record<DayAge, number>>
  readonly lastReceived: readonly { readonly source: string; readonly at: string }[]
  /** An ISO instant; null where no day was ever signed off. */
  readonly lastSignOff: string | null
}

export const dayAges = ['today', 'yesterday', 'older'] as const
export type DayAge = (typeof dayAges)[number]

/** How far back a day that does not balance is looked for. */
const daysBack = 7
/** Today and yesterday are asked for offsets without a receipt: older days are on the accounting page. */
const proofDays = 2

export interface FigureSources {
  readonly ledger: Pick<LedgerStore, 'dayCounts' | 'lastReceivedBySource'>
  readonly review: Pick<ReviewStore, 'countByState' | 'oldestUnreviewed'>
  readonly outbox: Pick<OutboxStore, 'countByState'>
  readonly signOffs: Pick<SignOffStore, 'lastSignedAt'>
  /** Offsets of a day without a receipt and without an explanation. */
  readonly offsetsMissing: (day: string) => Promise<number>
  readonly clock: Clock
}

export async function readStoreFigures({
  ledger,
  review,
  outbox,
  signOffs,
  offsetsMissing,
  clock,
}: FigureSources): Promise<StoreFigures> {
  const today = Temporal.PlainDate.from(londonDayOf(clock.now()))
  const days = Array.from({ length: daysBack + 1 }, (_, age) => today.subtract({ days: age }).toString())
  const [queue, oldestUnreviewed, referrals, lastReceived, lastSignOff, gaps, missing] = await Promise.all([
    review.countByState(),
    review.oldestUnreviewed(),
    outbox.countByState(),
    ledger.lastReceivedBySource(),
    signOffs.lastSignedAt(),
    Promise.all(days.map(day => gapOf(ledger, day))),
    Promise.all(days.slice(0, proofDays).map(offsetsMissing)),
  ])
  const [first = 0, second = 0, ...rest] = gaps.map((gap, age) => gap + (missing[age] ?? 0))
  const older = rest.reduce((sum, gap) => sum + gap, 0)
  return {
    queue,
    oldestUnreviewed,
    referrals,
    lastReceived,
    lastSignOff,
    unaccounted: { today: first, yesterday: second, older },
  }
}

/** Counted source by source: a surplus of one must not hide what another lacks. */
async function gapOf(ledger: FigureSources['ledger'], day: string): Promise<number> {
  const counts = await ledger.dayCounts(day)
  return counts.reduce((sum, count) => sum + Math.abs(unaccounted(count)), 0)
}
